import type { Photo } from '../../platform/documents/blocks.js';
import { pdfLogo, toPdfContent } from '../../platform/documents/pdf-blocks.js';
import { preparePdf, toPdf } from '../../platform/documents/pdf.js';
import { PAPER } from '../../platform/rendering/tokens.js';
import type { ReviewView } from '../reviews.dto.js';
import { footOf, toReviewBlocks } from './review-blocks.rules.js';
import { nameOf } from './review-page.rules.js';

const MARGINS = [50, 50, 50, 56];
/** Enough to save a page that would hold only four lines. */
const TIGHTER = [1.17, 1.14, 1.11];
/** The number of results of one size that are printed; the page has all, and the spreadsheet files up to 200 of each. */
export const MOST_RESULTS = 15;

/** The module that a worker thread loads for `reviewPdf`. */
export const PDF_MODULE = import.meta.url;

/** A review as PDF: a summary page that can be told in five minutes, then results, collaboration, goals and tables. */
export function reviewPdf({ photos = [], ...review }: ReviewView & { photos?: readonly Photo[] }): Promise<Buffer> {
  const title = nameOf(review);
  const foot = footOf(review).map((text) => ({ text, color: PAPER.soft, fontSize: PAPER.fine, margin: [0, 14, 0, 0] }));
  return toPdf(title, {
    pageMargins: MARGINS,
    tighterLines: TIGHTER,
    defaultStyle: { fontSize: PAPER.dense, lineHeight: 1.2, color: PAPER.ink },
    content: [...pdfLogo(), ...toPdfContent(toReviewBlocks(review, MOST_RESULTS, photos), PAPER.accent), ...foot],
    footer: (current: number, pages: number) => ({
      columns: [
        { text: title, width: '*' },
        { text: `pagina ${current} van ${pages}`, width: 'auto', alignment: 'right' },
      ],
      margin: [MARGINS[0], 18, MARGINS[2], 0],
      fontSize: PAPER.fine,
      color: PAPER.soft,
    }),
  });
}

/** Loads what `reviewPdf` needs. */
export const prepareReviewPdf = (): Promise<void> => preparePdf();
