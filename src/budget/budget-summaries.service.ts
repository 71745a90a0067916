import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import { row, rows } from '../platform/database/rows.js';
import { shapeOf } from '../platform/database/shapes.js';
import { leftOf } from './budget.rules.js';
import { BUDGET_COLUMNS, BUDGET_SHAPE, BUDGET_TABLES, type BudgetRow } from './budgets.views.js';
import { Initiative } from './initiative.entity.js';
import { amountOf } from './money.rules.js';

/**
 * What a budget was spent on. Never includes private requesters, refusals or pending requests.
 * @schema BudgetSummary
 */
export interface BudgetSummary {
  year: number;
  /** In euros, as are the other amounts. */
  total: string;
  granted: string;
  /** Negative if more was granted than was available. */
  left: string;
  spent: string;
  closesOn: string;
  decidedBy: string | null;
  initiatives: GrantedLine[];
  /** The number of granted ones that are not listed. */
  others: { count: number; granted: string };
}

/** @schema GrantedInitiative */
interface GrantedLine {
  title: string;
  theme: string | null;
  granted: string;
  /** Null until known. */
  spent: string | null;
  isAccountedFor: boolean;
  result: string | null;
}

type Line = Pick<Initiative, 'title' | 'theme' | 'spentCents' | 'isAccountedFor' | 'result' | 'isPublic'> & {
  grantedCents: number;
};

/** Budgets as shown on the wijkagenda and on public pages. */
@Injectable()
export class BudgetSummaries {
  constructor(private readonly database: Database) {}

  /**
   * The budget of an area and year; for the public only if it is public, with its public lines. Null if there is none.
   */
  async of(areaId: string, year: number, { isForPublic }: { isForPublic: boolean }): Promise<BudgetSummary | null> {
    const budget = await row<BudgetRow>(
      this.database.reader,
      `SELECT ${BUDGET_COLUMNS} FROM ${BUDGET_TABLES} WHERE b."areaId" = $1 AND b."year" = $2${isForPublic ? ' AND b."isPublic"' : ''}`,
      [areaId, year],
      BUDGET_SHAPE,
    );
    return budget ? this.summary(budget, isForPublic) : null;
  }

  /** The public one of the latest year; null if there is none. */
  async latestPublic(areaId: string): Promise<BudgetSummary | null> {
    const budget = await row<BudgetRow>(
      this.database.reader,
      `SELECT ${BUDGET_COLUMNS} FROM ${BUDGET_TABLES} WHERE b."areaId" = $1 AND b."isPublic" ORDER BY b."year" DESC LIMIT 1`,
      [areaId],
      BUDGET_SHAPE,
    );
    return budget ? this.summary(budget, true) : null;
  }

  private async summary(budget: BudgetRow, isForPublic: boolean): Promise<BudgetSummary> {
    const lines = await rows<Line>(
      this.database.reader,
      `SELECT i."title", i."theme", i."grantedCents", i."spentCents", i."isAccountedFor", i."result", i."isPublic" FROM "initiatives" i
       WHERE i."budgetId" = $1 AND i."state" = 'granted' ORDER BY natural_key(i."title"), i."id"`,
      [budget.id],
      shapeOf(Initiative),
    );
    const listed = lines.filter(({ isPublic }) => isPublic || !isForPublic);
    const others = lines.filter((one) => !listed.includes(one));
    const { year, closesOn, decidedBy, amountCents, carryOverCents } = budget;
    return {
      ...{ year, closesOn, decidedBy },
      total: amountOf(amountCents + carryOverCents),
      granted: amountOf(budget.grantedCents),
      left: amountOf(leftOf(budget)),
      spent: amountOf(budget.spentCents),
      initiatives: listed.map(({ grantedCents, spentCents, isPublic: _, ...line }) => ({
        ...line,
        granted: amountOf(grantedCents),
        spent: spentCents === null ? null : amountOf(spentCents),
      })),
      others: {
        count: others.length,
        granted: amountOf(others.reduce((sum, { grantedCents }) => sum + grantedCents, 0)),
      },
    };
  }
}
