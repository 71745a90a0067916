import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isPermittedIn } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { addDays, momentOf } from '../../platform/common/calendar-date.js';
import { Clock } from '../../platform/common/clock.js';
import { mustMatch } from '../../platform/common/etag.js';
import { conflict, forbidden, notFound } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { rows, type Source } from '../../platform/database/rows.js';
import { Transactions } from '../../platform/database/transactions.js';
import { Outbox } from '../../platform/mail/outbox.service.js';
import { lockSession, readableSession } from '../../meetings/meetings.access.js';
import type { Session } from '../../meetings/session.entity.js';
import { SessionFactsService, WITH_PAPERS } from './session-facts.service.js';
import { SessionInvitation } from './session-invitation.entity.js';
import type { InvitedView, SessionInvitationView } from './session-invitations.dto.js';

export const INVITATION_MAIL = 'invitation';

/** Sends the invitation of a session to the table and to those who receive the papers, each time the chair asks. */
@Injectable()
export class SessionInvitations {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly facts: SessionFactsService,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Plans one mail per address. 409 without a mail server, and if the session is not planned or its day has passed. */
  send(sessionId: string, version: number, by: Caller): Promise<SessionInvitationView> {
    return this.transactions.run(async (manager) => {
      const { session, meeting } = await lockSession(manager, sessionId, by, 'sessions.plan');
      mustMatch(session, version);
      this.outbox.mustHaveServer();
      if (session.state !== 'planned')
        throw conflict('SESSION_NOT_PLANNED', 'Invitations can only be sent for a planned session.');
      if (session.heldOn < by.today) throw conflict('SESSION_PASSED', 'The day of this session has passed.');
      const before = await manager.findOneBy(SessionInvitation, { sessionId });
      const sent = { sentAt: this.clock.moment(), sentById: by.personId, version: (before?.version ?? 0) + 1 };
      if (before) await manager.update(SessionInvitation, { sessionId }, sent);
      else await manager.insert(SessionInvitation, { sessionId, ...sent });
      await this.planMails(manager, session, sent.version);
      const subject = { type: 'session', id: sessionId, areaId: meeting.areaId };
      await this.audit.record(manager, by, 'session.convened', subject);
      return this.view(manager, sessionId, true);
    });
  }

  /** 404 if it was not sent or the session is hidden from the caller; 403 if they neither chair nor attend it. */
  async read(sessionId: string, caller: Caller): Promise<SessionInvitationView> {
    const session = await readableSession(this.database.reader, sessionId, caller);
    const mayWrite = isPermittedIn(caller, 'sessions.plan', session.areaId);
    if (!mayWrite && !caller.meetingIds.includes(session.meetingId)) throw forbidden();
    return this.view(this.database.reader, sessionId, mayWrite);
  }

  private async planMails(manager: EntityManager, session: Session, round: number): Promise<void> {
    const facts = (await this.facts.of(manager, session.id))!;
    for (const one of await this.facts.table(manager, facts, [session.heldOn], WITH_PAPERS)) {
      await this.outbox.plan(manager, {
        kind: INVITATION_MAIL,
        dedupeKey: `${keyOf(session.id, round)}${one.email}`,
        address: one.email,
        personId: one.personId,
        batchId: session.id,
        payload: { sessionId: session.id, round },
        expiresAt: momentOf(addDays(session.heldOn, 1)),
      });
    }
  }

  private async view(source: Source, sessionId: string, mayWrite: boolean): Promise<SessionInvitationView> {
    const [sent] = await rows<Pick<SessionInvitation, 'sentAt' | 'version'>>(
      source,
      'SELECT "sentAt", "version" FROM "session_invitations" WHERE "sessionId" = $1',
      [sessionId],
    );
    if (!sent) throw notFound();
    const found = await rows<InvitedView>(
      source,
      `SELECT p."name", o."address", o."state", o."sentAt" FROM "outgoing_messages" o JOIN "people" p ON p."id" = o."personId"
       WHERE o."batchId" = $1 AND o."kind" = '${INVITATION_MAIL}' AND o."dedupeKey" LIKE $2 ORDER BY natural_key(p."name"), o."id"`,
      [sessionId, `${keyOf(sessionId, sent.version)}%`],
    );
    const recipients = found.map((one) => (mayWrite ? one : { ...one, address: null }));
    return { sessionId, sentAt: sent.sentAt, recipients, version: sent.version };
  }
}

const keyOf = (sessionId: string, round: number): string => `${INVITATION_MAIL}:${sessionId}:${round}:`;
