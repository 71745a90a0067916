import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/common/clock.js';
import { hasControls } from '../../platform/common/input.js';
import { Database } from '../../platform/database/database.js';
import { row } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { MailLinks } from '../../platform/mail/mail-links.service.js';
import { ReviewComposing } from '../review-composing.service.js';
import { DRAFT_LINK } from '../review-draft-mail.service.js';
import { type ReactionForm, toReviewDocument } from '../documents/review-html.js';
import { ReviewVoice } from '../review-voice.service.js';
import { partyOf, REVIEWS_FROM, SUMMARY_COLUMNS } from '../review-access.js';
import { Review, type ReviewTexts } from '../review.entity.js';
import type { ReviewSummary } from '../reviews.dto.js';
import { toView } from '../reviews.rules.js';

const LONGEST_REACTION = 4000;

interface Draft {
  linkId: string;
  personId: string;
  organisation: string;
  summary: ReviewSummary;
  texts: ReviewTexts;
}

/** The draft of a review behind the link in a party's mail, with a form to react. */
@Injectable()
export class ReviewDraftPages {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly links: MailLinks,
    private readonly composing: ReviewComposing,
    private readonly voice: ReviewVoice,
  ) {}

  /** The page; `unknown` for an unknown token, `gone` if the link, its person or the draft is no longer valid. */
  async page(token: string) {
    const draft = await this.open(token);
    return typeof draft === 'string' ? draft : this.view(draft, { problem: null, isSaved: false, text: '' });
  }

  /** Saves the reaction in the form and shows the page again. */
  async react(token: string, text: string) {
    const draft = await this.open(token);
    if (typeof draft === 'string') return draft;
    if (text === '' || text.length > LONGEST_REACTION || hasControls(text)) {
      return this.view(draft, {
        problem: `Schrijf een reactie van hooguit ${LONGEST_REACTION} tekens.`,
        isSaved: false,
        text,
      });
    }
    await this.voice.addReaction(draft.summary.id, { text }, { personId: draft.personId, how: 'link' });
    await this.links.markUsed(draft.linkId);
    return this.view(draft, { problem: null, isSaved: true, text: '' });
  }

  private async view(draft: Draft, form: Pick<ReactionForm, 'problem' | 'isSaved' | 'text'>) {
    const whole = await this.composing.compose(draft.summary, draft.texts, this.clock.moment());
    const { organisation, summary } = draft;
    const view = toView(summary, whole, true);
    return toReviewDocument(view, { ...form, organisation, untilOn: summary.reactionsUntilOn });
  }

  private async open(token: string): Promise<Draft | 'unknown' | 'gone'> {
    const link = await this.links.find(token);
    if (!link || link.purpose !== DRAFT_LINK) return 'unknown';
    const [reviewId] = link.subjectIds;
    const party = await partyOf(this.database.reader, reviewId, link.personId, this.clock.today());
    const found = await row<ReviewSummary & { texts: ReviewTexts }>(
      this.database.reader,
      `SELECT ${SUMMARY_COLUMNS}, r."texts" FROM ${REVIEWS_FROM} JOIN "people" p ON p."id" = $2 AND p."active"
       WHERE r."id" = $1 AND r."state" = 'draft'`,
      [reviewId, link.personId],
      shapeOf(Review),
    );
    if (link.isExpired || !party || !found) return 'gone';
    const { texts, ...summary } = found;
    return { linkId: link.id, personId: link.personId, organisation: party.organisation, summary, texts };
  }
}
