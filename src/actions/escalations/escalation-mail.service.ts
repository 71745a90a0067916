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

type Owned = Pick<LockedAction, 'ownerId' | 'ownerPersonId' | 'areaId' | 'isConfidential' | 'partyIds'>;

interface EscalationFacts extends Pick<Action, 'status' | 'resumeOn' | 'dueOn'> {
  text: string;
  number: string;
  title: string;
  areaName: string;
  ownerName: string | null;
  asked: string;
  askedBy: string;
  replyTo: string | null;
  name: string;
  /** A replacement of the person asked. */
  isOther: boolean;
}

interface Decision {
  askedId: string;
  /** Whether it is still to be given, and the recipient may. */
  isAwaited: boolean;
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
  async plan(manager: EntityManager, escalationId: string, action: Owned, askedId: string): Promise<void> {
    const asked = await this.recipients.ofPerson(manager, askedId, this.clock.today());
    await this.planTo(manager, ESCALATION, escalationId, asked);
    await this.planTo(manager, COPY, escalationId, await this.copiedTo(manager, action, askedId));
  }

  private async planTo(manager: EntityManager, kind: string, escalationId: string, people: readonly ResolvedContact[]) {
    const now = this.clock.moment();
    await this.outbox.planAll(
      manager,
      people.map(({ personId, email }) => ({
        ...{ kind, dedupeKey: `${kind}:${escalationId}:${personId}`, address: email, personId, batchId: null },
        payload: { escalationId },
        expiresAt: addDays(now.slice(0, 10), ANSWER_WITHIN_DAYS) + now.slice(10),
      })),
    );
  }

  /** Who answers for the owner today, without those who are asked to decide. */
  private async copiedTo(manager: EntityManager, action: Owned, askedId: string): Promise<ResolvedContact[]> {
    const today = this.clock.today();
    const asked = new Set((await this.recipients.ofPerson(manager, askedId, today)).map(({ personId }) => personId));
    const [owners] = await this.recipients.ofOwners(manager, [action], today);
    return owners.filter(({ personId }) => !asked.has(personId));
  }

  async make(manager: EntityManager, message: OutgoingMessage): Promise<Mail | null> {
    const facts = await this.facts(manager, message);
    if (!facts) return null;
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
      linkEndsOn: addDays(this.clock.today(), ANSWER_WITHIN_DAYS),
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

  async isStillWanted(manager: EntityManager, message: OutgoingMessage): Promise<boolean> {
    return (await this.facts(manager, message)) !== null;
  }

  /**
   * Null if the person can no longer receive mail, may no longer decide or no longer answers for the owner; and if the
   * action is finished, withdrawn or confidential by now, or, for the person asked, if it was decided. Plans the copy to
   * the person who answers for the owner now.
   */
  private async facts(manager: EntityManager, message: OutgoingMessage): Promise<EscalationFacts | null> {
    const escalationId = String(message.payload.escalationId);
    const found = await row<EscalationFacts & Omit<Owned, 'partyIds'> & Decision>(
      manager,
      `SELECT e."text", a."number", a."title", ar."name" AS "areaName", o."name" AS "ownerName", a."status", a."resumeOn",
         a."dueOn", p."name" AS "asked", b."name" AS "askedBy", b."email" AS "replyTo", r."name", r."id" <> e."personId" AS "isOther", e."personId" AS "askedId",
         e."answeredAt" IS NULL AND ${mayDecide('r."id"', '$4')} AS "isAwaited",
         a."ownerId", a."ownerPersonId", a."areaId", a."isConfidential"
       FROM "action_escalations" e JOIN "actions" a ON a."id" = e."actionId" JOIN "areas" ar ON ar."id" = a."areaId"
       JOIN "people" p ON p."id" = e."personId" JOIN "people" b ON b."id" = e."askedById"
       LEFT JOIN "organisations" o ON o."id" = a."ownerId"
       LEFT JOIN "people" r ON r."id" = $2 AND r."email" = $3 AND r."active"
       WHERE e."id" = $1 AND a."closedOn" IS NULL AND NOT a."isWithdrawn" AND NOT a."isConfidential"`,
      [escalationId, message.personId, message.address, this.clock.today()],
      { ...shapeOf(Action), isOther: 'boolean', isAwaited: 'boolean' },
    );
    if (!found) return null;
    if (message.kind === ESCALATION) return found.isAwaited ? found : null;
    const copied = await this.copiedTo(manager, { ...found, partyIds: [] }, found.askedId);
    if (copied.some(({ personId, email }) => personId === message.personId && email === message.address)) return found;
    await this.planTo(manager, COPY, escalationId, copied);
    return null;
  }
}
