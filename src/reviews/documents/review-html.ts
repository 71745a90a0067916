import type { Block } from '../../platform/documents/blocks.js';
import { toHtmlBlocks } from '../../platform/documents/html-blocks.js';
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

/** What a reader needs before the figures, but not before reacting: the period, and what is not counted. */
const isFine = ({ kind }: Block): boolean => kind === 'facts' || kind === 'mark';

/** The view of `reviews/documents/review`. Those asked for a reaction find the form on the first screen of a phone. */
export function toReviewDocument(review: ReviewView, form: ReactionForm | null = null) {
  const opening = openingBlocks(review);
  const blocks = toReviewBlocks(review).slice(opening.length);
  return {
    title: titleOf(review),
    opening: toHtmlBlocks(form ? opening.filter((block) => !isFine(block)) : opening),
    blocks: toHtmlBlocks(form ? [...opening.filter(isFine), ...blocks] : blocks),
    form,
    foot: footOf(review),
  };
}
