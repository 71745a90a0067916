import { isPermittedAt } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { conflict, notFound } from '../../platform/common/problems.js';
import type { SessionState } from '../../meetings/session.entity.js';

/** The facts of a session that matter to an action. */
export interface SessionRef {
  id: string;
  meetingId: string;
  areaId: string;
  heldOn: string;
  state: SessionState;
  /** Whether it was closed before. */
  isReopened: boolean;
}

const isSeenBy = (caller: Caller, session: SessionRef): boolean =>
  isPermittedAt(caller, 'sessions.read', session) || caller.meetingIds.includes(session.meetingId);

/** The session; 404 if the caller may not read it. */
export function readable(session: SessionRef | undefined, caller: Caller): SessionRef {
  if (!session || !isSeenBy(caller, session)) throw notFound();
  return session;
}

export function mustBeOpen(session: SessionRef): void {
  if (session.state !== 'open') throw conflict('SESSION_NOT_OPEN', 'This session is not open.');
}

/** The session in which an update is entered; undefined if the caller knows no such session, 409 if it is not open. */
export function openFor(caller: Caller, session: SessionRef | undefined): SessionRef | undefined {
  if (!session || !isSeenBy(caller, session)) return undefined;
  mustBeOpen(session);
  return session;
}
