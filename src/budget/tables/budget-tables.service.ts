import { Injectable } from '@nestjs/common';
import type { WordTable } from '../../actions/tables/table-files.service.js';
import type { Caller } from '../../platform/access/caller.js';
import { wholeList } from '../../platform/common/paging.js';
import { Database } from '../../platform/database/database.js';
import { Params, rows } from '../../platform/database/rows.js';
import type { BudgetListDto } from '../budgets.dto.js';
import { Budgets } from '../budgets.service.js';
import type { InitiativeListDto } from '../initiatives.dto.js';
import { Initiatives } from '../initiatives.service.js';
import {
  BUDGET_IN,
  BUDGET_OUT,
  type BudgetColumn,
  columnsOf,
  INITIATIVE_IN,
  INITIATIVE_OUT,
  type InitiativeColumn,
  toBudgetRow,
  toInitiativeRow,
} from './budget-tables.rules.js';

/**
 * Whole lists of budgets and initiatives, in the columns in which they are imported. 400 if a list is too long for a
 * table.
 */
@Injectable()
export class BudgetTables {
  constructor(
    private readonly database: Database,
    private readonly budgetList: Budgets,
    private readonly initiativeList: Initiatives,
  ) {}

  async budgets(query: BudgetListDto, caller: Caller): Promise<WordTable<BudgetColumn>> {
    const found = await wholeList((paging) => this.budgetList.list({ ...query, ...paging }, caller));
    const codes = await this.codesOf(found);
    return {
      name: 'Leefbaarheidsbudgetten',
      columns: columnsOf<BudgetColumn>(BUDGET_IN, BUDGET_OUT),
      rows: found.map((one) => toBudgetRow(one, codes.get(one.areaId)!)),
    };
  }

  async initiatives(query: InitiativeListDto, caller: Caller): Promise<WordTable<InitiativeColumn>> {
    const found = await wholeList((paging) => this.initiativeList.list({ ...query, ...paging }, caller));
    const codes = await this.codesOf(found);
    return {
      name: 'Initiatieven',
      columns: columnsOf<InitiativeColumn>(INITIATIVE_IN, INITIATIVE_OUT),
      rows: found.map((one) => toInitiativeRow(one, codes.get(one.areaId)!)),
    };
  }

  private async codesOf(found: readonly { areaId: string }[]): Promise<Map<string, string>> {
    const params = new Params();
    const ids = params.list([...new Set(found.map(({ areaId }) => areaId))]);
    const sql = `SELECT a."id", a."code" FROM "areas" a WHERE a."id" IN (${ids})`;
    const areas = await rows<{ id: string; code: string }>(this.database.reader, sql, params.values);
    return new Map(areas.map(({ id, code }) => [id, code]));
  }
}
