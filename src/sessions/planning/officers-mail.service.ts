import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { addDays, momentOf } from '../../platform/common/calendar-date.js';
import { inForce, row } from '../../platform/database/rows.js';
import { type Mail, type MailKind, MakesMail } from '../../platform/mail/mail-kinds.js';
import { Outbox } from '../../platform/mail/outbox.service.js';
import type { OutgoingMessage } from '../../platform/mail/outgoing-message.entity.js';
import { Renderer } from '../../platform/rendering/renderer.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { Session } from '../../meetings/session.entity.js';
import { type SessionFacts, SessionFactsService } from '../invitations/session-facts.service.js';
import { OFFICER_WORDS } from '../words.js';

const NAMED_MAIL = 'named-for-session';
type Office = keyof typeof OFFICER_WORDS;
const OFFICES = Object.keys(OFFICER_WORDS) as Office[];
type Named = Pick<Session, Office>;

/** Notifies the voorzitter and the notulist of a session, once, that they were named and what they may do. */
@Injectable()
@MakesMail([NAMED_MAIL])
export class OfficersMail implements MailKind {
  constructor(
    private readonly outbox: Outbox,
    private readonly facts: SessionFactsService,
    private readonly renderer: Renderer,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Runs in the transaction that names them. Skips people who name themselves, and past sessions. */
  async plan(manager: EntityManager, session: Session, before: Named | null, byId: string | null): Promise<void> {
    const lastMoment = momentOf(addDays(session.heldOn, 1));
    if (!this.settings.SMTP_URL) return;
    for (const office of OFFICES) {
      const personId = session[office];
      if (personId === null || personId === before?.[office] || personId === byId) continue;
      const sql = 'SELECT "email" FROM "people" WHERE "id" = $1 AND "active" AND "email" IS NOT NULL';
      const person = await row<{ email: string }>(manager, sql, [personId]);
      if (!person) continue;
      const dedupeKey = `${NAMED_MAIL}:${session.id}:${office}:${personId}`;
      const isNew = await this.outbox.plan(manager, {
        ...{ kind: NAMED_MAIL, dedupeKey, address: person.email, personId, batchId: session.id },
        payload: { sessionId: session.id, office },
        expiresAt: lastMoment,
      });
      // If somebody else was named before the mail was sent, that was not needed; now it is again.
      if (!isNew) await this.outbox.amend(manager, dedupeKey, (before) => before);
    }
  }

  /** Null if the person can no longer receive mail, is no longer named, or the session is over. */
  async make(manager: EntityManager, { personId, address, payload }: OutgoingMessage): Promise<Mail | null> {
    const office = payload.office as Office;
    const addressee = await this.facts.addressee(manager, personId, address);
    const session = addressee && (await this.facts.of(manager, String(payload.sessionId)));
    if (!session || (session.state !== 'planned' && session.state !== 'open')) return null;
    const named = await manager.findOneByOrFail(Session, { id: session.id });
    if (named[office] !== personId) return null;
    const { name } = addressee;
    const { PUBLIC_URL, MUNICIPALITY } = this.settings;
    const view = {
      ...session,
      name,
      office: OFFICER_WORDS[office],
      isChair: office === 'chairId',
      url: `${PUBLIC_URL}/vergaderingen/${session.id}`,
      municipality: MUNICIPALITY,
      unsubscribeUrl: null,
    };
    return {
      ...this.renderer.renderMessage('sessions/mails/named-for-session', view),
      replyTo:
        (session.replyTo === address ? await this.otherChair(manager, session, address) : session.replyTo) ?? undefined,
      lines: 0,
    };
  }

  /** The address of another chair of the meeting, for replies from whoever is to chair this session. */
  private async otherChair(manager: EntityManager, { meetingId, heldOn }: SessionFacts, address: string) {
    const found = await row<{ email: string | null }>(
      manager,
      `SELECT min(p."email") AS "email" FROM "invitations" i JOIN "people" p ON p."id" = i."personId"
       WHERE i."meetingId" = $1 AND i."role" = 'chair' AND p."active" AND p."email" <> $2 AND ${inForce('i', '$3')}`,
      [meetingId, address, heldOn],
    );
    return found?.email;
  }
}
