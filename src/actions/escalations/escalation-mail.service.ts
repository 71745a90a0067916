import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { addDays } from '../../platform/common/calendar-date.js';
import { Clock } from '../../platform/common/clock.js';
import { row } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { type Mail, type MailKind, MakesMail } from '../../platform/mail/mail-kinds.js';
import { MailLinks } from '../../platform/mail/mail-links.service.js';
import { Outbox } from '../../platform/mail/outbox.service.js';
import type { OutgoingMessage } from '../../platform/mail/outgoing-message.entity.js';
import type { ResolvedContact } from '../../directory/people/contact-resolver.rules.js';
import { standsFor } from '../../meetings/representing.conditions.js';
import { Renderer } from '../../platform/rendering/renderer.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import type { LockedAction } from '../history/action-history.service.js';
import { Action } from '../action.entity.js';
import { ActionRecipients } from '../recipients/action-recipients.service.js';
import { daysOverdue } from '../overdue.rules.js';
import { ANSWER_WITHIN_DAYS } from './escalations.rules.js';

/** The kind of mail, and the purpose of its link. */
export const ESCALATION = 'escalation';
const COPY = 'escalation-copy';

interface EscalationFacts extends Pick<Action, 'status' | 'resumeOn' | 'dueOn'> {
  text: string;
  number: string;
  title: string;
  areaName: string;
  asked: string;
  askedBy: string;
  replyTo: string | null;
  isAnswered: boolean;
  isConfidential: boolean;
  name: string;
  /** A replacement of the person asked. */
  isOther: boolean;
}

/**
 * SQL for "this person may decide": the person asked, or their replacement on that day. `e` is the step; the person and
 * the day are placeholders.
 */
export const mayDecide = (person: string, day: string): string => standsFor(person, 'e."personId"', day);

/** The mails of a step: to the person asked, with an answer link, and the same text to the owner. */
@Injectable()
@MakesMail([ESCALATION, COPY])
export class EscalationMail implements MailKind {
  constructor(
    private readonly outbox: Outbox,
    private readonly links: MailLinks,
    private readonly recipients: ActionRecipients,
    private readonly renderer: Renderer,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /**
   * Plans them in the transaction of the step: to the person asked and to the owner, and to a replacement of either. An
   * owner without an address is shown as such elsewhere.
   */
  async plan(
    manager: EntityManager,
    escalationId: string,
    action: Pick<LockedAction, 'ownerId' | 'ownerPersonId' | 'areaId' | 'isConfidential' | 'partyIds'>,
    askedId: string,
  ): Promise<void> {
    const today = this.clock.today();
    const asked = await this.recipients.ofPerson(manager, askedId, today);
    const [owners] = await this.recipients.ofOwners(manager, [action], today);
    const toldIds = new Set(asked.map(({ personId }) => personId));
    const now = this.clock.moment();
    const mailTo = (kind: string, { personId, email }: ResolvedContact) => ({
      ...{ kind, dedupeKey: `${kind}:${escalationId}:${personId}`, address: email, personId, batchId: null },
      payload: { escalationId },
      expiresAt: addDays(now.slice(0, 10), ANSWER_WITHIN_DAYS) + now.slice(10),
    });
    await this.outbox.planAll(manager, [
      ...asked.map((person) => mailTo(ESCALATION, person)),
      ...owners.filter(({ personId }) => !toldIds.has(personId)).map((person) => mailTo(COPY, person)),
    ]);
  }

  /** Null if the person can no longer receive mail, or if the question was answered before the mail was sent. */
  async make(manager: EntityManager, message: OutgoingMessage): Promise<Mail | null> {
    const facts = await row<EscalationFacts>(
      manager,
      `SELECT e."text", a."number", a."title", ar."name" AS "areaName", a."status", a."resumeOn", a."dueOn", p."name" AS "asked", b."name" AS "askedBy",
         b."email" AS "replyTo", e."answeredAt" IS NOT NULL AS "isAnswered", a."isConfidential", r."name",
         r."id" <> e."personId" AS "isOther"
       FROM "action_escalations" e JOIN "actions" a ON a."id" = e."actionId" JOIN "areas" ar ON ar."id" = a."areaId"
       JOIN "people" p ON p."id" = e."personId" JOIN "people" b ON b."id" = e."askedById"
       JOIN "people" r ON r."id" = $2 AND r."email" = $3 AND r."active"
       WHERE e."id" = $1`,
      [String(message.payload.escalationId), message.personId, message.address],
      { ...shapeOf(Action), isAnswered: 'boolean', isOther: 'boolean' },
    );
    if (!facts || facts.isConfidential || (facts.isAnswered && message.kind === ESCALATION)) return null;
    const isCopy = message.kind === COPY;
    const token = isCopy
      ? null
      : await this.links.issue(manager, {
          purpose: ESCALATION,
          personId: message.personId!,
          messageId: message.id,
          subjectIds: [String(message.payload.escalationId)],
          days: ANSWER_WITHIN_DAYS,
        });
    const { replyTo, isOther, ...shown } = facts;
    const view = {
      ...shown,
      daysOverdue: daysOverdue(facts, this.clock.today()),
      isCopy,
      isStandIn: isOther && !isCopy,
      url: token && `${this.settings.PUBLIC_URL}/besluit/${token}`,
      municipality: this.settings.MUNICIPALITY,
      unsubscribeUrl: null,
    };
    return {
      ...this.renderer.renderMessage('actions/mails/escalation', view),
      replyTo: replyTo ?? undefined,
      lines: 1,
    };
  }
}
