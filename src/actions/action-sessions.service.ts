import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isPermittedAt } from '../platform/access/access.rules.js';
import type { Caller } from '../platform/access/caller.js';
import { forbidden } from '../platform/common/problems.js';
import { dialectOf } from '../platform/database/dialect.js';
import { inForce, Params, row, rows, type Source } from '../platform/database/rows.js';
import { goesOnSql } from '../meetings/meetings.rules.js';
import { mustBeOpen, readable, type SessionRef } from './changes/session-refs.rules.js';
import type { Planned } from './deadlines.rules.js';

/** Of several meetings of one area, that of the professionals comes first. */
const PREFERRED = `CASE m."kind" WHEN 'professionals' THEN 0 ELSE 1 END, m."id"`;

/** The sessions that actions refer to. */
@Injectable()
export class ActionSessions {
  /** The session; 404 if the caller may not read it. */
  async find(source: Source, id: string, caller: Caller): Promise<SessionRef> {
    return readable((await this.refs(source, [id])).get(id), caller);
  }

  /** The same, locked until the end of the transaction. */
  async hold(manager: EntityManager, id: string, caller: Caller): Promise<SessionRef> {
    return readable((await this.holdAll(manager, [id])).get(id), caller);
  }

  /** Sessions by id, locked until the end of the transaction. */
  holdAll(manager: EntityManager, ids: readonly string[]): Promise<Map<string, SessionRef>> {
    return this.refs(manager, ids, ` ORDER BY s."id"${dialectOf(manager).forNoKeyUpdateOf('s')}`);
  }

  /** The open session in which the caller writes: 404 if unknown, 403 if they may not write in it, 409 if not open. */
  async openForWriting(manager: EntityManager, id: string, caller: Caller): Promise<SessionRef> {
    const session = await this.hold(manager, id, caller);
    if (!isPermittedAt(caller, 'actions.write', session)) throw forbidden();
    mustBeOpen(session);
    return session;
  }

  /** The sessions of a meeting from a day on that are not cancelled; empty without a meeting. */
  async of(source: Source, meetingId: string | null, fromOn: string): Promise<Planned[]> {
    return meetingId === null ? [] : this.ofAll(source, [meetingId], fromOn);
  }

  /** The same of several meetings at once, each with its meeting; those of a meeting it replaced count as its own. */
  ofAll(source: Source, meetingIds: readonly string[], fromOn: string): Promise<(Planned & { meetingId: string })[]> {
    const params = new Params();
    return rows(
      source,
      `SELECT s."id", coalesce(m."successorId", m."id") AS "meetingId", s."heldOn", s."state"
       FROM "meetings" m JOIN "sessions" s ON s."meetingId" = m."id"
       WHERE coalesce(m."successorId", m."id") IN (${params.list(meetingIds)})
         AND s."heldOn" >= ${params.add(fromOn)} AND s."state" <> 'cancelled'`,
      params.values,
    );
  }

  /**
   * An area that has not been merged, with the meeting of an action recorded there: its own, else that of the nearest
   * area above it that has one on that day; if an area has several, preferably the one of the professionals.
   */
  areaWithMeeting(source: Source, areaId: string, today: string) {
    return row<{ meetingId: string | null }>(
      source,
      `WITH RECURSIVE "above" ("id", "steps") AS (
         SELECT a."id", 0 FROM "areas" a WHERE a."id" = $1 AND a."mergedIntoId" IS NULL
         UNION SELECT p."parentId", t."steps" + 1 FROM "area_parents" p
           JOIN "above" t ON p."areaId" = t."id" WHERE ${inForce('p', '$2')})
       SELECT (SELECT m."id" FROM "above" t JOIN "meetings" m ON m."areaId" = t."id"
         WHERE ${goesOnSql('m', '$2')} ORDER BY t."steps", ${PREFERRED} LIMIT 1) AS "meetingId"
       FROM "above" WHERE "steps" = 0`,
      [areaId, today],
    );
  }

  /**
   * The reverse: the open actions without a meeting that belong to this one on that day, and its name. Down from its area,
   * as far as there is no other meeting. Not those that were to go on without a meeting after theirs had ended: what was
   * recorded in a session had one, and of others the history says so.
   */
  async waitingFor(source: Source, meetingId: string, today: string): Promise<{ name: string; actionIds: string[] }> {
    const [meeting] = await rows<{ name: string }>(source, 'SELECT "name" FROM "meetings" WHERE "id" = $1', [
      meetingId,
    ]);
    const found = await rows<{ id: string }>(
      source,
      `WITH RECURSIVE "its" ("id") AS (
         SELECT own."areaId" FROM "meetings" own WHERE own."id" = $1 AND own."id" = (SELECT m."id" FROM "meetings" m
           WHERE m."areaId" = own."areaId" AND ${goesOnSql('m', '$2')} ORDER BY ${PREFERRED} LIMIT 1)
         UNION SELECT p."areaId" FROM "area_parents" p JOIN "its" i ON p."parentId" = i."id" WHERE ${inForce('p', '$2')}
           AND NOT EXISTS (SELECT 1 FROM "meetings" m WHERE m."areaId" = p."areaId" AND ${goesOnSql('m', '$2')}))
       SELECT a."id" FROM "actions" a
       WHERE a."meetingId" IS NULL AND a."closedOn" IS NULL AND NOT a."isWithdrawn" AND a."sessionId" IS NULL
         AND a."areaId" IN (SELECT "id" FROM "its") AND NOT EXISTS (SELECT 1 FROM "action_updates" u
           WHERE u."actionId" = a."id" AND u."changes" LIKE '%"withoutMeeting":true%')
       ORDER BY a."id"`,
      [meetingId, today],
    );
    return { name: meeting.name, actionIds: found.map(({ id }) => id) };
  }

  private async refs(source: Source, ids: readonly string[], after = ''): Promise<Map<string, SessionRef>> {
    const params = new Params();
    const found = await rows<SessionRef>(
      source,
      `SELECT s."id", s."meetingId", m."areaId", s."heldOn", s."state", (s."reopeningReason" IS NOT NULL) AS "isReopened" FROM "sessions" s
       JOIN "meetings" m ON m."id" = s."meetingId" WHERE s."id" IN (${params.list(ids)})${after}`,
      params.values,
      { isReopened: 'boolean' },
    );
    return new Map(found.map((session) => [session.id, session]));
  }
}
