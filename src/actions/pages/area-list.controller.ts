import { PageContext } from '../../web/page-context.js';
import { CurrentPage, Page, PageController, PathId } from '../../web/page-kit.js';
import { actionFilterOf, addressOf, LIST } from './action-filters.rules.js';

/** The former URLs of the list of an area, which are in bookmarks and mails. */
@PageController('gebieden/:id/acties')
export class AreaListController {
  @Page('', 'actions.read')
  show(@CurrentPage() page: PageContext, @PathId() id: string): string {
    return this.toList(page, id, LIST);
  }

  @Page('lijst.csv', 'actions.read')
  csv(@CurrentPage() page: PageContext, @PathId() id: string): string {
    return this.toList(page, id, `${LIST}/lijst.csv`);
  }

  @Page('lijst.xlsx', 'actions.read')
  xlsx(@CurrentPage() page: PageContext, @PathId() id: string): string {
    return this.toList(page, id, `${LIST}/lijst.xlsx`);
  }

  private toList(page: PageContext, gebied: string, path: string): string {
    return page.goOn(addressOf(actionFilterOf({ ...page.query, gebied }), {}, path));
  }
}
