import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ActionRecipients } from '../actions/recipients/action-recipients.service.js';
import type { Party } from '../meetings/parties.service.js';
import { Clock } from '../platform/common/clock.js';
import { row } from '../platform/database/rows.js';
import { type Mail, type MailKind, MakesMail } from '../platform/mail/mail-kinds.js';
import { MailLinks } from '../platform/mail/mail-links.service.js';
import { Outbox } from '../platform/mail/outbox.service.js';
import type { OutgoingMessage } from '../platform/mail/outgoing-message.entity.js';
import { Renderer } from '../platform/rendering/renderer.js';
import { SETTINGS, type Settings } from '../platform/settings.js';
import { nameOn } from '../wijkagenda/figures/area-names.js';
import { partyOf } from './review-access.js';
import { DAYS_TO_REACT } from './reviews.rules.js';

const DRAFT_MAIL = 'review-draft';
export const DRAFT_LINK = 'review-draft';

/** The mail that sends the draft of a review to a party, with a link to read it and react. */
@Injectable()
@MakesMail([DRAFT_MAIL])
export class ReviewDraftMail implements MailKind {
  constructor(
    private readonly outbox: Outbox,
    private readonly recipients: ActionRecipients,
    private readonly links: MailLinks,
    private readonly renderer: Renderer,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Plans it in the transaction of the sending: to the parties, and to those who replace them. 409 without a mail server. */
  async plan(manager: EntityManager, reviewId: string, untilOn: string, parties: readonly Party[]): Promise<void> {
    this.outbox.mustHaveServer();
    const replacements = await this.recipients.replacements(manager, this.clock.today());
    const replacing = replacements.filter(({ forPersonId }) =>
      parties.some(({ personId }) => personId === forPersonId),
    );
    // Someone who is also a party, or replaces several people, gets one mail.
    const people = new Map([...replacing, ...parties].map(({ personId, email }) => [personId, email]));
    const mails = [...people].map(([personId, email]) => ({
      kind: DRAFT_MAIL,
      dedupeKey: `${DRAFT_MAIL}:${reviewId}:${personId}`,
      address: email,
      personId,
      batchId: reviewId,
      payload: { reviewId },
      expiresAt: `${untilOn}T23:59:59.000Z`,
    }));
    await this.outbox.planAll(manager, mails);
  }

  /** Null if the review is final or deleted, or the person can no longer receive mail or no longer represents a party to it. */
  async make(manager: EntityManager, message: OutgoingMessage): Promise<Mail | null> {
    const reviewId = String(message.payload.reviewId);
    const party = await partyOf(manager, reviewId, message.personId!, this.clock.today());
    if (!party) return null;
    const found = await row<{
      name: string;
      areaName: string;
      opgave: string | null;
      fromOn: string;
      asOf: string;
      untilOn: string;
    }>(
      manager,
      `SELECT p."name", ${nameOn('a', 'r."asOf"')} AS "areaName", o."title" AS "opgave", r."fromOn", r."asOf", r."reactionsUntilOn" AS "untilOn"
       FROM "reviews" r JOIN "areas" a ON a."id" = r."areaId" JOIN "people" p ON p."id" = $2
       LEFT JOIN "opgaven" o ON o."id" = r."opgaveId"
       WHERE r."id" = $1 AND r."state" = 'draft' AND p."active" AND p."email" = $3`,
      [reviewId, message.personId, message.address],
    );
    if (!found) return null;
    const token = await this.links.issue(manager, {
      purpose: DRAFT_LINK,
      personId: message.personId!,
      messageId: message.id,
      subjectIds: [reviewId],
      days: DAYS_TO_REACT + 1,
    });
    const { MUNICIPALITY: municipality, PUBLIC_URL } = this.settings;
    const { replaces, organisation } = party;
    const view = {
      ...found,
      ...{ replaces, organisation },
      municipality,
      unsubscribeUrl: null,
      url: `${PUBLIC_URL}/jaarevaluatie-concept/${token}`,
    };
    return {
      ...this.renderer.renderMessage('reviews/mails/review-draft', view),
      lines: 0,
    };
  }
}
