import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { addDays, momentOf } from '../../platform/common/calendar-date.js';
import { Clock } from '../../platform/common/clock.js';
import { isSameBeforeJumps } from '../../platform/mail/mail-hold.js';
import { type Mail, type MailKind, MakesMail } from '../../platform/mail/mail-kinds.js';
import { Outbox } from '../../platform/mail/outbox.service.js';
import type { OutgoingMessage } from '../../platform/mail/outgoing-message.entity.js';
import type { Session } from '../../meetings/session.entity.js';
import { QuestionMail } from '../../questions/question-mail.service.js';
import { Renderer } from '../../platform/rendering/renderer.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { appointmentOf, contentTypeOf } from './calendar.rules.js';
import { ReplyLinks } from './reply-links.service.js';
import { AT_TABLE, SessionFactsService, toSessionEvent, WITH_PAPERS } from './session-facts.service.js';
import { SessionInvitation } from './session-invitation.entity.js';

const MOVED_MAIL = 'session-moved';
const CANCELLED_MAIL = 'session-cancelled';
type NoticeKind = typeof MOVED_MAIL | typeof CANCELLED_MAIL;

interface Payload {
  sessionId: string;
  sequence: number;
  /** The appointment before the change. */
  was: Pick<Session, 'heldOn' | 'startTime' | 'place'>;
}

/**
 * Notifies the table that a session has another day, time or place, or is cancelled; once its invitation was sent, also
 * those who received the papers, because they have the appointment too. Nobody is notified about a session in the past.
 * Replies apply to the day of the invitation, so moving to another day asks for a new reply.
 */
@Injectable()
@MakesMail([MOVED_MAIL, CANCELLED_MAIL])
export class SessionNotices implements MailKind {
  constructor(
    private readonly outbox: Outbox,
    private readonly facts: SessionFactsService,
    private readonly replies: ReplyLinks,
    private readonly renderer: Renderer,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly questions: QuestionMail,
  ) {}

  /** Tells askers how their questions were settled in this session. */
  planClosed(manager: EntityManager, { id }: Session): Promise<void> {
    return this.questions.planOf(manager, id);
  }

  /** `before` is the session before the change. */
  planMoved(manager: EntityManager, session: Session, before: Session): Promise<void> {
    return this.plan(manager, MOVED_MAIL, session, before);
  }

  planCancelled(manager: EntityManager, session: Session): Promise<void> {
    return this.plan(manager, CANCELLED_MAIL, session);
  }

  private async plan(manager: EntityManager, kind: NoticeKind, session: Session, before = session): Promise<void> {
    const lastDay = before.heldOn > session.heldOn ? before.heldOn : session.heldOn;
    if (!this.settings.SMTP_URL || lastDay < this.clock.today()) return;
    const facts = (await this.facts.of(manager, session.id))!;
    const { id, calendarSequence: sequence } = session;
    const was = { heldOn: before.heldOn, startTime: before.startTime, place: before.place };
    const isConvened = await manager.existsBy(SessionInvitation, { sessionId: id });
    const roles = isConvened ? WITH_PAPERS : AT_TABLE;
    for (const one of await this.facts.table(manager, facts, [before.heldOn, session.heldOn], roles)) {
      await this.outbox.plan(manager, {
        kind,
        dedupeKey: `${kind}:${id}:${sequence}:${one.email}`,
        address: one.email,
        personId: one.personId,
        batchId: id,
        payload: { sessionId: id, sequence, was },
        expiresAt: momentOf(addDays(lastDay, 1)),
      });
    }
  }

  /**
   * Null if the person can no longer receive mail, or if a later change has made the notice untrue. People who are no
   * longer invited are not told of a new day, but are told that the session in their calendar is cancelled.
   */
  async make(manager: EntityManager, message: OutgoingMessage): Promise<Mail | null> {
    const { sessionId, sequence, was } = message.payload as unknown as Payload;
    const session = await this.facts.of(manager, sessionId);
    if (!session || !isSameBeforeJumps(sequence, session.sequence)) return null;
    const days = [was.heldOn, session.heldOn];
    const addressee = await (message.kind === CANCELLED_MAIL
      ? this.facts.addressee(manager, message.personId, message.address)
      : this.facts.expected(manager, message, session, days));
    if (!addressee) return null;
    const event = toSessionEvent(session);
    const isOtherDay = was.heldOn !== session.heldOn;
    const view = {
      ...session,
      name: addressee.name,
      was,
      isOtherDay,
      replyUrl: isOtherDay && session.state === 'planned' ? await this.replies.urlFor(manager, message, session) : null,
      municipality: this.settings.MUNICIPALITY,
      unsubscribeUrl: null,
    };
    const organizer = { name: this.settings.MUNICIPALITY, email: this.settings.MAIL_FROM };
    return {
      ...this.renderer.renderMessage(`sessions/mails/${message.kind}`, view),
      replyTo: session.replyTo ?? undefined,
      attachments: [
        {
          filename: 'vergadering.ics',
          contentType: contentTypeOf(event),
          content: appointmentOf(event, { organizer, attendee: addressee, at: this.clock.now() }),
        },
      ],
      lines: 0,
    };
  }
}
