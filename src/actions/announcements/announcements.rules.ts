import type { PlannedChange } from '../changes/planned-change.js';

/**
 * Whether a change gives an action to somebody: it is new, handed over, done together with one more, or named an owner after
 * it was handed back. Until
 * the session in which it is recorded closes, its minutes tell of it; what a list says was agreed earlier is not new, nor
 * is a past that is generated.
 */
export function isGiven({ action, before, appended }: PlannedChange, today: string): boolean {
  if (appended.at(-1)?.context.recordedAt !== undefined) return false;
  const { ownerId, ownerPersonId, coOwnerIds, closedOn, isWithdrawn, isHandedBack, isOriginOpen } = action;
  if (ownerId === null || closedOn !== null || isWithdrawn || isHandedBack || isOriginOpen) return false;
  if (before === null) return action.recordedOn === today;
  if (coOwnerIds.some((id) => !before.coOwnerIds.includes(id))) return true;
  return before.ownerId !== ownerId || before.ownerPersonId !== ownerPersonId || before.isHandedBack;
}
