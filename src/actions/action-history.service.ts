import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { notFound } from '../platform/common/problems.js';
import { dialectOf } from '../platform/database/dialect.js';
import { Params, rows } from '../platform/database/rows.js';
import { shapeOf } from '../platform/database/shapes.js';
import type { Guarded } from './action-access.rules.js';
import { Action } from './action.entity.js';
import { ActionUpdate } from './action-update.entity.js';
import { organisationIdsOf } from './actions.views.js';
import { lastRowOf, stateOf } from './changes/action-state.js';
import { isAtOrigin } from './deadlines.rules.js';
import type { HistoryRow } from './history.rules.js';

interface Succeeded {
  /** The meeting that went on in the place of its own. */
  successorId: string | null;
}

/** An action that is locked until the end of the transaction, with what a change of it asks for. */
export type LockedAction = Action & Guarded & { lastSequence: number; lastEffectiveOn: string } & Succeeded;

/** Locks actions and reads what happened to them. */
@Injectable()
export class ActionHistory {
  /** Locks an action and reads what decides about it; 404 when it is not there. */
  async lock(manager: EntityManager, id: string): Promise<LockedAction> {
    const [action] = await this.lockAll(manager, [id]);
    if (!action) throw notFound();
    return action;
  }

  /** The same for several, in the order of their ids, so that two who do this do not wait for each other. */
  async lockAll(manager: EntityManager, ids: readonly string[]): Promise<LockedAction[]> {
    const lock = dialectOf(manager).forUpdate;
    const params = new Params();
    const these = `"id" IN (${params.list(ids)}) ORDER BY "id"`;
    const actions = await rows<Action>(
      manager,
      `SELECT * FROM "actions" WHERE ${these}${lock}`,
      params.values,
      shapeOf(Action),
    );
    // A statement of its own: it must see what was committed while this one waited for the locks.
    const facts = await rows<Omit<LockedAction, keyof Action>>(
      manager,
      `SELECT ${organisationIdsOf(manager, 'action_co_owners')} AS "coOwnerIds",
         ${organisationIdsOf(manager, 'action_parties')} AS "partyIds",
         EXISTS (SELECT 1 FROM "sessions" s WHERE s."id" = a."sessionId" AND s."state" = 'open') AS "isOriginOpen",
         (SELECT m."successorId" FROM "meetings" m WHERE m."id" = a."meetingId") AS "successorId",
         (SELECT max(u."sequence") FROM "action_updates" u WHERE u."actionId" = a."id") AS "lastSequence",
         (SELECT max(u."effectiveOn") FROM "action_updates" u WHERE u."actionId" = a."id") AS "lastEffectiveOn"
       FROM "actions" a WHERE a.${these}`,
      params.values,
      { coOwnerIds: 'json', partyIds: 'json', isOriginOpen: 'boolean' },
    );
    return actions.map((action, index) => ({ ...action, ...facts[index] }));
  }

  /** The history that a change of that day needs: all of it when later days were entered before, else the last state. */
  async before(manager: EntityManager, action: LockedAction, effectiveOn: string): Promise<HistoryRow[]> {
    if (effectiveOn >= action.lastEffectiveOn) return [lastRowOf(action)];
    return (await this.all(manager, [action])).get(action.id)!;
  }

  /** The whole histories of these actions. */
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
}
