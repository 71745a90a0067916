import { hasReach, isPermittedIn } from '../platform/access/access.rules.js';
import { mayKnow } from '../platform/access/confidentiality.js';
import type { Caller } from '../platform/access/caller.js';
import { conflict, forbidden, notFound } from '../platform/common/problems.js';
import type { Action } from './action.entity.js';
import type { CreateUpdateDto } from './action-updates.dto.js';
import type { Allowed } from './actions.views.js';
import { isClosed } from './statuses.rules.js';

/** What decides who may do what with an action. */
export type Guarded = Pick<
  Action,
  'areaId' | 'meetingId' | 'ownerId' | 'isConfidential' | 'isPublic' | 'isWithdrawn' | 'status'
> & { coOwnerIds: string[]; partyIds: string[]; isOriginOpen: boolean };

/** Whether one of the caller's organisations owns or co-owns it. */
export function isOwn(caller: Caller, action: Guarded): boolean {
  return [action.ownerId, ...action.coOwnerIds].some((id) => id !== null && caller.organisationIds.includes(id));
}

/** `full`, only what is `public`, or nothing: then it does not exist. */
export function visibilityOf(caller: Caller, action: Guarded): 'full' | 'public' | 'none' {
  if (!mayKnow(caller, action.isConfidential, action.partyIds)) return 'none';
  if (isPermittedIn(caller, 'actions.read', action.areaId)) return 'full';
  if (hasReach(caller, 'actions.read', 'meetings')) {
    if (action.meetingId !== null && caller.meetingIds.includes(action.meetingId)) return 'full';
    if (isOwn(caller, action)) return 'full';
  }
  const isPublished = action.isPublic && !action.isConfidential && !action.isWithdrawn;
  return isPublished && caller.areaIds.reader.includes(action.areaId) ? 'public' : 'none';
}

export const mayWrite = (caller: Caller, action: Guarded): boolean =>
  isPermittedIn(caller, 'actions.write', action.areaId);

/** A chair of its area, or whoever's organisation owns or co-owns it. */
export function mayAnswer(caller: Caller, action: Guarded): boolean {
  if (isPermittedIn(caller, 'actions.answer', action.areaId)) return true;
  return hasReach(caller, 'actions.answer', 'organisation') && isOwn(caller, action);
}

/** Handing back is for the owner itself, or for the chair on its behalf. */
export function mayHandBack(caller: Caller, action: Guarded, onBehalfOfId?: string): boolean {
  if (action.ownerId === null) return false;
  return (
    caller.organisationIds.includes(action.ownerId) || (mayWrite(caller, action) && onBehalfOfId === action.ownerId)
  );
}

/** 404 for what is hidden, 403 for what is not the caller's to do, 409 for what cannot be done any more. */
export function mustBeAllowed(by: Caller, action: Guarded, input: CreateUpdateDto): void {
  if (visibilityOf(by, action) === 'none') throw notFound();
  if (!mayAnswer(by, action)) throw forbidden();
  if (action.isWithdrawn) throw conflict('ACTION_WITHDRAWN', 'This action was withdrawn.');
  if (input.handBack && action.ownerId === null) throw conflict('NO_OWNER', 'This action has no owner.');
  if (input.handBack && !mayHandBack(by, action, input.onBehalfOfId)) throw forbidden();
  if (mayWrite(by, action)) return;
  const isHandedOver = input.ownerId !== undefined && input.ownerId !== action.ownerId;
  const isOwner = action.ownerId !== null && by.organisationIds.includes(action.ownerId);
  if (input.onBehalfOfId || input.sessionId || isHandedOver || (input.ownerPersonId !== undefined && !isOwner)) {
    throw forbidden();
  }
}

/** What the caller may do with it now. */
export function allowedTo(caller: Caller, action: Guarded): Allowed[] {
  if (action.isWithdrawn) return [];
  const isChair = mayWrite(caller, action);
  const allowed: Allowed[] = [];
  if (isChair) allowed.push('change');
  if (mayAnswer(caller, action)) allowed.push('answer');
  if (isChair) allowed.push('hand_over');
  if (!isClosed(action.status) && mayHandBack(caller, action)) allowed.push('hand_back');
  if (isChair && action.isOriginOpen) allowed.push('withdraw');
  return allowed;
}
