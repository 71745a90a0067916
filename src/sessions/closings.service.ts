import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { recordedEvents } from '../actions/changes/action-events.js';
import type { Meeting } from '../meetings/meeting.entity.js';
import { appendEvents } from '../platform/events/events.js';
import type { Caller } from '../platform/access/caller.js';
import { Attendances } from './attendance/attendances.service.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Clock } from '../platform/common/clock.js';
import { mustMatch } from '../platform/common/etag.js';
import { conflict } from '../platform/common/problems.js';
import { Transactions } from '../platform/database/transactions.js';
import { updateRow } from '../platform/database/writes.js';
import { lockSession } from '../meetings/meetings.access.js';
import { Session } from '../meetings/session.entity.js';
import { mustEndAfter, mustNotLieAhead } from '../meetings/sessions.rules.js';
import { SessionViews } from '../meetings/session-views.service.js';
import type { SessionView } from '../meetings/sessions.dto.js';
import { Completeness } from './completeness.service.js';
import { forgetCurrent } from './current-item/forget-current.js';
import { SessionMoments } from './session-moments.service.js';

/** Closes a session that was held. */
@Injectable()
export class Closings {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly moments: SessionMoments,
    private readonly attendances: Attendances,
    private readonly completeness: Completeness,
    private readonly views: SessionViews,
  ) {}

  /**
   * Closes an open session if nothing is missing; else 409 `CANNOT_CLOSE`, which lists everything that is missing, and
   * nothing is saved. `heldUntil` is the local time at which it ended, `HH:MM`; 400 if that is not after it began, or in
   * the night that followed.
   */
  close(id: string, version: number, by: Caller, heldUntil?: string): Promise<SessionView> {
    return this.transactions.run(async (manager) => {
      const { session, meeting } = await lockSession(manager, id, by);
      mustMatch(session, version);
      if (session.state === 'closed') return this.views.one(manager, id, by);
      if (session.state !== 'open') throw conflict('SESSION_NOT_OPEN', 'Only an open session can be closed.');
      mustNotLieAhead(session, this.clock.today());
      mustEndAfter(session, session.startTime ?? meeting.startTime, heldUntil, this.clock.today());
      await this.completeness.settle(manager, session, meeting, by);
      await forgetCurrent(manager, id);
      await this.attendances.fillIn(manager, session, meeting, by);
      const closedAt = this.clock.moment();
      await updateRow(manager, Session, id, { state: 'closed', closedAt, ...(heldUntil && { heldUntil }) });
      await this.moments.closed(manager, await manager.findOneByOrFail(Session, { id }), by);
      await this.appendEvents(manager, session, meeting, closedAt);
      await this.audit.record(manager, by, 'session.closed', { type: 'session', id, areaId: meeting.areaId });
      return this.views.one(manager, id, by);
    });
  }

  /**
   * The event of the closing and, the first time, those of the actions recorded in it: after a reopening, their changes
   * had events of their own.
   */
  private async appendEvents(
    manager: EntityManager,
    { id, heldOn, reopeningReason }: Session,
    { id: meetingId, areaId }: Meeting,
    at: string,
  ): Promise<void> {
    const closed = { kind: 'session.closed' as const, areaId, subjectId: id, data: { meetingId, heldOn } };
    await appendEvents(manager, at, async () => [
      closed,
      ...(reopeningReason === null ? await recordedEvents(manager, id) : []),
    ]);
  }
}
