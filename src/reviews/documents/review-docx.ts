import { note } from '../../platform/documents/blocks.js';
import type { ReviewView } from '../reviews.dto.js';
import { footOf, toReviewBlocks } from './review-blocks.rules.js';
import { nameOf } from './review-page.rules.js';
import { MOST_RESULTS } from './review-pdf.js';

/** A review as a Word document, from the same blocks as the PDF. */
export async function reviewDocx(review: ReviewView): Promise<Buffer> {
  // Loaded with the first document, not at startup.
  const { drawDocx } = await import('../../platform/documents/docx-blocks.js');
  return drawDocx(nameOf(review), [...toReviewBlocks(review, MOST_RESULTS), ...footOf(review).map(note)]);
}
