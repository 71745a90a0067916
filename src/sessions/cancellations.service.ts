import { Injectable } from '@nestjs/common';
import type { Caller } from '../platform/access/caller.js';
import { Audit } from '../platform/audit/audit.service.js';
import { mustMatch } from '../platform/common/etag.js';
import { conflict } from '../platform/common/problems.js';
import { RowHistory } from '../platform/database/row-history.js';
import { Transactions } from '../platform/database/transactions.js';
import { updateRow } from '../platform/database/writes.js';
import { lockSession } from '../meetings/meetings.access.js';
import { Session } from '../meetings/session.entity.js';
import { SessionViews } from '../meetings/session-views.service.js';
import type { SessionView } from '../meetings/sessions.dto.js';
import { SessionMoments } from './session-moments.service.js';

/** Cancels a session that will not take place. */
@Injectable()
export class Cancellations {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly moments: SessionMoments,
    private readonly views: SessionViews,
    private readonly former: RowHistory,
  ) {}

  /** Cancels a planned session; it remains listed, with its reason. */
  cancel(id: string, reason: string, version: number, by: Caller): Promise<SessionView> {
    return this.transactions.run(async (manager) => {
      const { session, meeting } = await lockSession(manager, id, by, 'sessions.plan');
      mustMatch(session, version);
      if (session.state !== 'planned')
        throw conflict('SESSION_NOT_PLANNED', 'Only a planned session can be cancelled.');
      await this.former.keep(manager, 'sessions', id, { state: 'cancelled' });
      await updateRow(manager, Session, id, {
        state: 'cancelled',
        cancellationReason: reason,
        calendarSequence: session.calendarSequence + 1,
      });
      await this.moments.cancelled(manager, await manager.findOneByOrFail(Session, { id }), by);
      await this.audit.record(manager, by, 'session.cancelled', { type: 'session', id, areaId: meeting.areaId });
      return this.views.one(manager, id, by);
    });
  }
}
