import { toHtmlBlocks } from '../../platform/rendering/html-blocks.js';
import type { ReviewView } from '../reviews.dto.js';
import { footOf, toReviewBlocks } from './review-blocks.rules.js';
import { titleOf } from './review-page.rules.js';

/** The form for a party's reaction to the draft, behind the link in its mail. */
export interface ReactionForm {
  problem: string | null;
  isSaved: boolean;
  text: string;
  organisation: string;
  untilOn: string | null;
}

/** The view of `reviews/documents/review`. */
export const toReviewDocument = (review: ReviewView, form: ReactionForm | null = null) => ({
  title: titleOf(review),
  blocks: toHtmlBlocks(toReviewBlocks(review)),
  form,
  foot: footOf(review),
});
