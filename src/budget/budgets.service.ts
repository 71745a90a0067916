import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Areas } from '../directory/areas/areas.service.js';
import { Area } from '../directory/areas/area.entity.js';
import { isPermittedIn, withNameKnownTo } from '../platform/access/access.rules.js';
import { asPerson, type Caller } from '../platform/access/caller.js';
import { inPermittedAreas } from '../platform/access/conditions.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Clock } from '../platform/common/clock.js';
import { mustMatch } from '../platform/common/etag.js';
import { newId } from '../platform/common/ids.js';
import { mapPage, type PagingDto } from '../platform/common/paging.js';
import { conflict, forbidden, invalid, notFound } from '../platform/common/problems.js';
import { Database } from '../platform/database/database.js';
import { pageOfParts, type Part } from '../platform/database/parts.js';
import { orderOf, pageOf, Params, row, rows, type Source } from '../platform/database/rows.js';
import { shapeOf } from '../platform/database/shapes.js';
import { Transactions } from '../platform/database/transactions.js';
import { updateRow } from '../platform/database/writes.js';
import { budgetToChange } from './budget.access.js';
import { BudgetChange } from './budget-change.entity.js';
import { Budget } from './budget.entity.js';
import { DEFAULT_RATE_CENTS, inhabitantsIn } from './budget.rules.js';
import type { BudgetListDto, ChangeBudgetDto, CreateBudgetDto } from './budgets.dto.js';
import {
  BUDGET_COLUMNS,
  BUDGET_SHAPE,
  BUDGET_TABLES,
  type BudgetChangeView,
  type BudgetRow,
  type BudgetView,
  toBudgetView,
} from './budgets.views.js';
import { amountOf, centsIn, MOST_CENTS } from './money.rules.js';
import { NOT_AN_AREA } from '../directory/areas/current-areas.js';

const SORT = { year: 'b."year"', area: 'natural_key(a."name")' };
const CHANGES: Part = {
  from: '"budget_changes" x JOIN "people" p ON p."id" = x."recordedById"',
  columns: 'x."id", x."amountCents", x."carryOverCents", x."isPublic", x."recordedAt", p."name" AS "recordedByName"',
  orderBy: 'x."id" DESC',
  shape: shapeOf(BudgetChange),
};
type Amount = Pick<Budget, 'amountCents' | 'inhabitants' | 'rateCents'>;

