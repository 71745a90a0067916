import { Injectable } from '@nestjs/common';
import { InitiativeChange } from '../../budget/initiative-change.entity.js';
import { Database } from '../../platform/database/database.js';
import { Params, rows } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import type { Question } from './cases-as-of.js';
import { budgetFiguresOf, type GrantedRow } from './budget-figures.rules.js';

/** SQL for the last state of a budget or an initiative that was recorded by then. */
const lastKnown = (table: string, parent: string, row: string, known: string): string =>
  `(SELECT n."id" FROM "${table}" n WHERE n."${parent}" = ${row}."id" AND n."recordedAt" <= ${known}
    ORDER BY n."recordedAt" DESC, n."id" DESC LIMIT 1)`;

/** Reads the leefbaarheidsbudgets of the years of a period, as they were known. */
@Injectable()
export class BudgetFigures {
  constructor(private readonly database: Database) {}

  /** An opgave has no budget: everything is 0. */
  async count(question: Question) {
    const { areaIds, fromOn, asOf, knownAt, opgaveId } = question;
    if (opgaveId) return budgetFiguresOf([], []);
    const params = new Params();
    const known = params.add(knownAt);
    const years = `BETWEEN ${params.add(Number(fromOn.slice(0, 4)))} AND ${params.add(Number(asOf.slice(0, 4)))}`;
    const ofPeriod = `b."areaId" IN (${params.list(areaIds)}) AND b."year" ${years}`;
    const budgets = await rows<{ cents: number }>(
      this.database.reader,
      `SELECT x."amountCents" + x."carryOverCents" AS "cents" FROM "budgets" b JOIN "budget_changes" x
         ON x."id" = ${lastKnown('budget_changes', 'budgetId', 'b', known)} WHERE ${ofPeriod}`,
      params.values,
    );
    if (budgets.length === 0) return budgetFiguresOf([], []);
    const granted = await rows<GrantedRow>(
      this.database.reader,
      `SELECT i."theme", x."grantedCents", x."spentCents", x."isAccountedFor"
       FROM "budgets" b JOIN "initiatives" i ON i."budgetId" = b."id" JOIN "initiative_changes" x
         ON x."id" = ${lastKnown('initiative_changes', 'initiativeId', 'i', known)}
       WHERE ${ofPeriod} AND x."state" = 'granted' AND x."decidedOn" <= ${params.add(asOf)}
       ORDER BY i."theme" IS NULL, natural_key(i."theme"), i."id"`,
      params.values,
      shapeOf(InitiativeChange),
    );
    return budgetFiguresOf(
      budgets.map(({ cents }) => cents),
      granted,
    );
  }
}
