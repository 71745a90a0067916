import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../platform/access/caller.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Clock } from '../platform/common/clock.js';
import { mustMatch } from '../platform/common/etag.js';
import { newId } from '../platform/common/ids.js';
import { conflict } from '../platform/common/problems.js';
import { RowHistory } from '../platform/database/row-history.js';
import { row, rows } from '../platform/database/rows.js';
import { lockOne, Transactions } from '../platform/database/transactions.js';
import { insertAll, updateRow } from '../platform/database/writes.js';
import { mustNotBeAdopted } from '../meetings/adopted-minutes.js';
import { Meeting } from '../meetings/meeting.entity.js';
import { lockSession } from '../meetings/meetings.access.js';
import { Session } from '../meetings/session.entity.js';
import { mustNotLieAhead } from '../meetings/sessions.rules.js';
import { SessionViews } from '../meetings/session-views.service.js';
import type { SessionView } from '../meetings/sessions.dto.js';
import { ItemCarryOver } from './item-carry-over.service.js';
import { Discussion } from '../actions/discussions/discussion.entity.js';
import { type ActionAtOpening, kindAtOpening } from './sessions.rules.js';
import { SessionMoments } from './session-moments.service.js';

type Found = ActionAtOpening & { id: string };

const SHAPE = { wasFinished: 'boolean', isSeen: 'boolean' } as const;
/** SQL for a history row of action `a` with an unfinished status, up to the day of the session. */
const OPEN_ROW = `SELECT 1 FROM "action_updates" b WHERE b."actionId" = a."id" AND b."effectiveOn" <= $3
  AND b."status" NOT IN ('done', 'cancelled')`;
/**
 * The actions of a meeting, and of those it replaced, that were recorded by the day of the session ($3), in their state
 * on that day: whether they were finished (`f`, the first row after the last open one; never for actions recorded as
 * finished), and whether a session of that day or later, which was not over when that row was entered, already listed
 * them. So a session that is entered days later takes over what was open on its own day, and leaves what was finished
 * since then to the next one. What was recorded in the session itself, during an opening that was taken back by somebody
 * who may not know of it, is in its minutes already.
 */
const ACTIONS = `
  SELECT a."id", u."status", (f."id" IS NOT NULL) AS "wasFinished",
    (EXISTS (SELECT 1 FROM "discussions" d JOIN "sessions" s ON s."id" = d."sessionId"
       WHERE d."actionId" = a."id" AND s."heldOn" >= f."effectiveOn" AND s."closedAt" >= f."recordedAt")
     OR EXISTS (SELECT 1 FROM "sessions" s
       WHERE s."id" = a."sessionId" AND s."heldOn" >= f."effectiveOn" AND s."closedAt" >= f."recordedAt")) AS "isSeen"
  FROM "actions" a
  JOIN "action_updates" u ON u."id" = (SELECT h."id" FROM "action_updates" h
    WHERE h."actionId" = a."id" AND h."effectiveOn" <= $3 ORDER BY h."effectiveOn" DESC, h."sequence" DESC LIMIT 1)
  LEFT JOIN "action_updates" f ON f."id" = (SELECT h."id" FROM "action_updates" h
    WHERE h."actionId" = a."id" AND h."effectiveOn" <= $3 AND EXISTS (${OPEN_ROW})
      AND NOT EXISTS (${OPEN_ROW} AND (b."effectiveOn", b."sequence") >= (h."effectiveOn", h."sequence"))
    ORDER BY h."effectiveOn", h."sequence" LIMIT 1)
  WHERE a."meetingId" IN (SELECT m."id" FROM "meetings" m WHERE m."id" = $1 OR m."successorId" = $1) AND NOT a."isWithdrawn" AND a."recordedOn" <= $3
    AND (a."sessionId" IS NULL OR a."sessionId" <> $2)
    AND NOT EXISTS (SELECT 1 FROM "discussions" own WHERE own."actionId" = a."id" AND own."sessionId" = $2)
  ORDER BY a."recordedOn", a."id"`;