/** The leefbaarheidsbudgets: what an area can spend in a year. */
@Injectable()
export class Budgets {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly areas: Areas,
  ) {}

  async list(query: BudgetListDto, by: Caller) {
    const orderBy = orderOf(query.sort, SORT, 'b."year" DESC, natural_key(a."name"), b."id"');
    const params = new Params();
    const conditions = [inPermittedAreas(by, 'budgets.read', 'b."areaId"', params)];
    if (query.area) {
      conditions.push(`b."areaId" IN (${params.list(await this.areas.idsBelow(query.area, by.today))})`);
    }
    if (query.year) conditions.push(`b."year" = ${params.add(query.year)}`);
    const where = conditions.join(' AND ');
    const page = await pageOf<BudgetRow>(
      this.database.reader,
      { select: BUDGET_COLUMNS, from: BUDGET_TABLES, where, orderBy, params, shape: BUDGET_SHAPE },
      query,
    );
    return mapPage(page, toBudgetView);
  }

  /** The years of those that the caller may read, latest first. */
  async years(by: Caller): Promise<number[]> {
    const params = new Params();
    const where = inPermittedAreas(by, 'budgets.read', 'b."areaId"', params);
    const sql = `SELECT DISTINCT b."year" FROM "budgets" b WHERE ${where} ORDER BY b."year" DESC`;
    return (await rows<{ year: number }>(this.database.reader, sql, params.values)).map(({ year }) => year);
  }

  /** One budget; 404 if the caller may not read budgets of its area. */
  async read(id: string, by: Caller): Promise<BudgetView> {
    return this.view(this.database.reader, id, by);
  }

  /** Every state of the amounts, latest first. */
  async changes(id: string, query: PagingDto, by: Caller) {
    await this.budgetRow(this.database.reader, id, by);
    type Row = Omit<BudgetChangeView, 'amount' | 'carryOver'> & { amountCents: number; carryOverCents: number };
    const page = await pageOfParts<Row>(this.database.reader, CHANGES, { budgetId: id }, query);
    return mapPage(page, ({ amountCents, carryOverCents, ...rest }): BudgetChangeView => {
      return withNameKnownTo(by, { ...rest, amount: amountOf(amountCents), carryOver: amountOf(carryOverCents) });
    });
  }

  /** Creates the budget of an area for a year. */
  create(input: CreateBudgetDto, by: Caller): Promise<BudgetView> {
    return this.transactions.run(async (manager) => {
      const id = await this.add(manager, input, by);
      return this.view(manager, id, by);
    }, by.once);
  }

  /** The same inside the caller's transaction; returns its id. */
  async add(
    manager: EntityManager,
    { amount, rate, carryOver, ...input }: CreateBudgetDto,
    by: Caller,
  ): Promise<string> {
    const { areaId, year } = input;
    const area = await manager.findOneBy(Area, { id: areaId });
    if (!area || area.mergedIntoId !== null || !isPermittedIn(by, 'budgets.read', areaId)) throw invalid([NOT_AN_AREA]);
    if (!isPermittedIn(by, 'budgets.write', areaId)) throw forbidden();
    if (await manager.existsBy(Budget, { areaId, year })) {
      throw conflict('BUDGET_EXISTS', 'This area already has a budget for that year.');
    }
    const budget: Budget = {
      ...{ id: newId(), areaId, year, closesOn: input.closesOn ?? `${year}-12-31` },
      ...amountIn({ amount, rate }, area, year),
      carryOverCents: carryOver === undefined ? 0 : centsIn(carryOver)!,
      decidedBy: input.decidedBy ?? null,
      isPublic: input.isPublic ?? false,
      version: 1,
    };
    await manager.insert(Budget, { ...budget });
    await this.record(manager, budget, 'created', by);
    return budget.id;
  }

  change(id: string, input: ChangeBudgetDto, version: number, by: Caller): Promise<BudgetView> {
    return this.transactions.run(async (manager) => {
      await this.alter(manager, id, input, version, by);
      return this.view(manager, id, by);
    });
  }

  /** The same inside the caller's transaction. */
  async alter(manager: EntityManager, id: string, input: ChangeBudgetDto, version: number, by: Caller): Promise<void> {
    const budget = await budgetToChange(manager, id, by);
    mustMatch(budget, version);
    const { amount, rate, carryOver, ...plain } = input;
    const changes: Partial<Budget> = { ...plain };
    if (amount !== undefined || rate !== undefined) {
      const area = await manager.findOneByOrFail(Area, { id: budget.areaId });
      Object.assign(changes, amountIn({ amount, rate }, area, budget.year));
    }
    if (carryOver !== undefined) changes.carryOverCents = centsIn(carryOver)!;
    await updateRow(manager, Budget, id, changes);
    await this.record(manager, { ...budget, ...changes }, 'changed', by);
  }

  /** Appends the state after a change: who made it, and when. */
  private async record(manager: EntityManager, budget: Budget, verb: 'created' | 'changed', by: Caller): Promise<void> {
    const { id, areaId, amountCents, carryOverCents, isPublic } = budget;
    await manager.insert(BudgetChange, {
      ...{ id: newId(), budgetId: id, amountCents, carryOverCents, isPublic },
      ...{ recordedById: asPerson(by).personId, recordedAt: this.clock.moment() },
    });
    await this.audit.record(manager, by, `budget.${verb}`, { type: 'budget', id, areaId });
  }

  private async view(source: Source, id: string, by: Caller): Promise<BudgetView> {
    return toBudgetView(await this.budgetRow(source, id, by));
  }

  /** The row of a budget with its sums in cents; 404 if the caller may not read it. */
  async budgetRow(source: Source, id: string, by: Caller): Promise<BudgetRow> {
    const params = new Params();
    const budget = params.add(id);
    const found = await row<BudgetRow>(
      source,
      `SELECT ${BUDGET_COLUMNS} FROM ${BUDGET_TABLES}
       WHERE b."id" = ${budget} AND ${inPermittedAreas(by, 'budgets.read', 'b."areaId"', params)}`,
      params.values,
      BUDGET_SHAPE,
    );
    if (!found) throw notFound();
    return found;
  }
}

/** The amount as typed, or calculated from the register; 400 if neither is possible. */
function amountIn({ amount, rate }: { amount?: string; rate?: string }, area: Area, year: number): Amount {
  if (amount !== undefined) {
    if (rate !== undefined) throw invalid([{ field: 'rate', message: 'rate must be omitted if amount is given' }]);
    return { amountCents: centsIn(amount)!, inhabitants: null, rateCents: null };
  }
  const inhabitants = inhabitantsIn(area.inhabitants, year);
  if (inhabitants === null) {
    const message = `amount is required: the register has no inhabitants of this area up to ${year}`;
    throw invalid([{ field: 'amount', message, code: 'NO_INHABITANTS' }]);
  }
  const rateCents = rate === undefined ? DEFAULT_RATE_CENTS : centsIn(rate)!;
  if (inhabitants * rateCents > MOST_CENTS) {
    throw invalid([{ field: 'rate', message: `rate makes more than ${amountOf(MOST_CENTS)}` }]);
  }
  return { amountCents: inhabitants * rateCents, inhabitants, rateCents };
}
