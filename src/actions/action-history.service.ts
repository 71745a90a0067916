import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../platform/access/caller.js';
import { Clock } from '../platform/common/clock.js';
import { newId } from '../platform/common/ids.js';
import { notFound } from '../platform/common/problems.js';
import { execute, isPostgres, Params, rows } from '../platform/database/rows.js';
import { insertRow, updateRow } from '../platform/database/writes.js';
import type { Guarded } from './action-access.rules.js';
import type { Action } from './action.entity.js';
import type { ActionState, ActionUpdate } from './action-update.entity.js';
import { organisationIdsOf } from './actions.views.js';
import { STATE_SHAPE, stateOf } from './changes/action-state.js';
import { isAtOrigin } from './deadlines.rules.js';
import { type Entry, enteredRows, type HistoryRow } from './history.rules.js';

/** An action that is locked until the end of the transaction, with what a change of it asks for. */
export type LockedAction = Action & Guarded & { lastSequence: number; lastEffectiveOn: string };

/** How an update came about. */
export interface Told {
  by: Actor;
  sessionId?: string | null;
  onBehalfOfId?: string | null;
  comment?: string | null;
}

/** The state as it is, as the last row of a history of which nothing else is needed. */
export function lastRowOf(action: LockedAction): HistoryRow {
  const { lastSequence: sequence, lastEffectiveOn: effectiveOn } = action;
  const row = { id: '', sequence, kind: 'comment', change: {}, effectiveOn, isAtOrigin: false } as const;
  return { ...row, restatesId: null, state: stateOf(action) };
}

/** A row of a history as it is stored. */
export const fieldsOf = (actionId: string, one: HistoryRow, told: Told, recordedAt: string) => ({
  id: one.id,
  actionId,
  sequence: one.sequence,
  kind: one.kind,
  effectiveOn: one.effectiveOn,
  recordedAt,
  recordedById: told.by.personId,
  onBehalfOfId: told.onBehalfOfId ?? null,
  sessionId: told.sessionId ?? null,
  comment: told.comment ?? null,
  changes: one.change,
  restatesId: one.restatesId,
  ...stateOf(one.state),
});

/** Appends to the history of actions and keeps the current state equal to its last row. */
@Injectable()
export class ActionHistory {
  constructor(private readonly clock: Clock) {}

  /** Locks an action and reads what decides about it; 404 when it is not there. */
  async lock(manager: EntityManager, id: string): Promise<LockedAction> {
    const [action] = await this.lockAll(manager, [id]);
    if (!action) throw notFound();
    return action;
  }

  /** The same for several, in the order of their ids, so that two who do this do not wait for each other. */
  async lockAll(manager: EntityManager, ids: readonly string[]): Promise<LockedAction[]> {
    const lock = isPostgres(manager) ? ' FOR UPDATE' : '';
    const params = new Params();
    const these = `"id" IN (${params.list(ids)}) ORDER BY "id"`;
    const actions = await rows<Action>(manager, `SELECT * FROM "actions" WHERE ${these}${lock}`, params.values, STATE_SHAPE);
    // A statement of its own: it must see what was committed while this one waited for the locks.
    const facts = await rows<Omit<LockedAction, keyof Action>>(
      manager,
      `SELECT ${organisationIdsOf(manager, 'action_co_owners')} AS "coOwnerIds",
         ${organisationIdsOf(manager, 'action_parties')} AS "partyIds",
         EXISTS (SELECT 1 FROM "sessions" s WHERE s."id" = a."sessionId" AND s."state" = 'open') AS "isOriginOpen",
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
      { ...STATE_SHAPE, coOwnerIds: 'json', changes: 'json' },
    );
    const histories = new Map(actions.map((action) => [action.id, { action, history: [] as HistoryRow[] }]));
    for (const { id, actionId, sequence, kind, changes, effectiveOn, sessionId, restatesId, ...state } of found) {
      const { action, history } = histories.get(actionId)!;
      const isOrigin = isAtOrigin(action, sessionId, effectiveOn);
      const row = { id, sequence, kind, change: changes, effectiveOn, isAtOrigin: isOrigin, restatesId };
      history.push({ ...row, state: stateOf(state) });
    }
    return new Map([...histories].map(([id, { history }]) => [id, history]));
  }

  /** Writes the first row of a new action. */
  async begin(manager: EntityManager, actionId: string, state: ActionState, told: Told): Promise<void> {
    const entry = { id: newId(), sequence: 1, kind: 'recorded', change: {}, effectiveOn: state.recordedOn } as const;
    await this.insert(manager, actionId, { ...entry, isAtOrigin: false, restatesId: null, state }, told);
  }

  /** Appends a change and what it makes of later ones, and brings the action up to date; answers the change's own row. */
  async append(
    manager: EntityManager,
    action: LockedAction,
    history: HistoryRow[],
    entry: Entry,
    told: Told,
    also: Partial<Action> = {},
  ): Promise<HistoryRow> {
    const appended = enteredRows(history, entry, newId);
    for (const one of appended) {
      await this.insert(manager, action.id, one, one.restatesId === null ? told : { by: told.by });
    }
    const { coOwnerIds, ...state } = appended.at(-1)!.state;
    const changed = Object.entries({ ...state, ...also }).filter(
      ([key, value]) => value !== action[key as keyof Action],
    );
    await updateRow(manager, 'actions', action.id, Object.fromEntries(changed));
    await this.keepCoOwners(manager, action, coOwnerIds);
    return appended[0];
  }

  private async insert(manager: EntityManager, actionId: string, one: HistoryRow, told: Told): Promise<void> {
    await insertRow(manager, 'action_updates', fieldsOf(actionId, one, told, this.clock.moment()));
  }

  private async keepCoOwners(manager: EntityManager, action: LockedAction, coOwnerIds: string[]): Promise<void> {
    for (const organisationId of action.coOwnerIds.filter((id) => !coOwnerIds.includes(id))) {
      await execute(manager, 'DELETE FROM "action_co_owners" WHERE "actionId" = $1 AND "organisationId" = $2', [
        action.id,
        organisationId,
      ]);
    }
    for (const organisationId of coOwnerIds.filter((id) => !action.coOwnerIds.includes(id))) {
      await insertRow(manager, 'action_co_owners', { actionId: action.id, organisationId });
    }
  }
}
