import { Injectable, NotFoundException } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isPermittedIn } from '../platform/access/access.rules.js';
import type { Caller } from '../platform/access/caller.js';
import { conflict, forbidden, notFound } from '../platform/common/problems.js';
import { dialectOf } from '../platform/database/dialect.js';
import { Params, row, rows, type Source } from '../platform/database/rows.js';
import type { SessionState } from '../meetings/session.entity.js';
import { filledIn, hangsOnSession, type Planned } from './deadlines.rules.js';
import type { Change } from './action-update.entity.js';

/** A session as far as an action has to do with it. */
export interface Sitting {
  id: string;
  meetingId: string;
  areaId: string;
  heldOn: string;
  state: SessionState;
}

/** What actions ask about sessions. */
@Injectable()
export class ActionSessions {
  /** The session, when the caller may read it; else 404. On PostgreSQL `isLocked` holds it open until the end. */
  async find(source: Source, id: string, caller: Caller, isLocked = false): Promise<Sitting> {
    const lock = isLocked ? dialectOf(source).forShareOf('s') : '';
    const found = await row<Sitting>(
      source,
      `SELECT s."id", s."meetingId", m."areaId", s."heldOn", s."state" FROM "sessions" s
       JOIN "meetings" m ON m."id" = s."meetingId" WHERE s."id" = $1${lock}`,
      [id],
    );
    const isSeen =
      found && (isPermittedIn(caller, 'sessions.read', found.areaId) || caller.meetingIds.includes(found.meetingId));
    if (!isSeen) throw notFound();
    return found;
  }

  /** The open session in which the caller writes: 404 unknown, 403 not a chair of it, 409 not open. */
  async openForWriting(manager: EntityManager, id: string, caller: Caller): Promise<Sitting> {
    const session = await this.find(manager, id, caller, true);
    if (!isPermittedIn(caller, 'actions.write', session.areaId)) throw forbidden();
    mustBeOpen(session);
    return session;
  }

  /** The open session in which an update is entered; undefined when there is no such session of that meeting. */
  async openOfMeeting(manager: EntityManager, id: string, caller: Caller): Promise<Sitting | undefined> {
    try {
      const session = await this.find(manager, id, caller, true);
      mustBeOpen(session);
      return session;
    } catch (error) {
      if (error instanceof NotFoundException) return undefined;
      throw error;
    }
  }

  /** The sessions of a meeting from a day on that were not cancelled. */
  of(source: Source, meetingId: string, fromOn: string): Promise<Planned[]> {
    return this.ofAll(source, [meetingId], fromOn);
  }

  /** The same of several meetings at once, each with its meeting. */
  ofAll(source: Source, meetingIds: readonly string[], fromOn: string): Promise<(Planned & { meetingId: string })[]> {
    const params = new Params();
    return rows(
      source,
      `SELECT "id", "meetingId", "heldOn", "state" FROM "sessions" WHERE "meetingId" IN (${params.list(meetingIds)})
         AND "heldOn" >= ${params.add(fromOn)} AND "state" <> 'cancelled'`,
      params.values,
    );
  }

  /** Fills in what hangs on the next session: the date of "volgend overleg", the default check date of what has no date. */
  async filledIn(
    manager: EntityManager,
    meetingId: string | null,
    change: Change,
    effectiveOn: string,
  ): Promise<Change> {
    if (!hangsOnSession(change)) return change;
    const sessions = meetingId === null ? [] : await this.of(manager, meetingId, effectiveOn);
    return filledIn(change, effectiveOn, sessions);
  }
}

export function mustBeOpen(session: Sitting): void {
  if (session.state !== 'open') throw conflict('SESSION_NOT_OPEN', 'This session is not open.');
}
