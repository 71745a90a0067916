import { isPermittedIn } from '../../platform/access/access.rules.js';
import { cellsOf, COLUMNS, csvCellsOf, toTableRow } from '../action-table.rules.js';
import { Actions } from '../actions.service.js';
import { Areas } from '../../directory/areas/areas.service.js';
import { Organisations } from '../../directory/organisations/organisations.service.js';
import { Clock } from '../../platform/common/clock.js';
import { BackgroundWorker } from '../../platform/rendering/background-worker.js';
import { TABLES_MODULE, toCsv, toXlsx } from '../../platform/rendering/tables.js';
import { addressOf, headsOf, pagesOf, STANDINGS, toQuery, toRow, actionFilterOf } from './action-list.rules.js';
import { PageContext } from '../../web/page-context.js';
import { CurrentPage, Page, PageController, PathId } from '../../web/page-kit.js';

const MOST_ORGANISATIONS = 200;

/**
 * The action list of an area: with filters in the URL, so that it can be bookmarked and shared; for print, and as a
 * table.
 */
@PageController('gebieden/:id/acties')
export class ActionListController {
  constructor(
    private readonly areas: Areas,
    private readonly actions: Actions,
    private readonly organisations: Organisations,
    private readonly backgroundWorker: BackgroundWorker,
    private readonly clock: Clock,
  ) {}

  @Page('', 'actions.read')
  async show(@CurrentPage() page: PageContext, @PathId() id: string): Promise<string> {
    const wish = actionFilterOf(page.query);
    const [area, { items, total }, organisations] = await Promise.all([
      this.areas.read(id),
      this.actions.list(toQuery(wish, id), page.caller),
      this.organisations.list({ page: 1, pageSize: MOST_ORGANISATIONS }),
    ]);
    const path = `/gebieden/${id}/acties`;
    return page.show('actions/pages/action-list', {
      title: `Acties ${area.name}`,
      area: { id, name: area.name },
      wish,
      standings: STANDINGS.map(({ value, label }) => ({ value, label, isChosen: value === wish.stand })),
      organisations: organisations.items.map((one) => ({ ...one, isChosen: one.id === wish.organisatie })),
      heads: headsOf(path, wish),
      rows: items.map(toRow),
      today: this.clock.today(),
      pages: pagesOf(path, wish, total),
      isFiltered: addressOf(path, { ...wish, pagina: 1, sorteer: 'wanneer' }) !== path,
      path,
      csv: addressOf(`${path}/lijst.csv`, wish, { pagina: 1 }),
      xlsx: addressOf(`${path}/lijst.xlsx`, wish, { pagina: 1 }),
      mayImport: isPermittedIn(page.caller, 'actions.write', id),
    });
  }

  @Page('lijst.csv', 'actions.read')
  async csv(@CurrentPage() page: PageContext, @PathId() id: string): Promise<string> {
    const lines = await this.lines(page, id, 'csv');
    return toCsv(
      COLUMNS,
      lines.map((line) => csvCellsOf(toTableRow(line))),
    );
  }

  @Page('lijst.xlsx', 'actions.read')
  async xlsx(@CurrentPage() page: PageContext, @PathId() id: string): Promise<Buffer> {
    const lines = await this.lines(page, id, 'xlsx');
    const rows = lines.map((line) => cellsOf(toTableRow(line)));
    return this.backgroundWorker.bytes(TABLES_MODULE, toXlsx, { name: 'Acties', header: COLUMNS, rows });
  }

  private async lines(page: PageContext, id: string, format: 'csv' | 'xlsx') {
    const { code } = await this.areas.read(id);
    const lines = await this.actions.table(toQuery(actionFilterOf(page.query), id), page.caller);
    page.attach(format, `acties-${code.toLowerCase()}-${page.caller.today}.${format}`);
    return lines;
  }
}
