import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { row } from '../../platform/database/rows.js';
import { type Mail, type MailKind, MakesMail } from '../../platform/mail/mail-kinds.js';
import { MailLinks } from '../../platform/mail/mail-links.service.js';
import type { OutgoingMessage } from '../../platform/mail/outgoing-message.entity.js';
import { Clock } from '../../platform/common/clock.js';
import { Renderer } from '../../platform/rendering/renderer.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { isStillAsked, RATING_MAIL } from './rating-rounds.service.js';

export const RATING_LINK = 'rating';
const LINK_DAYS = 60;

/** The mail that asks how the year went, with a link to the answer form. */
@Injectable()
@MakesMail([RATING_MAIL])
export class RatingMail implements MailKind {
  constructor(
    private readonly links: MailLinks,
    private readonly renderer: Renderer,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Null if the round is closed, the person has already answered, left their organisation, or can no longer receive mail. */
  async make(manager: EntityManager, message: OutgoingMessage): Promise<Mail | null> {
    const roundId = String(message.payload.roundId);
    const asked = await row<{ name: string; areaName: string; year: number; organisation: string }>(
      manager,
      `SELECT p."name", a."name" AS "areaName", r."year", o."name" AS "organisation"
       FROM "ratings" g JOIN "rating_rounds" r ON r."id" = g."roundId" JOIN "areas" a ON a."id" = r."areaId"
       JOIN "people" p ON p."id" = g."personId" JOIN "organisations" o ON o."id" = g."organisationId"
       WHERE g."roundId" = $1 AND g."personId" = $2 AND g."answeredAt" IS NULL AND r."closedAt" IS NULL
         AND p."active" AND p."email" = $3 AND ${isStillAsked('$4')}`,
      [roundId, message.personId, message.address, this.clock.today()],
    );
    if (!asked) return null;
    const token = await this.links.issue(manager, {
      purpose: RATING_LINK,
      personId: message.personId!,
      messageId: message.id,
      subjectIds: [roundId],
      days: LINK_DAYS,
    });
    const { MUNICIPALITY: municipality, PUBLIC_URL } = this.settings;
    const view = { ...asked, municipality, unsubscribeUrl: null, url: `${PUBLIC_URL}/waardering/${token}` };
    return {
      ...this.renderer.renderMessage('reviews/mails/rating', view),
      lines: 0,
    };
  }
}
