import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../platform/common/clock.js';
import { isParty, ITEM_PARTIES, openOr } from '../../platform/access/confidentiality.js';
import { Params, rows, type Source } from '../../platform/database/rows.js';
import { ActionRecipients } from '../../actions/recipients/action-recipients.service.js';
import { inOrder } from '../../actions/recipients/digest-lines.rules.js';
import { daysOverdue } from '../../actions/overdue.rules.js';
import { type Mail, type MailKind, MakesMail } from '../../platform/mail/mail-kinds.js';
import type { OutgoingMessage } from '../../platform/mail/outgoing-message.entity.js';
import { actingByMail } from '../../directory/organisations/merged.conditions.js';
import { paperCount } from '../../meetings/agenda/papers-of-items.js';
import { Renderer } from '../../platform/rendering/renderer.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { appointmentOf, contentTypeOf } from './calendar.rules.js';
import { InvitationPapers } from './invitation-papers.service.js';
import { ReplyLinks } from './reply-links.service.js';
import { type Addressee, type SessionFacts, SessionFactsService, toSessionEvent } from './session-facts.service.js';
import { INVITATION_MAIL } from './session-invitations.service.js';
import { isOnAgendaSql } from '../../meetings/agenda/item-states.rules.js';

interface AgendaLine {
  number: string;
  title: string;
  proposedByName: string | null;
  /** How long it is planned to take; null if unknown. */
  plannedMinutes: number | null;
  /** The number of papers that belong to it, and their page, which requires sign-in. */
  fileCount: number;
  filesUrl: string;
}

/** The invitation: time and place, reply link, agenda, minutes to be adopted, and the recipient's own open actions. */
@Injectable()
@MakesMail([INVITATION_MAIL])
export class InvitationMail implements MailKind {
  constructor(
    private readonly facts: SessionFactsService,
    private readonly papers: InvitationPapers,
    private readonly actionRecipients: ActionRecipients,
    private readonly replies: ReplyLinks,
    private readonly renderer: Renderer,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Null if the person can no longer receive mail or is no longer invited, or if the session is no longer planned. */
  async make(manager: EntityManager, message: OutgoingMessage): Promise<Mail | null> {
    const waiting = await this.waiting(manager, message);
    if (!waiting) return null;
    const { addressee, session } = waiting;
    const actions = await this.ownActions(manager, session, addressee.personId);
    const { lines: minutes, attachments } = await this.papers.of(manager, session, addressee.personId);
    const view = {
      ...session,
      name: addressee.name,
      agenda: await this.agenda(manager, session, addressee.personId),
      minutes,
      actions,
      replyUrl: await this.replies.urlFor(manager, message, session),
      municipality: this.settings.MUNICIPALITY,
      unsubscribeUrl: null,
    };
    return {
      ...this.renderer.renderMessage('sessions/mails/invitation', view),
      replyTo: session.replyTo ?? undefined,
      attachments: [this.appointment(session, addressee), ...attachments],
      lines: actions.length,
    };
  }

  /** Prevents a retry from sending text redacted from the minutes since, or an invitation that is no longer correct. */
  async isStillWanted(manager: EntityManager, message: OutgoingMessage): Promise<boolean> {
    const waiting = await this.waiting(manager, message);
    return waiting !== null && this.papers.areStillTrue(manager, waiting.session, message);
  }

  private async waiting(manager: EntityManager, message: OutgoingMessage) {
    const session = await this.facts.of(manager, String(message.payload.sessionId));
    if (session?.state !== 'planned') return null;
    const addressee = await this.facts.expected(manager, message, session, [session.heldOn]);
    return addressee ? { addressee, session } : null;
  }

  private appointment(session: SessionFacts, attendee: Addressee) {
    const event = toSessionEvent(session);
    const organizer = { name: this.settings.MUNICIPALITY, email: this.settings.MAIL_FROM };
    const content = appointmentOf(event, { organizer, attendee, at: this.clock.now() });
    return { filename: 'vergadering.ics', contentType: contentTypeOf(event), content };
  }

  /** The agenda items the recipient may know; a confidential one by its number only, since mail is not encrypted. */
  private async agenda(source: Source, session: SessionFacts, personId: string): Promise<AgendaLine[]> {
    const isKnown = (item: string) => openOr(item, isParty(`${item}."id"`, ITEM_PARTIES, actingByMail('$2', '$3')));
    const found = await rows<AgendaLine & { id: string }>(
      source,
      `SELECT i."id", i."number",
         ${paperCount('i', isKnown)} AS "fileCount", CASE WHEN i."isConfidential" THEN 'Vertrouwelijk agendapunt' ELSE i."title" END AS "title",
         CASE WHEN NOT i."isConfidential" THEN o."name" END AS "proposedByName",
         CASE WHEN NOT i."isConfidential" THEN i."plannedMinutes" END AS "plannedMinutes"
       FROM "agenda_items" i LEFT JOIN "organisations" o ON o."id" = i."proposedById"
       WHERE i."sessionId" = $1 AND ${isOnAgendaSql('i')}
         AND ${isKnown('i')}
       ORDER BY i."position", i."id"`,
      [session.id, personId, this.clock.today()],
    );
    return found.map((item) => ({ ...item, filesUrl: `${this.settings.PUBLIC_URL}/agendapunten/${item.id}/stukken` }));
  }

  /** Those that the meeting will discuss, as in the digest: confidential actions without their text. */
  private async ownActions(source: Source, { meetingId }: SessionFacts, personId: string) {
    const today = this.clock.today();
    const found = await this.actionRecipients.find(source, { personIds: [personId] }, today);
    const mine = found.filter(({ recipients }) => recipients.some((one) => one.personId === personId));
    const treated = await this.treatedIn(
      source,
      meetingId,
      mine.map(({ actionId }) => actionId),
    );
    const once = [...new Map(mine.map((one) => [one.actionId, one])).values()];
    return inOrder(once.filter(({ actionId }) => treated.has(actionId))).map((one) => ({
      number: one.number,
      title: one.isConfidential ? null : one.title,
      areaName: one.areaName,
      dueOn: one.dueOn,
      days: daysOverdue(one, today),
    }));
  }

  /** Those of these actions that the meeting will take over, also from a meeting it replaced. */
  private async treatedIn(source: Source, meetingId: string, actionIds: readonly string[]): Promise<Set<string>> {
    const params = new Params();
    const meeting = params.add(meetingId);
    const found = await rows<{ id: string }>(
      source,
      `SELECT a."id" FROM "actions" a JOIN "meetings" m ON m."id" = a."meetingId"
       WHERE a."id" IN (${params.list(actionIds)}) AND (m."id" = ${meeting} OR m."successorId" = ${meeting})`,
      params.values,
    );
    return new Set(found.map(({ id }) => id));
  }
}
