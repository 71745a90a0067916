import { hasReach, isPermittedAt, isPermittedIn } from '../platform/access/access.rules.js';
import { mayKnow } from '../platform/access/confidentiality.js';
import type { Caller } from '../platform/access/caller.js';
import { conflict, forbidden, notFound } from '../platform/common/problems.js';
import type { Action } from './action.entity.js';
import type { CreateUpdateDto } from './history/action-updates.dto.js';
import type { Allowed } from './actions.views.js';
import { isClosed } from './statuses.rules.js';

/** The fields that determine who may do what with an action. */
export type Guarded = Pick<
  Action,
  'areaId' | 'meetingId' | 'sessionId' | 'ownerId' | 'isConfidential' | 'isPublic' | 'isWithdrawn' | 'status'
> & {
  coOwnerIds: string[];
  partyIds: string[];
  isOriginOpen: boolean;
  /** Recorded in a session that has never been closed: until it is, only those who write in it may know the action. */
  isProvisional: boolean;
  /** The sessions that took it over. */
  discussedInIds: string[];
};

/** Whether one of the caller's organisations owns or co-owns the action. */
function isOwn(caller: Caller, action: Guarded): boolean {
  return [action.ownerId, ...action.coOwnerIds].some((id) => id !== null && caller.organisationIds.includes(id));
}

/** `full`, only its `public` fields, or `none`: then it does not exist for the caller. */
export function visibilityOf(caller: Caller, action: Guarded): 'full' | 'public' | 'none' {
  if (!mayKnow(caller, action.isConfidential, action.partyIds)) return 'none';
  // What is being typed in a session is visible only to those who write in it.
  if (action.isProvisional && (caller.clientId !== undefined || !mayWrite(caller, action))) return 'none';
  if (isAtTable(caller, action)) return 'full';
  if (isPermittedIn(caller, 'actions.read', action.areaId)) return 'full';
  if (hasReach(caller, 'actions.read', 'meetings')) {
    if (action.meetingId !== null && caller.meetingIds.includes(action.meetingId)) return 'full';
    if (isOwn(caller, action)) return 'full';
  }
  const isPublished = action.isPublic && !action.isConfidential && !action.isWithdrawn;
  return isPublished && caller.areaIds.reader.includes(action.areaId) ? 'public' : 'none';
}

/** Whether it was recorded or taken over in a session that the caller is named for. */
function isAtTable(caller: Caller, { sessionId, discussedInIds }: Guarded): boolean {
  if (!hasReach(caller, 'actions.read', 'sessions')) return false;
  return caller.sessionIds.some((id) => id === sessionId || discussedInIds.includes(id));
}

/** Chairs of its area, and those named for the session it was recorded in. */
export const mayWrite = (caller: Caller, { sessionId, areaId }: Pick<Guarded, 'sessionId' | 'areaId'>): boolean =>
  sessionId === null
    ? isPermittedIn(caller, 'actions.write', areaId)
    : isPermittedAt(caller, 'actions.write', { id: sessionId, areaId });

/** Those who may write it, and members of an organisation that owns or co-owns it. */
export function mayAnswer(caller: Caller, action: Guarded): boolean {
  if (isPermittedIn(caller, 'actions.answer', action.areaId) || mayWrite(caller, action)) return true;
  return hasReach(caller, 'actions.answer', 'organisation') && isOwn(caller, action);
}

/** Only the owner can hand back, or the chair on the owner's behalf. */
function mayHandBack(caller: Caller, action: Guarded, onBehalfOfId?: string): boolean {
  if (action.ownerId === null) return false;
  return (
    caller.organisationIds.includes(action.ownerId) || (mayWrite(caller, action) && onBehalfOfId === action.ownerId)
  );
}

/** 404 if hidden from the caller, 403 if they may not change it, 409 if no longer possible. */
export function mustBeAllowed(by: Caller, action: Guarded, input: CreateUpdateDto): void {
  if (visibilityOf(by, action) === 'none') throw notFound();
  // The session of the update must belong to the action's meeting; the rules check that.
  const isSaidThere = input.sessionId !== undefined && by.sessionIds.includes(input.sessionId);
  const isWriter = mayWrite(by, action) || (isSaidThere && isAtTable(by, action));
  if (!isWriter && !mayAnswer(by, action)) throw forbidden();
  if (action.isWithdrawn) throw conflict('ACTION_WITHDRAWN', 'This action has been withdrawn.');
  if (input.handBack && action.ownerId === null) throw conflict('NO_OWNER', 'This action has no owner.');
  const isForOwner = isWriter && input.onBehalfOfId === action.ownerId;
  if (input.handBack && !isForOwner && !mayHandBack(by, action, input.onBehalfOfId)) throw forbidden();
  if (isWriter) return;
  const isHandedOver = input.ownerId !== undefined && input.ownerId !== action.ownerId;
  const isOwner = action.ownerId !== null && by.organisationIds.includes(action.ownerId);
  if (input.onBehalfOfId || input.sessionId || isHandedOver || (input.ownerPersonId !== undefined && !isOwner)) {
    throw forbidden();
  }
}

/** What the caller may currently do with the action. */
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
