import { toHtmlBlocks } from '../../platform/rendering/html-blocks.js';
import type { ReviewView } from '../reviews.dto.js';
import { footOf, openingBlocks, toReviewBlocks } from './review-blocks.rules.js';
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
export function toReviewDocument(review: ReviewView, form: ReactionForm | null = null) {
  const opening = openingBlocks(review);
  return {
    title: titleOf(review),
    // Who is asked for a reaction finds the form below the opening, not below everything.
    opening: toHtmlBlocks(opening),
    blocks: toHtmlBlocks(toReviewBlocks(review).slice(opening.length)),
    form,
    foot: footOf(review),
  };
}
