import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../access/caller.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/ids.js';
import { notFound } from '../common/problems.js';
import { execute, isPostgres, row, rows } from '../database/rows.js';
import { insertRow, updateRow } from '../database/writes.js';
import type { Guarded } from './action-access.rules.js';
import type { Action } from './action.entity.js';
import type { ActionState, ActionUpdate } from './action-update.entity.js';
import { organisationIdsOf } from './actions.views.js';
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

const STATE_KEYS = [
  'title',
  'areaId',
  'theme',
  'coOwnerIds',
  'isPublic',
  'isConfidential',
  'status',
  'statusReason',
  'resumeOn',
  'ownerId',
  'ownerPersonId',
  'dueKind',
  'dueOn',
  'originalDueOn',
  'postponements',
  'checkOn',
  'realisation',
  'result',
  'resultSize',
  'doneOn',
  'closedOn',
  'isHandedBack',
  'isWithdrawn',
  'recordedOn',
] as const satisfies (keyof ActionState)[];
const FLAGS = {
  isPublic: 'boolean',
  isConfidential: 'boolean',
  isHandedBack: 'boolean',
  isWithdrawn: 'boolean',
} as const;

const stateOf = (from: ActionState): ActionState =>
  Object.fromEntries(STATE_KEYS.map((key) => [key, from[key]])) as unknown as ActionState;

/** Appends to the history of actions and keeps the current state equal to its last row. */
@Injectable()
export class ActionHistory {
  constructor(private readonly clock: Clock) {}

  /** Locks an action and reads what decides about it; 404 when it is not there. */
  async lock(manager: EntityManager, id: string): Promise<LockedAction> {
    const lock = isPostgres(manager) ? ' FOR UPDATE' : '';
    const action = await row<Action>(manager, `SELECT * FROM "actions" WHERE "id" = $1${lock}`, [id], FLAGS);
    if (!action) throw notFound();
    // A statement of its own: it must see what was committed while this one waited for the lock.
    const facts = await row<Omit<LockedAction, keyof Action>>(
      manager,
      `SELECT ${organisationIdsOf(manager, 'action_co_owners')} AS "coOwnerIds",
         ${organisationIdsOf(manager, 'action_parties')} AS "partyIds",
         EXISTS (SELECT 1 FROM "sessions" s WHERE s."id" = a."sessionId" AND s."state" = 'open') AS "isOriginOpen",
         (SELECT max(u."sequence") FROM "action_updates" u WHERE u."actionId" = a."id") AS "lastSequence",
         (SELECT max(u."effectiveOn") FROM "action_updates" u WHERE u."actionId" = a."id") AS "lastEffectiveOn"
       FROM "actions" a WHERE a."id" = $1`,
      [id],
      { coOwnerIds: 'json', partyIds: 'json', isOriginOpen: 'boolean' },
    );
    return { ...action, ...facts! };
  }

  /** The history that a change of that day needs: all of it when later days were entered before, else the last state. */
  async before(manager: EntityManager, action: LockedAction, effectiveOn: string): Promise<HistoryRow[]> {
    if (effectiveOn >= action.lastEffectiveOn) {
      const { lastSequence: sequence, lastEffectiveOn } = action;
      const state = stateOf(action);
      return [
        {
          id: '',
          sequence,
          kind: 'comment',
          change: {},
          effectiveOn: lastEffectiveOn,
          isAtOrigin: false,
          restatesId: null,
          state,
        },
      ];
    }
    const found = await rows<ActionUpdate>(
      manager,
      'SELECT * FROM "action_updates" WHERE "actionId" = $1 ORDER BY "sequence"',
      [action.id],
      { ...FLAGS, coOwnerIds: 'json', changes: 'json' },
    );
    return found.map(({ id, sequence, kind, changes, effectiveOn, sessionId, restatesId, ...state }) => ({
      id,
      sequence,
      kind,
      change: changes,
      effectiveOn,
      isAtOrigin: isAtOrigin(action, sessionId, effectiveOn),
      restatesId,
      state: stateOf(state),
    }));
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
    await insertRow(manager, 'action_updates', {
      id: one.id,
      actionId,
      sequence: one.sequence,
      kind: one.kind,
      effectiveOn: one.effectiveOn,
      recordedAt: this.clock.moment(),
      recordedById: told.by.personId,
      onBehalfOfId: told.onBehalfOfId ?? null,
      sessionId: told.sessionId ?? null,
      comment: told.comment ?? null,
      changes: one.change,
      restatesId: one.restatesId,
      ...stateOf(one.state),
    });
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
