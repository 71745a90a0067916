import type { EntityManager } from 'typeorm';
import { hasReach, isPermittedAt, isPermittedIn } from '../platform/access/access.rules.js';
import type { Caller } from '../platform/access/caller.js';
import { inPermittedAreas, inPermittedSessions } from '../platform/access/conditions.js';
import type { Permission } from '../platform/access/permissions.js';
import { forbidden, notFound } from '../platform/common/problems.js';
import { inForce, Params, row, type Source } from '../platform/database/rows.js';
import { lockOne } from '../platform/database/transactions.js';
import { Meeting } from './meeting.entity.js';
import { isSent } from './adopted-minutes.js';
import { Session, type SessionState } from './session.entity.js';

/** SQL for "the caller may read meeting `m`": it is in one of their areas, or they take part in it. */
export function readableMeetings(caller: Caller, params: Params): string {
  const inAreas = inPermittedAreas(caller, 'meetings.read', 'm."areaId"', params);
  if (!hasReach(caller, 'meetings.read', 'meetings')) return inAreas;
  return `(${inAreas} OR m."id" IN (${params.list(caller.meetingIds)}))`;
}

/** SQL for "the caller may read session `s` of meeting `m`": they may read the meeting, or are named for the session. */
export function readableSessions(caller: Caller, params: Params): string {
  const readable = readableMeetings(caller, params);
  if (caller.sessionIds.length === 0 || !hasReach(caller, 'sessions.read', 'sessions')) return readable;
  return `(${readable} OR s."id" IN (${params.list(caller.sessionIds)}))`;
}

/** SQL for "the caller writes in this session": then they read everything in it as it is typed. */
export const writableSessions = (caller: Caller, session: string, meeting: string, params: Params): string =>
  inPermittedSessions(caller, 'sessions.write', { session: `${session}."id"`, area: `${meeting}."areaId"` }, params);

/**
 * SQL for "the caller may read what was said in session `s` of meeting `m`": immediately for those who write in it, for
 * everybody else once its minutes have been sent.
 */
export const readableNotes = (caller: Caller, params: Params): string =>
  `(${writableSessions(caller, 's', 'm', params)} OR ${isSent('s')})`;

/**
 * SQL for "what the caller decides may name session `s` of meeting `m` as where it was decided": it was not cancelled, and
 * is in an area where they have this permission, of a meeting they take part in, or one they are named for.
 */
export const decidingSessions = (caller: Caller, permission: Permission, params: Params): string =>
  `s."state" <> 'cancelled' AND (${inPermittedAreas(caller, permission, 'm."areaId"', params)}
    OR m."id" IN (${params.list(caller.meetingIds)}) OR s."id" IN (${params.list(caller.sessionIds)}))`;

export function mayReadSession(
  caller: Caller,
  session: { id: string },
  meeting: { id: string; areaId: string },
): boolean {
  const isNamed = hasReach(caller, 'sessions.read', 'sessions') && caller.sessionIds.includes(session.id);
  return isNamed || mayReadMeeting(caller, meeting);
}

export function mayReadMeeting(caller: Caller, meeting: { id: string; areaId: string }): boolean {
  const isAtTable = hasReach(caller, 'meetings.read', 'meetings') && caller.meetingIds.includes(meeting.id);
  return isAtTable || isPermittedIn(caller, 'meetings.read', meeting.areaId);
}

/** 404 if the caller may not know the meeting, 403 if they may not do this in its area. */
export function mustBePermitted(caller: Caller, permission: Permission, meeting: { id: string; areaId: string }): void {
  if (isPermittedIn(caller, permission, meeting.areaId)) return;
  throw mayReadMeeting(caller, meeting) ? forbidden() : notFound();
}

/** The same in a session, which those named for it may read and write too. */
export function mustBePermittedAt(
  caller: Caller,
  permission: Permission,
  session: { id: string },
  meeting: { id: string; areaId: string },
): void {
  if (isPermittedAt(caller, permission, { id: session.id, areaId: meeting.areaId })) return;
  throw mayReadSession(caller, session, meeting) ? forbidden() : notFound();
}

/**
 * Locks a session for a change by someone who writes in it: 404 if hidden from the caller, 403 if they may not change
 * it. `sessions.plan`: for its date, the people named for it and its invitation.
 */
export async function lockSession(
  manager: EntityManager,
  id: string,
  by: Caller,
  permission: 'sessions.write' | 'sessions.plan' = 'sessions.write',
) {
  const session = await lockOne(manager, Session, id);
  const meeting = await manager.findOneByOrFail(Meeting, { id: session.meetingId });
  mustBePermittedAt(by, permission, session, meeting);
  return { session, meeting };
}

export interface ReadableSession {
  id: string;
  meetingId: string;
  areaId: string;
  heldOn: string;
  state: SessionState;
  version: number;
}

/** The id of a session, or the session as just read for this caller, who is then known to be allowed to read it. */
export type SessionOrId = string | ReadableSession;

/** A session with its area; 404 if the caller may not know it. */
export async function readableSession(source: Source, ref: SessionOrId, caller: Caller): Promise<ReadableSession> {
  if (typeof ref !== 'string') return ref;
  const params = new Params();
  const found = await row<ReadableSession>(
    source,
    `SELECT s."id", s."meetingId", m."areaId", s."heldOn", s."state", s."version"
     FROM "sessions" s JOIN "meetings" m ON m."id" = s."meetingId"
     WHERE s."id" = ${params.add(ref)} AND ${readableSessions(caller, params)}`,
    params.values,
  );
  if (!found) throw notFound();
  return found;
}

/** Whether the caller writes in this open session, which is of the area or of one above it. */
export async function writesAtTable(
  manager: EntityManager,
  sessionId: string,
  areaId: string,
  by: Caller,
): Promise<boolean> {
  const found = await row<{ areaId: string }>(
    manager,
    `WITH RECURSIVE "above" ("id") AS (
       SELECT a."id" FROM "areas" a WHERE a."id" = $2
       UNION SELECT p."parentId" FROM "area_parents" p JOIN "above" t ON p."areaId" = t."id" WHERE ${inForce('p', '$3')})
     SELECT m."areaId" FROM "sessions" s JOIN "meetings" m ON m."id" = s."meetingId"
     WHERE s."id" = $1 AND s."state" = 'open' AND m."areaId" IN (SELECT "id" FROM "above")`,
    [sessionId, areaId, by.today],
  );
  return found !== undefined && isPermittedAt(by, 'sessions.write', { id: sessionId, areaId: found.areaId });
}
