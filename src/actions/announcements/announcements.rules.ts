import type { Action } from '../action.entity.js';
import type { PlannedChange } from '../changes/planned-change.js';

type Doers = Pick<Action, 'ownerId' | 'ownerPersonId' | 'isHandedBack'> & { coOwnerIds: readonly string[] };

/**
 * Whether a change gives an action to somebody, and tells so by itself. What is entered in a session is told when that
 * closes: of a new action by its minutes, of one that was handed over by the announcement of the day. What a list says was agreed earlier is
 * not new, nor is a past that is generated.
 */
export function isGiven({ action, before, appended }: PlannedChange, today: string): boolean {
  const { recordedAt, sessionId } = appended.at(-1)?.context ?? {};
  if (recordedAt !== undefined || sessionId || action.isOriginOpen || !isToBeDone(action)) return false;
  return before === null ? action.recordedOn === today : isHandedOver(action, before);
}

/** Whether it has an owner who is to do it still. */
export const isToBeDone = ({ ownerId, closedOn, isWithdrawn, isHandedBack }: Action): boolean =>
  ownerId !== null && closedOn === null && !isWithdrawn && !isHandedBack;

/** Handed over, done together with one more, or named an owner after it was handed back. */
export function isHandedOver(action: Doers, before: Doers): boolean {
  const { ownerId, ownerPersonId, coOwnerIds } = action;
  if (coOwnerIds.some((id) => !before.coOwnerIds.includes(id))) return true;
  return before.ownerId !== ownerId || before.ownerPersonId !== ownerPersonId || before.isHandedBack;
}
