import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/common/clock.js';
import { row } from '../platform/database/rows.js';
import { type Mail, type MailKind, MakesMail } from '../platform/mail/mail-kinds.js';
import { MailLinks } from '../platform/mail/mail-links.service.js';
import type { OutgoingMessage } from '../platform/mail/outgoing-message.entity.js';
import { Renderer } from '../platform/rendering/renderer.js';
import { SETTINGS, type Settings } from '../platform/settings.js';
import { nameOn } from '../wijkagenda/figures/area-names.js';
import { DRAFT_MAIL, partyOf } from './review-voice.service.js';
import { DAYS_TO_REACT } from './reviews.rules.js';

export const DRAFT_LINK = 'review-draft';

/** The mail that sends the draft of a review to a party, with a link to read it and react. */
@Injectable()
@MakesMail([DRAFT_MAIL])
export class ReviewDraftMail implements MailKind {
  constructor(
    private readonly links: MailLinks,
    private readonly renderer: Renderer,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Null if the review is final or deleted, or the person can no longer receive mail or no longer represents a party to it. */
  async make(manager: EntityManager, message: OutgoingMessage): Promise<Mail | null> {
    const reviewId = String(message.payload.reviewId);
    if (!(await partyOf(manager, reviewId, message.personId!, this.clock.today()))) return null;
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
    const view = { ...found, municipality, unsubscribeUrl: null, url: `${PUBLIC_URL}/jaarevaluatie-concept/${token}` };
    return {
      ...this.renderer.renderMessage('reviews/mails/review-draft', view),
      lines: 0,
    };
  }
}
