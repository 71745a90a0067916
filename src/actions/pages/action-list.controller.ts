import { Controller, Get, Param, Query } from '@nestjs/common';
import { isPermittedIn } from '../../platform/access/access.rules.js';
import { NotInDocument } from '../../platform/common/describe.js';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { cellsOf, COLUMNS, csvCellsOf, toTableRow } from '../action-table.rules.js';
import { Actions } from '../actions.service.js';
import { Areas } from '../../directory/areas/areas.service.js';
import { contentTypeOf } from '../../platform/common/accept.js';
import { IdPipe } from '../../platform/common/ids.js';
import { Organisations } from '../../directory/organisations/organisations.service.js';
import { Pages } from '../../web/pages.service.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';
import { Aside } from '../../platform/rendering/aside.js';
import { TABLES_MODULE, toCsv, toXlsx } from '../../platform/rendering/tables.js';
import { addressOf, headsOf, pagesOf, STANDINGS, toQuery, toRow, wishOf } from './action-list.rules.js';

const MOST_ORGANISATIONS = 200;

/** The action list of an area: filters in the address, so that a list can be kept and sent; printed, and as a table. */
@NotInDocument()
@Controller('gebieden/:id/acties')
export class ActionListController {
  constructor(
    private readonly pages: Pages,
    private readonly areas: Areas,
    private readonly actions: Actions,
    private readonly organisations: Organisations,
    private readonly aside: Aside,
  ) {}

  @Get()
  @Requires('actions.read')
  async show(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Query() query: Record<string, unknown>,
  ): Promise<string> {
    const wish = wishOf(query);
    const [area, { items, total }, organisations] = await Promise.all([
      this.areas.read(id),
      this.actions.list(toQuery(wish, id), caller),
      this.organisations.list({ page: 1, pageSize: MOST_ORGANISATIONS }),
    ]);
    const path = `/gebieden/${id}/acties`;
    return this.pages.show(visit, 'actions/pages/action-list', {
      title: `Acties ${area.name}`,
      area: { id, name: area.name },
      wish,
      standings: STANDINGS.map(({ value, label }) => ({ value, label, isChosen: value === wish.stand })),
      organisations: organisations.items.map((one) => ({ ...one, isChosen: one.id === wish.organisatie })),
      heads: headsOf(path, wish),
      rows: items.map(toRow),
      pages: pagesOf(path, wish, total),
      isFiltered: addressOf(path, { ...wish, pagina: 1, sorteer: 'wanneer' }) !== path,
      path,
      csv: addressOf(`${path}/lijst.csv`, wish, { pagina: 1 }),
      xlsx: addressOf(`${path}/lijst.xlsx`, wish, { pagina: 1 }),
      mayImport: isPermittedIn(caller, 'actions.write', id),
    });
  }

  @Get('lijst.csv')
  @Requires('actions.read')
  async csv(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Query() query: Record<string, unknown>,
  ): Promise<string> {
    const rows = await this.table(visit, caller, id, query, 'csv');
    return toCsv(COLUMNS, rows);
  }

  @Get('lijst.xlsx')
  @Requires('actions.read')
  async xlsx(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Query() query: Record<string, unknown>,
  ): Promise<Buffer> {
    const rows = await this.table(visit, caller, id, query, 'xlsx');
    return this.aside.bytes(TABLES_MODULE, toXlsx, { name: 'Acties', header: COLUMNS, rows });
  }

  private async table(
    { reply }: Visit,
    caller: Caller,
    id: string,
    query: Record<string, unknown>,
    format: 'csv' | 'xlsx',
  ): Promise<string[][]> {
    const { code } = await this.areas.read(id);
    const lines = await this.actions.table(toQuery(wishOf(query), id), caller);
    const name = `acties-${code.toLowerCase()}-${caller.today}.${format}`;
    void reply.type(contentTypeOf(format)).header('Content-Disposition', `attachment; filename="${name}"`);
    const cells = format === 'csv' ? csvCellsOf : cellsOf;
    return lines.map((line) => cells(toTableRow(line)));
  }
}
