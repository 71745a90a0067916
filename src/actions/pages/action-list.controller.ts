import { cellsOf, csvCellsOf, EXPORT_COLUMNS, SHEET_COLUMNS, toTableRow } from '../action-table.rules.js';
import { Actions } from '../actions.service.js';
import { Areas } from '../../directory/areas/areas.service.js';
import { BackgroundWorker } from '../../platform/rendering/background-worker.js';
import { TABLES_MODULE, toCsv, toXlsx } from '../../platform/rendering/tables.js';
import { actionFilterOf, toQuery } from './action-filters.rules.js';
import { ActionListPages } from './action-list.service.js';
import { PageContext } from '../../web/page-context.js';
import { CurrentPage, Page, PageController } from '../../web/page-kit.js';

/**
 * The list of actions over all areas of its reader: with filters in the URL, so that it can be bookmarked and shared;
 * for print, and as a table.
 */
@PageController('acties')
export class ActionListController {
  constructor(
    private readonly pages: ActionListPages,
    private readonly areas: Areas,
    private readonly actions: Actions,
    private readonly backgroundWorker: BackgroundWorker,
  ) {}

  @Page('', 'actions.read')
  async show(@CurrentPage() page: PageContext): Promise<string> {
    return page.show('actions/pages/action-list', await this.pages.view(actionFilterOf(page.query), page.caller));
  }

  @Page('lijst.csv', 'actions.read')
  async csv(@CurrentPage() page: PageContext): Promise<string> {
    const { lines } = await this.lines(page, 'csv');
    return toCsv(
      EXPORT_COLUMNS,
      lines.map((line) => csvCellsOf(toTableRow(line))),
    );
  }

  @Page('lijst.xlsx', 'actions.read')
  async xlsx(@CurrentPage() page: PageContext): Promise<Buffer> {
    const { lines, title } = await this.lines(page, 'xlsx');
    const rows = lines.map((line) => cellsOf(toTableRow(line)));
    return this.backgroundWorker.bytes(TABLES_MODULE, toXlsx, { name: 'Acties', title, columns: SHEET_COLUMNS, rows });
  }

  private async lines(page: PageContext, format: 'csv' | 'xlsx') {
    const wish = actionFilterOf(page.query);
    const area = wish.gebied ? await this.areas.read(wish.gebied) : null;
    const lines = await this.actions.table(toQuery(wish, page.caller.today), page.caller);
    const place = area ? `-${area.code.toLowerCase()}` : '';
    page.attach(format, `acties${place}-${page.caller.today}.${format}`);
    return { lines, title: area ? `Acties ${area.name}` : 'Acties' };
  }
}
