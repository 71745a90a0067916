import { Injectable } from '@nestjs/common';
import type { Caller } from '../platform/access/caller.js';
import { inPermittedAreas } from '../platform/access/conditions.js';
import { fullyVisible, LISTED, publiclyVisible } from '../actions/action-conditions.js';
import { isProvisional } from '../actions/history/as-of-session.js';
import { daysOverdue, statusOnSql } from '../actions/overdue.rules.js';
import { coOwnersOf } from '../actions/action-columns.js';
import { Database } from '../platform/database/database.js';
import { Params, rows } from '../platform/database/rows.js';
import { groupsOf } from './figures/figures.rules.js';
import { GOAL_COLUMNS, GOAL_SHAPE, GOAL_TABLES, type GoalRow } from '../goals/goals.views.js';
import { OwnFigures } from '../goals/own-figures.js';
import { Opgaven } from '../goals/opgaven/opgaven.service.js';
import type { OpgaveOverviewView, ServingAction, ServingGoal } from './opgave-overview.dto.js';
import { compareNaturally } from '../platform/spelling/natural-order.js';

const MOST = 500;

/** The goals and actions that serve an opgave, in all areas. */
@Injectable()
export class OpgaveOverview {
  constructor(
    private readonly database: Database,
    private readonly opgaven: Opgaven,
    private readonly ownFigures: OwnFigures,
  ) {}

  /**
   * The non-confidential goals and actions that serve an opgave, per area. Its departments see all of them, others only
   * those in areas and meetings whose goals and actions they may read.
   */
  async of(opgaveId: string, by: Caller): Promise<OpgaveOverviewView> {
    const opgave = await this.opgaven.read(opgaveId);
    const isOfDepartment = opgave.departments.some((one) => by.organisationIds.includes(one.organisationId));
    const isNamed = by.personId !== null && [opgave.bestuurder.id, opgave.procesregisseur.id].includes(by.personId);
    const seesAll = isOfDepartment || isNamed;
    const goals = await this.goals(opgaveId, seesAll, by);
    const actions = await this.actions(opgaveId, seesAll, by);
    const areas = groupsOf([...goals, ...actions], ({ areaId }) => areaId)
      .map(([areaId, [{ areaName }]]) => ({
        areaId,
        areaName,
        goals: goals.filter((goal) => goal.areaId === areaId),
        actions: actions.filter((action) => action.areaId === areaId),
      }))
      .toSorted((one, other) => compareNaturally(one.areaName, other.areaName));
    return { opgaveId, title: opgave.title, areas };
  }

  private async goals(opgaveId: string, seesAll: boolean, by: Caller): Promise<ServingGoal[]> {
    const params = new Params();
    const opgave = params.add(opgaveId);
    const permitted = seesAll ? 'TRUE' : inPermittedAreas(by, 'goals.read', 'g."areaId"', params);
    const found = await rows<GoalRow>(
      this.database.reader,
      `SELECT ${GOAL_COLUMNS} FROM ${GOAL_TABLES} WHERE g."opgaveId" = ${opgave} AND ${permitted}
       ORDER BY natural_key(g."title"), g."id" LIMIT ${MOST}`,
      params.values,
      GOAL_SHAPE,
    );
    const views = await this.ownFigures.viewsOf(found, by.today);
    return views.map((goal) => {
      const { id, areaId, areaName, title, state, label, course, progress, endsOn } = goal;
      const { courseKind, lastMeasurement, startsOn } = goal;
      const now = { course, progress, courseKind, lastMeasurement };
      return { goalId: id, areaId, areaName, title, state, label, ...now, startsOn, endsOn };
    });
  }

  private async actions(opgaveId: string, seesAll: boolean, by: Caller): Promise<ServingAction[]> {
    const params = new Params();
    const [opgave, on] = [params.add(opgaveId), params.add(by.today)];
    const { reader } = this.database;
    const visible = [fullyVisible(reader, by, undefined, false, params), publiclyVisible(by, params), 'FALSE'];
    const readable = `(${visible.filter((one) => one !== undefined).join(' OR ')})`;
    const found = await rows<Omit<ServingAction, 'daysOverdue'>>(
      reader,
      `SELECT a."id" AS "actionId", a."areaId", ar."name" AS "areaName", a."number", a."title", o."name" AS "organisation",
         a."dueKind", a."dueOn", ${statusOnSql('a', on)} AS "status", ${coOwnersOf(reader)} AS "together",
         ${readable} AS "isReadable"
       FROM "actions" a JOIN "areas" ar ON ar."id" = a."areaId" LEFT JOIN "organisations" o ON o."id" = a."ownerId"
       WHERE (a."opgaveId" = ${opgave} OR a."goalId" IN (SELECT g."id" FROM "goals" g WHERE g."opgaveId" = ${opgave}))
         AND NOT a."isConfidential" AND ${LISTED} AND ${seesAll ? `(${readable} OR NOT ${isProvisional('a')})` : readable}
       ORDER BY a."closedOn" IS NOT NULL, a."dueOn" IS NULL, a."dueOn", a."numberKey" LIMIT ${MOST}`,
      params.values,
      { together: 'json', isReadable: 'boolean' },
    );
    // The status is the effective one today, so an action that is on hold here still is.
    return found.map((one) => ({ ...one, daysOverdue: daysOverdue({ ...one, resumeOn: null }, by.today) }));
  }
}
