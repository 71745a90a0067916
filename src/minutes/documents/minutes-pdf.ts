import { pdfLogo, toPdfContent } from '../../platform/documents/pdf-blocks.js';
import { toPdf } from '../../platform/documents/pdf.js';
import { PAPER } from '../../platform/rendering/tokens.js';
import { toBlocks } from './minutes-blocks.rules.js';
import { type MinutesDocument, nameOf } from './minutes-document.rules.js';

const MARGINS = [62, 56, 62, 64];
/** Enough to save a page that would hold only four lines. */
const TIGHTER = [1.2, 1.15, 1.1, 1.05];

/** Minutes as a PDF of A4 pages, each with the title, the day and its number at the foot; as PDF/A for the archive. */
export function minutesPdf(
  document: MinutesDocument,
  { isArchive = false, municipality = PAPER.municipality } = {},
): Promise<Buffer> {
  return toPdf(nameOf(document), {
    isArchive,
    pageMargins: MARGINS,
    tighterLines: TIGHTER,
    madeAt: new Date(document.composedAt),
    defaultStyle: { fontSize: PAPER.text, lineHeight: 1.25, color: PAPER.ink },
    content: [...pdfLogo(), ...toPdfContent(toBlocks(document, municipality), PAPER.accent)],
    footer: (page: number, pages: number) => ({
      columns: [
        { text: nameOf(document), width: '*' },
        { text: `pagina ${page} van ${pages}`, width: 'auto', alignment: 'right' },
      ],
      margin: [62, 20, 62, 0],
      fontSize: PAPER.small,
      color: PAPER.soft,
    }),
  });
}
