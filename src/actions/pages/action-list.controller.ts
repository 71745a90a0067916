import { ActionTables } from '../tables/action-tables.service.js';
import { Areas } from '../../directory/areas/areas.service.js';
import { actionFilterOf, toQuery } from './action-filters.rules.js';
import { ActionListPages } from './action-list.service.js';
import { PageContext } from '../../web/page-context.js';
import { CurrentPage, Page, PageController } from '../../web/page-kit.js';
import type { TableFormat } from '../../platform/common/media-types.js';

/**
 * The list of actions in all areas of its reader: with filters in the URL, so that it can be bookmarked and shared;
 * also for printing, and as a table.
 */
@PageController('acties')
export class ActionListController {
  constructor(
    private readonly pages: ActionListPages,
    private readonly areas: Areas,
    private readonly tables: ActionTables,
  ) {}

  @Page('', 'actions.read')
  async show(@CurrentPage() page: PageContext): Promise<string> {
    return page.show('actions/pages/action-list', await this.pages.view(actionFilterOf(page.query), page.caller));
  }

  @Page('lijst.csv', 'actions.read')
  async csv(@CurrentPage() page: PageContext): Promise<string> {
    const { query } = await this.attached(page, 'csv');
    return this.tables.csv(query, page.caller);
  }

  @Page('lijst.xlsx', 'actions.read')
  async xlsx(@CurrentPage() page: PageContext): Promise<Buffer> {
    const { query, title } = await this.attached(page, 'xlsx');
    return this.tables.xlsx(query, page.caller, title);
  }

  private async attached(page: PageContext, format: TableFormat) {
    const wish = actionFilterOf(page.query);
    const area = wish.gebied ? await this.areas.read(wish.gebied) : null;
    const place = area ? `-${area.code.toLowerCase()}` : '';
    page.attach(format, `acties${place}-${page.caller.today}.${format}`);
    return { query: toQuery(wish, page.caller.today), title: area ? `Acties ${area.name}` : 'Acties' };
  }
}
