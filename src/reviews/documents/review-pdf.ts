import { toPdf } from '../../platform/rendering/pdf.js';
import { inDutch } from '../../platform/common/calendar-date.js';
import { PAPER } from '../../platform/rendering/tokens.js';
import { detailsOf } from './review-pdf-details.js';
import { type Cell, heading, type Page } from './review-pdf-parts.js';
import { type Chart, chartsOf } from './review-charts.rules.js';
import { toReviewPage } from './review-page.rules.js';
import type { ReviewView } from '../reviews.dto.js';

const MARGINS = [50, 50, 50, 56];
const WIDTH = 595.28 - MARGINS[0] - MARGINS[2];

/** Where a thread finds `reviewPdf`. */
export const PDF_MODULE = import.meta.url;

/** A review as a PDF: one summary page with five figures and three charts, then the tables and the words. */
export function reviewPdf(review: ReviewView): Promise<Buffer> {
  const page = toReviewPage(review);
  return toPdf(page.title, {
    pageMargins: MARGINS,
    defaultStyle: { font: 'Roboto', fontSize: PAPER.dense, lineHeight: 1.2, color: PAPER.ink },
    content: [...summaryOf(page, review), ...detailsOf(page)],
    footer: (current: number, pages: number) => ({
      columns: [
        { text: page.title, width: '*' },
        { text: `pagina ${current} van ${pages}`, width: 'auto', alignment: 'right' },
      ],
      margin: [MARGINS[0], 18, MARGINS[2], 0],
      fontSize: PAPER.fine,
      color: PAPER.soft,
    }),
  });
}

function summaryOf(page: Page, review: ReviewView): object[] {
  const { total } = page;
  const state = page.frozenOn
    ? `Definitief sinds ${inDutch(page.frozenOn)}`
    : 'Concept: de cijfers kunnen nog veranderen';
  const highlights: [Cell, string][] = [
    [total.agreed, total.agreed === 1 ? 'afspraak gemaakt' : 'afspraken gemaakt'],
    [total.realisedShare, `daarvan is gelukt (${total.realised})`],
    [total.onTimeShare, `van wat gereed is, was op tijd (${total.onTime} van ${total.doneWithDeadline})`],
    [total.overdue, 'te laat op de peildatum'],
    [page.sessionsHeld, `keer vergaderd, ${page.minutesSent} keer met een verslag`],
  ];
  return [
    { text: page.title, fontSize: PAPER.title, bold: true, lineHeight: 1.1, headlineLevel: 1 },
    { text: `${inDutch(page.fromOn)} tot en met ${inDutch(page.asOf)}`, margin: [0, 2, 0, 2] },
    {
      text: `${state}. Bekend op: ${page.knownAt}. ${page.notice}`,
      color: PAPER.soft,
      fontSize: PAPER.small,
      margin: [0, 0, 0, 8],
    },
    {
      isLayout: true,
      table: {
        widths: ['*', '*', '*', '*', '*'],
        body: [
          highlights.map(([figure, words]) => ({
            stack: [
              { text: String(figure), fontSize: 18, bold: true, color: PAPER.accent },
              { text: words, fontSize: PAPER.fine },
            ],
            fillColor: PAPER.tint,
            margin: [2, 3, 2, 5],
          })),
        ],
      },
      layout: { hLineWidth: (row: number) => (row === 0 ? 2 : 0), vLineWidth: () => 0, hLineColor: () => PAPER.accent },
      margin: [0, 0, 0, 4],
    },
    ...(page.isEmpty ? NOTHING_TO_SEE : chartsOf(review).flatMap(printed)),
  ];
}

function printed({ title, description, svg, width, height }: Chart): object[] {
  const fitted = Math.min(WIDTH, (width * 165) / height);
  return [heading(title, PAPER.h3), { svg, width: fitted, alt: description, font: 'Roboto' }];
}

/** What to do when a year shows nothing. */
const NOTHING_TO_SEE: object[] = [
  heading('Wat u hier ziet'),
  {
    text: 'Er zijn geen afspraken in deze periode. Er is ook niet vergaderd. Daarom is er niets te tellen.',
  },
  { text: 'Had u hier wel iets verwacht? Kijk dan het volgende na:', margin: [0, 8, 0, 4] },
  {
    ul: [
      'Kloppen het gebied en de periode? Een afspraak telt in de periode waarin zij is gemaakt.',
      'Staan de acties van het overleg al in Wijkagenda? Een lijst van eerder kunt u in één keer inlezen.',
      'Zijn de vergaderingen afgesloten? Een vergadering die nog open staat, telt niet mee.',
    ],
  },
];
