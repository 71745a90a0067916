import type { Action } from '../action.entity.js';
import type { PlannedChange } from '../planned-change.js';

type Doers = Pick<Action, 'ownerId' | 'ownerPersonId' | 'isHandedBack'> & { coOwnerIds: readonly string[] };

/**
 * Whether a change gives somebody an action and must itself be announced. What is entered in a session is announced
 * when that closes: new actions by its minutes, actions handed over by the mail of the day. Actions that a list says
 * were agreed earlier are not new, nor are those of a generated past.
 */
export function isGiven({ action, before, appended }: PlannedChange, today: string): boolean {
  const { recordedAt, sessionId } = appended.at(-1)?.context ?? {};
  if (recordedAt !== undefined || sessionId || action.isOriginOpen || !isToBeDone(action)) return false;
  return before === null ? action.recordedOn === today : isHandedOver(action, before);
}

/** Whether it has an owner who still has to do it. */
export const isToBeDone = ({ ownerId, closedOn, isWithdrawn, isHandedBack }: Action): boolean =>
  ownerId !== null && closedOn === null && !isWithdrawn && !isHandedBack;

/** Handed over, given another co-owner, or given an owner after it was handed back. */
export function isHandedOver(action: Doers, before: Doers): boolean {
  const { ownerId, ownerPersonId, coOwnerIds } = action;
  if (coOwnerIds.some((id) => !before.coOwnerIds.includes(id))) return true;
  return before.ownerId !== ownerId || before.ownerPersonId !== ownerPersonId || before.isHandedBack;
}
