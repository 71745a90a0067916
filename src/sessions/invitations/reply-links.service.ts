import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { addDays, daysBetween } from '../../platform/common/calendar-date.js';
import { Clock } from '../../platform/common/clock.js';
import { MailLinks } from '../../platform/mail/mail-links.service.js';
import type { OutgoingMessage } from '../../platform/mail/outgoing-message.entity.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { type SessionFacts, SessionFactsService } from './session-facts.service.js';

/** The purpose of the link with which people reply to an invitation. */
export const ATTENDANCE_LINK = 'attendance';

/** Issues the links with which people expected at a session say whether they are coming. */
@Injectable()
export class ReplyLinks {
  constructor(
    private readonly facts: SessionFactsService,
    private readonly links: MailLinks,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** A link valid until the end of the day of the session; null for someone not expected there. */
  async urlFor(manager: EntityManager, message: OutgoingMessage, session: SessionFacts): Promise<string | null> {
    const table = await this.facts.table(manager, session, [session.heldOn]);
    if (!table.some(({ personId }) => personId === message.personId)) return null;
    const token = await this.links.issue(manager, {
      purpose: ATTENDANCE_LINK,
      personId: message.personId!,
      messageId: message.id,
      subjectIds: [session.id],
      days: Math.max(1, daysBetween(this.clock.today(), addDays(session.heldOn, 1))),
    });
    return `${this.settings.PUBLIC_URL}/aanwezigheid/${token}`;
  }
}
