import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { addDays, momentOf } from '../../platform/common/calendar-date.js';
import { Clock } from '../../platform/common/clock.js';
import { type Mail, type MailKind, MakesMail } from '../../platform/mail/mail-kinds.js';
import { Outbox } from '../../platform/mail/outbox.service.js';
import type { OutgoingMessage } from '../../platform/mail/outgoing-message.entity.js';
import { Renderer } from '../../platform/rendering/renderer.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import type { Meeting } from '../../meetings/meeting.entity.js';
import { datesOf } from '../invitations/calendar.rules.js';
import { type SessionFacts, SessionFactsService, toSessionEvent } from '../invitations/session-facts.service.js';

const DATES_MAIL = 'session-dates';

/** One mail to everybody at the table with all the dates that were planned together. */
@Injectable()
@MakesMail([DATES_MAIL])
export class YearDatesMail implements MailKind {
  constructor(
    private readonly outbox: Outbox,
    private readonly facts: SessionFactsService,
    private readonly renderer: Renderer,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Runs in the transaction of the planning; `days` are those of the sessions. Returns the number of recipients. */
  async plan(
    manager: EntityManager,
    { id, areaId }: Meeting,
    sessionIds: readonly string[],
    days: readonly string[],
  ): Promise<number> {
    if (!this.settings.SMTP_URL) return 0;
    const people = await this.facts.table(manager, { meetingId: id, areaId, id: null }, days);
    return this.outbox.planAll(
      manager,
      people.map(({ personId, email }) => ({
        kind: DATES_MAIL,
        dedupeKey: `${DATES_MAIL}:${sessionIds[0]}:${email}`,
        address: email,
        personId,
        batchId: sessionIds[0] ?? null,
        payload: { sessionIds: [...sessionIds] },
        expiresAt: momentOf(addDays(days.at(-1)!, 1)),
      })),
    );
  }

  /** Null if the person can no longer receive mail, or if none of the sessions are planned any more. */
  async make(manager: EntityManager, message: OutgoingMessage): Promise<Mail | null> {
    const addressee = await this.facts.addressee(manager, message.personId, message.address);
    if (!addressee) return null;
    const sessions: SessionFacts[] = [];
    for (const id of message.payload.sessionIds as string[]) {
      const session = await this.facts.of(manager, id);
      if (session?.state === 'planned') sessions.push(session);
    }
    const [first] = sessions;
    if (!first) return null;
    const { name } = addressee;
    const { meetingName, areaName, replyTo } = first;
    const { MUNICIPALITY: municipality } = this.settings;
    const view = { name, meetingName, areaName, sessions, municipality, unsubscribeUrl: null };
    return {
      ...this.renderer.renderMessage('sessions/mails/session-dates', view),
      replyTo: replyTo ?? undefined,
      attachments: [
        {
          filename: 'vergaderingen.ics',
          contentType: 'text/calendar; charset=utf-8; method=PUBLISH',
          content: datesOf(
            sessions.map((session) => toSessionEvent(session)),
            this.clock.now(),
          ),
        },
      ],
      lines: 0,
    };
  }
}
