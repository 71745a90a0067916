import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '../platform/access/caller.js';
import { fullyVisible, LISTED, publiclyVisible } from '../actions/action-conditions.js';
import { isProvisional } from '../actions/history/as-of-session.js';
import { statusOnSql } from '../actions/overdue.rules.js';
import { BudgetSummaries } from '../budget/budget-summaries.service.js';
import { Areas } from '../directory/areas/areas.service.js';
import { Database } from '../platform/database/database.js';
import { Params, rows, type Source } from '../platform/database/rows.js';
import { shapeOf } from '../platform/database/shapes.js';
import { WijkagendaGoal } from './wijkagenda-goal.entity.js';
import { Action } from '../actions/action.entity.js';
import { GOAL_COLUMNS, GOAL_SHAPE, GOAL_TABLES, type GoalRow } from '../goals/goals.views.js';
import { OwnFigures } from '../goals/own-figures.js';
import { type Settings, SETTINGS } from '../platform/settings.js';
import { labelOf, warningsOf } from './wijkagenda.rules.js';
import {
  type ListedAction,
  type PlacedGoal,
  toPlacedGoal,
  type WijkagendaRow,
  type WijkagendaView,
} from './wijkagendas.views.js';

type PlacedRow = GoalRow & { isPublic: boolean };
const MOST_ACTIONS = 500;

/** The contents of a wijkagenda: its goals, and the actions of its area in that year. */
@Injectable()
export class WijkagendaContents {
  constructor(
    private readonly database: Database,
    private readonly areas: Areas,
    private readonly ownFigures: OwnFigures,
    private readonly budgets: BudgetSummaries,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** The goals in order, as of a day. */
  async goals(source: Source, wijkagendaId: string, day: string): Promise<PlacedGoal[]> {
    const found = await rows<PlacedRow>(
      source,
      `SELECT ${GOAL_COLUMNS}, w."isPublic" FROM ${GOAL_TABLES} JOIN "wijkagenda_goals" w ON w."goalId" = g."id"
       WHERE w."wijkagendaId" = $1 ORDER BY w."position"`,
      [wijkagendaId],
      { ...GOAL_SHAPE, ...shapeOf(WijkagendaGoal) },
    );
    const views = await this.ownFigures.viewsOf(found, day, source);
    return views.map((goal, index) => toPlacedGoal(goal, found[index].isPublic));
  }

  /** The leefbaarheidsbudget of the area and year; without a caller only its public part. */
  budget(areaId: string, year: number, by: Caller | null) {
    return this.budgets.of(areaId, year, { isForPublic: by === null });
  }

  toView({ goalCount, areaKind, ...row }: WijkagendaRow, goals: PlacedGoal[]): WijkagendaView {
    return {
      ...row,
      label: labelOf(this.settings.WIJKAGENDA_LABELS, areaKind),
      goals,
      warnings: warningsOf(goalCount),
    };
  }

  /**
   * The actions of the area and the areas below it that were agreed or ran in the year, except confidential, withdrawn
   * and incomplete ones. Without a caller only those marked public by the chair.
   */
  async actions(areaId: string, year: number, day: string, by: Caller | null): Promise<ListedAction[]> {
    const areaIds = await this.areas.idsBelow(areaId, day);
    const params = new Params();
    const [on, first, last] = [params.add(day), params.add(`${year}-01-01`), params.add(`${year}-12-31`)];
    return rows<ListedAction>(
      this.database.reader,
      `SELECT a."id" AS "actionId", a."number", a."title", a."publicText", a."isPublic", a."theme", a."goalId",
         o."name" AS "organisation", a."dueKind", a."dueOn", a."result", a."doneOn",
         ${statusOnSql('a', on)} AS "status"
       FROM "actions" a LEFT JOIN "organisations" o ON o."id" = a."ownerId"
       WHERE a."areaId" IN (${params.list(areaIds)}) AND NOT a."isConfidential" AND ${LISTED}
         AND a."recordedOn" <= ${last} AND (a."closedOn" IS NULL OR a."closedOn" >= ${first})
         AND ${by ? visibleTo(this.database.reader, by, params) : `a."isPublic" AND NOT ${isProvisional('a')}`}
       ORDER BY a."dueOn" IS NULL, a."dueOn", a."numberKey" LIMIT ${MOST_ACTIONS}`,
      params.values,
      shapeOf(Action),
    );
  }
}

/** SQL for the actions that a caller may read, or that are public in the areas of a reader. */
function visibleTo(source: Source, by: Caller, params: Params): string {
  const full = fullyVisible(source, by, undefined, false, params);
  const open = publiclyVisible(by, params);
  return open ? `(${full} OR ${open})` : full;
}
