import type { EntityManager } from 'typeorm';
import { hasReach, isPermittedIn } from '../platform/access/access.rules.js';
import type { Caller } from '../platform/access/caller.js';
import { inPermittedAreas } from '../platform/access/conditions.js';
import type { Permission } from '../platform/access/permissions.js';
import { forbidden, notFound } from '../platform/common/problems.js';
import { Params, row, type Source } from '../platform/database/rows.js';
import { lockOne } from '../platform/database/transactions.js';
import { Meeting } from './meeting.entity.js';
import { Session, type SessionState } from './session.entity.js';

/** SQL for "a meeting the caller may read": in one of their areas, or one they take part in. */
export function readableMeetings(caller: Caller, alias: string, params: Params): string {
  const inAreas = inPermittedAreas(caller, 'meetings.read', `${alias}."areaId"`, params);
  if (!hasReach(caller, 'meetings.read', 'meetings')) return inAreas;
  return `(${inAreas} OR ${alias}."id" IN (${params.list(caller.meetingIds)}))`;
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

/** Locks a session for a change by a chair of its area: 404 if hidden from the caller, 403 if not theirs to change. */
export async function lockSession(manager: EntityManager, id: string, by: Caller) {
  const session = await lockOne(manager, Session, id);
  const meeting = await manager.findOneByOrFail(Meeting, { id: session.meetingId });
  mustBePermitted(by, 'sessions.write', meeting);
  return { session, meeting };
}

export interface ReadableSession {
  id: string;
  meetingId: string;
  areaId: string;
  heldOn: string;
  state: SessionState;
}

/** A session with its area; 404 if the caller may not know it. */
export async function readableSession(source: Source, id: string, caller: Caller): Promise<ReadableSession> {
  const params = new Params();
  const found = await row<ReadableSession>(
    source,
    `SELECT s."id", s."meetingId", m."areaId", s."heldOn", s."state"
     FROM "sessions" s JOIN "meetings" m ON m."id" = s."meetingId"
     WHERE s."id" = ${params.add(id)} AND ${readableMeetings(caller, 'm', params)}`,
    params.values,
  );
  if (!found) throw notFound();
  return found;
}
