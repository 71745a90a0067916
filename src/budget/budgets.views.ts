import { shapeOf } from '../platform/database/shapes.js';
import { Budget } from './budget.entity.js';
import { leftOf } from './budget.rules.js';
import { amountOf } from './money.rules.js';

/** A budget with the sums of its initiatives, in cents. */
export type BudgetRow = Budget & {
  areaName: string;
  grantedCents: number;
  spentCents: number;
  accountedCents: number;
  undecidedCents: number;
  grantedCount: number;
  accountedCount: number;
  undecidedCount: number;
};

const sumOf = (column: string, condition: string): string =>
  `coalesce((SELECT sum(i."${column}") FROM "initiatives" i WHERE i."budgetId" = b."id" AND ${condition}), 0)`;
const countOf = (condition: string): string =>
  `(SELECT count(*) FROM "initiatives" i WHERE i."budgetId" = b."id" AND ${condition})`;
const GRANTED = `i."state" = 'granted'`;
const UNDECIDED = `i."state" = 'requested'`;

export const BUDGET_COLUMNS = `b."id", b."areaId", a."name" AS "areaName", b."year", b."amountCents", b."inhabitants", b."rateCents",
  b."carryOverCents", b."closesOn", b."decidedBy", b."isPublic", b."version",
  ${sumOf('grantedCents', GRANTED)} AS "grantedCents", ${sumOf('spentCents', GRANTED)} AS "spentCents",
  ${sumOf('grantedCents', `${GRANTED} AND i."isAccountedFor"`)} AS "accountedCents",
  ${sumOf('requestedCents', UNDECIDED)} AS "undecidedCents", ${countOf(GRANTED)} AS "grantedCount",
  ${countOf(`${GRANTED} AND i."isAccountedFor"`)} AS "accountedCount", ${countOf(UNDECIDED)} AS "undecidedCount"`;
export const BUDGET_TABLES = '"budgets" b JOIN "areas" a ON a."id" = b."areaId"';
export const BUDGET_SHAPE = shapeOf(Budget);

/** Amounts are strings in euros: "1250.50". */
export function toBudgetView(budget: BudgetRow) {
  const { id, areaId, areaName, year, inhabitants, rateCents, closesOn, decidedBy, isPublic, version } = budget;
  return {
    ...{ id, areaId, areaName, year, inhabitants, closesOn, decidedBy, isPublic, version },
    amount: amountOf(budget.amountCents),
    /** Euros per inhabitant; null if the amount was typed. */
    rate: rateCents === null ? null : amountOf(rateCents),
    carryOver: amountOf(budget.carryOverCents),
    /** The amount of the year plus what was carried over. */
    total: amountOf(budget.amountCents + budget.carryOverCents),
    granted: amountOf(budget.grantedCents),
    /** What can still be granted; negative if more was granted than was available. */
    left: amountOf(leftOf(budget)),
    spent: amountOf(budget.spentCents),
    /** What was granted to initiatives that have been accounted for. */
    accounted: amountOf(budget.accountedCents),
    /** The total requested by initiatives without a decision. */
    undecided: amountOf(budget.undecidedCents),
    grantedCount: budget.grantedCount,
    accountedCount: budget.accountedCount,
    undecidedCount: budget.undecidedCount,
  };
}

export type BudgetView = ReturnType<typeof toBudgetView>;

/** The state of a budget after a change. */
export interface BudgetChangeView {
  id: string;
  amount: string;
  carryOver: string;
  isPublic: boolean;
  recordedAt: string;
  /** Null for callers who may not see names of people. */
  recordedByName: string | null;
}
