import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { row } from '../platform/database/rows.js';
import { type Mail, type MailKind, MakesMail } from '../platform/mail/mail-kinds.js';
import type { OutgoingMessage } from '../platform/mail/outgoing-message.entity.js';
import { Renderer } from '../platform/rendering/renderer.js';
import { SETTINGS, type Settings } from '../platform/settings.js';
import { PublicationMails } from '../wijkagenda/publications/publication-mails.service.js';
import { UNSUBSCRIBE_WORDS } from '../wijkagenda/words.js';
import { titleOf } from './documents/review-page.rules.js';
import { sentencesOf } from './documents/review-sentences.rules.js';
import { asPublished, REVIEW_MAIL, ReviewPublication } from './review-publication.service.js';

/** The mail that tells subscribers that a review was published: its three sentences, as everyone may read them. */
@Injectable()
@MakesMail([REVIEW_MAIL])
export class ReviewMail implements MailKind {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly renderer: Renderer,
    private readonly publication: ReviewPublication,
    private readonly publications: PublicationMails,
  ) {}

  /** Null if the review was withdrawn, or the person no longer gets it. */
  async make(manager: EntityManager, message: OutgoingMessage): Promise<Mail | null> {
    const name = await this.recipient(manager, message);
    if (name === null) return null;
    const id = String(message.payload.id);
    const review = await this.publication.read(id, manager);
    const unsubscribeUrl = await this.publications.unsubscribeUrl(manager, message);
    const { MUNICIPALITY: municipality, PUBLIC_URL } = this.settings;
    const view = {
      ...{ name, municipality, unsubscribeUrl, unsubscribeWords: UNSUBSCRIBE_WORDS.reviews },
      title: titleOf(review),
      ...{ fromOn: review.fromOn, asOf: review.asOf },
      sentences: sentencesOf(review),
      url: `${PUBLIC_URL}/jaarevaluaties/${id}`,
    };
    return { ...this.renderer.renderMessage('reviews/mails/review', view), unsubscribeUrl, lines: 0 };
  }

  async isStillWanted(manager: EntityManager, message: OutgoingMessage): Promise<boolean> {
    return (await this.recipient(manager, message)) !== null;
  }

  private async recipient(manager: EntityManager, message: OutgoingMessage): Promise<string | null> {
    const found = await row<{ id: string; areaId: string; opgaveId: string | null }>(
      manager,
      'SELECT r."id", r."areaId", r."opgaveId" FROM "reviews" r WHERE r."id" = $1 AND r."publishedAt" IS NOT NULL',
      [String(message.payload.id)],
    );
    return found ? this.publications.recipient(manager, message, asPublished(found)) : null;
  }
}
