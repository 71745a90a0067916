import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { notFound } from '../../platform/common/problems.js';
import { type Dialect, dialectOf } from '../../platform/database/dialect.js';
import { Params, rows, type Shape } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import type { Guarded } from '../action-access.rules.js';
import { Action } from '../action.entity.js';
import { type ActionState, ActionUpdate } from './action-update.entity.js';
import { organisationIdsOf } from '../action-columns.js';
import { lastRowOf, stateOf } from './action-state.js';
import { discussedInIds, isProvisional } from './as-of-session.js';
import { isAtOrigin } from '../deadlines.rules.js';
import type { HistoryRow } from './history.rules.js';

interface Succeeded {
  /** The meeting that replaced its own. */
  successorId: string | null;
}

/** An action locked until the end of the transaction, with what is needed to change it. */
export type LockedAction = Action & Guarded & { lastSequence: number; lastEffectiveOn: string } & Succeeded;

/** Locks actions and reads their history. */
@Injectable()
export class ActionHistory {
  /** Locks an action and reads what determines its changes; 404 if it does not exist. */
  async lock(manager: EntityManager, id: string): Promise<LockedAction> {
    const [action] = await this.lockAll(manager, [id]);
    if (!action) throw notFound();
    return action;
  }

  /** The same for several actions, in the order of their ids, so that concurrent calls do not deadlock. */
  async lockAll(manager: EntityManager, ids: readonly string[]): Promise<LockedAction[]> {
    if (ids.length === 0) return [];
    const [actionsSql, factsSql] = ids.length === 1 ? sqlOfOne(manager) : sqlOf(manager, ids.length);
    if (!factsSql) return rows<LockedAction>(manager, actionsSql, [...ids], LOCKED_SHAPE);
    const actions = await rows<Action>(manager, actionsSql, [...ids], ACTION_SHAPE);
    // A separate statement, because it must see what was committed while this transaction waited for the locks.
    const facts = await rows<Omit<LockedAction, keyof Action>>(manager, factsSql, [...ids], FACTS_SHAPE);
    return actions.map((action, index) => ({ ...action, ...facts[index] }));
  }

  /** The history needed for a change on that day: all of it if there are later entries, else only the last state. */
  async before(manager: EntityManager, action: LockedAction, effectiveOn: string): Promise<HistoryRow[]> {
    if (effectiveOn >= action.lastEffectiveOn) return [lastRowOf(action)];
    return (await this.all(manager, [action])).get(action.id)!;
  }

  /** The full histories of these actions. */
  async all(manager: EntityManager, actions: readonly LockedAction[]): Promise<Map<string, HistoryRow[]>> {
    const params = new Params();
    const found = await rows<ActionUpdate>(
      manager,
      `SELECT * FROM "action_updates" WHERE "actionId" IN (${params.list(actions.map(({ id }) => id))})
       ORDER BY "actionId", "sequence"`,
      params.values,
      shapeOf(ActionUpdate),
    );
    const histories = new Map(actions.map((action) => [action.id, { action, history: [] as HistoryRow[] }]));
    for (const { id, actionId, sequence, kind, changes, effectiveOn, sessionId, restatesId, ...state } of found) {
      const { action, history } = histories.get(actionId)!;
      const isOrigin = isAtOrigin(action, sessionId, effectiveOn, changes);
      const row = { id, sequence, kind, change: changes, effectiveOn, isAtOrigin: isOrigin, restatesId };
      history.push({ ...row, state: stateOf(state) });
    }
    return new Map([...histories].map(([id, { history }]) => [id, history]));
  }

  /** The last open state of each of these finished actions, as they were locked; absent if it was never open. */
  async lastOpen(manager: EntityManager, finished: readonly LockedAction[]): Promise<Map<string, ActionState>> {
    const histories = await this.all(manager, finished);
    const states = new Map<string, ActionState>();
    for (const { id, lastSequence } of finished) {
      const open = histories.get(id)!.findLast((one) => one.sequence <= lastSequence && one.state.closedOn === null);
      if (open) states.set(id, open.state);
    }
    return states;
  }
}

const ACTION_SHAPE = shapeOf(Action);
const FACTS_SHAPE: Shape = {
  ...({ coOwnerIds: 'json', partyIds: 'json', discussedInIds: 'json' } as const),
  ...({ isOriginOpen: 'boolean', isProvisional: 'boolean' } as const),
};
const LOCKED_SHAPE: Shape = { ...ACTION_SHAPE, ...FACTS_SHAPE };

/** SQL for so many actions, locked, and for what determines their changes: one statement on SQLite. */
function sqlOf(manager: EntityManager, count: number): readonly [actions: string, facts?: string] {
  const { waitsForRows, forUpdate } = dialectOf(manager);
  const places = Array.from({ length: count }, (_, index) => `$${index + 1}`);
  const these = `"id" IN (${places.join(', ')}) ORDER BY "id"`;
  const facts = `${organisationIdsOf(manager, 'action_co_owners')} AS "coOwnerIds",
     ${organisationIdsOf(manager, 'action_parties')} AS "partyIds",
     EXISTS (SELECT 1 FROM "sessions" s WHERE s."id" = a."sessionId" AND s."state" = 'open') AS "isOriginOpen",
     ${isProvisional('a')} AS "isProvisional", ${discussedInIds(manager, 'a')} AS "discussedInIds",
     (SELECT m."successorId" FROM "meetings" m WHERE m."id" = a."meetingId") AS "successorId",
     (SELECT max(u."sequence") FROM "action_updates" u WHERE u."actionId" = a."id") AS "lastSequence",
     (SELECT max(u."effectiveOn") FROM "action_updates" u WHERE u."actionId" = a."id") AS "lastEffectiveOn"
   FROM "actions" a WHERE a.${these}`;
  return waitsForRows
    ? [`SELECT * FROM "actions" WHERE ${these}${forUpdate}`, `SELECT ${facts}`]
    : [`SELECT a.*, ${facts}`];
}

const ofOne = new Map<Dialect, ReturnType<typeof sqlOf>>();

/** The same for one action: put together once. */
function sqlOfOne(manager: EntityManager): ReturnType<typeof sqlOf> {
  const dialect = dialectOf(manager);
  let known = ofOne.get(dialect);
  if (!known) ofOne.set(dialect, (known = sqlOf(manager, 1)));
  return known;
}
