import type { EntityManager } from 'typeorm';
import { rows } from '../../platform/database/rows.js';
import { dialectOf } from '../../platform/database/dialect.js';
import type { NewEvent } from '../../platform/events/events.js';
import { LISTED } from '../action-conditions.js';
import type { LockedAction } from '../history/action-history.service.js';
import { NEVER_CLOSED_SESSIONS } from '../history/as-of-session.js';
import { isComplete } from '../actions.rules.js';

/** The fields of an action in events: no text. */
export type ActionInEvent = Pick<
  LockedAction,
  'id' | 'areaId' | 'number' | 'status' | 'dueOn' | 'ownerId' | 'isWithdrawn'
>;

/** SQL for the columns of `ActionInEvent`, from "actions" a; their shape is `{ isWithdrawn: 'boolean' }`. */
export const eventColumns = (manager: EntityManager): string =>
  `a."id", a."areaId", a."number", a."status", ${dialectOf(manager).dayText('a."dueOn"')} AS "dueOn", a."ownerId", a."isWithdrawn"`;

/** The event for the outcome of a change of an action. */
export const actionEvent = (kind: 'action.changed' | 'action.overdue', action: ActionInEvent): NewEvent => {
  const { id, areaId, number, status, dueOn, ownerId, isWithdrawn } = action;
  return { kind, areaId, subjectId: id, data: { number, status, dueOn, ownerId, isWithdrawn } };
};

/**
 * The events of changed actions: none of what is confidential, incomplete, or recorded in an open session that was never
 * closed, because lists do not contain those either.
 */
export async function changeEvents(manager: EntityManager, actions: readonly LockedAction[]): Promise<NewEvent[]> {
  const listed = actions.filter((one) => !one.isConfidential && (isComplete(one) || one.isWithdrawn));
  const neverClosed = listed.some(({ isOriginOpen }) => isOriginOpen)
    ? await rows<{ id: string }>(manager, NEVER_CLOSED_SESSIONS)
    : [];
  const sessionIds = new Set(neverClosed.map(({ id }) => id));
  return listed
    .filter(({ sessionId }) => sessionId === null || !sessionIds.has(sessionId))
    .map((one) => actionEvent('action.changed', one));
}

/** The events of the actions recorded in a session, which nobody outside it knew of until it closed. */
export async function recordedEvents(manager: EntityManager, sessionId: string): Promise<NewEvent[]> {
  const found = await rows<ActionInEvent>(
    manager,
    `SELECT ${eventColumns(manager)} FROM "actions" a
     WHERE a."sessionId" = $1 AND NOT a."isConfidential" AND ${LISTED} ORDER BY a."id"`,
    [sessionId],
    { isWithdrawn: 'boolean' },
  );
  return found.map((one) => actionEvent('action.changed', one));
}