/** Opens a session and takes over unfinished actions and items by reference. */
@Injectable()
export class Openings {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly itemCarryOver: ItemCarryOver,
    private readonly moments: SessionMoments,
    private readonly views: SessionViews,
    private readonly former: RowHistory,
  ) {}

  /** Opens a planned session, on its day or later. A session that is already open stays as it is. */
  open(id: string, version: number, by: Caller): Promise<SessionView> {
    return this.transactions.run(async (manager) => {
      const { session, meeting } = await this.lockBoth(manager, id, by);
      mustMatch(session, version);
      if (session.state === 'open') return this.views.one(manager, id, by);
      await mustNotBeAdopted(manager, session);
      if (session.state === 'closed') throw conflict('SESSION_CLOSED', 'This session is closed. Reopen it instead.');
      if (session.state === 'cancelled') throw conflict('SESSION_CANCELLED', 'This session is cancelled.');
      mustNotLieAhead(session, this.clock.today());
      await mustBeTheOnlyOpen(manager, session);
      await this.moments.opening(manager, session, by);
      await this.takeOverActions(manager, session);
      await this.itemCarryOver.atOpening(manager, session);
      const openedAt = this.clock.moment();
      await this.former.keep(manager, 'sessions', id, { openedAt });
      await updateRow(manager, Session, id, { state: 'open', openedAt });
      await this.audit.record(manager, by, 'session.opened', { type: 'session', id, areaId: meeting.areaId });
      return this.views.one(manager, id, by);
    });
  }

  /** Reopens a closed session while its minutes are not adopted. Nothing is taken over a second time. */
  reopen(id: string, reason: string, version: number, by: Caller): Promise<SessionView> {
    return this.transactions.run(async (manager) => {
      const { session, meeting } = await this.lockBoth(manager, id, by);
      mustMatch(session, version);
      if (session.state !== 'closed') throw conflict('SESSION_NOT_CLOSED', 'Only a closed session can be reopened.');
      await mustNotBeAdopted(manager, session);
      await mustBeTheOnlyOpen(manager, session);
      await updateRow(manager, Session, id, {
        state: 'open',
        reopeningReason: reason,
        closedAt: null,
      });
      await this.moments.reopened(manager, await manager.findOneByOrFail(Session, { id }), by);
      await this.audit.record(manager, by, 'session.reopened', { type: 'session', id, areaId: meeting.areaId });
      return this.views.one(manager, id, by);
    });
  }

  /** Locks the meeting before its session, so that two of its sessions cannot open at the same time. */
  private async lockBoth(manager: EntityManager, id: string, by: Caller) {
    const { meetingId } = await manager.findOneByOrFail(Session, { id });
    await lockOne(manager, Meeting, meetingId);
    return lockSession(manager, id, by);
  }

  private async takeOverActions(manager: EntityManager, session: Session): Promise<void> {
    const { id: sessionId, meetingId, heldOn } = session;
    const found = await rows<Found>(manager, ACTIONS, [meetingId, sessionId, heldOn], SHAPE);
    const discussions = found.flatMap(({ id: actionId, ...action }) => {
      const kind = kindAtOpening(action);
      return kind ? [{ id: newId(), sessionId, actionId, kind, outcome: null, note: null }] : [];
    });
    await insertAll(manager, Discussion, discussions);
  }
}

async function mustBeTheOnlyOpen(manager: EntityManager, { id, meetingId }: Session): Promise<void> {
  const other = await row<{ id: string; heldOn: string }>(
    manager,
    `SELECT s."id", s."heldOn" FROM "sessions" s WHERE s."meetingId" = $1 AND s."state" = 'open' AND s."id" <> $2`,
    [meetingId, id],
  );
  if (!other) return;
  throw conflict('ANOTHER_SESSION_OPEN', `The session of ${other.heldOn} (${other.id}) of this meeting is still open.`);
}
