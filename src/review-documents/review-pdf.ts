import { toPdf } from '../rendering/pdf.js';
import { inDutch } from '../common/calendar-date.js';
import { ACCENT, type Cell, factsOf, heading, INK, listOf, type Page, SOFT, table } from './review-pdf-parts.js';
import { chartsOf } from './review-charts.rules.js';
import { toReviewPage } from './review-page.rules.js';
import type { ReviewView } from '../reviews/reviews.dto.js';

const TINT = '#f1f4f8';
const MARGINS = [50, 50, 50, 56];
const PAGE_HEIGHT = 841.89;
const WIDTH = 595.28 - MARGINS[0] - MARGINS[2];

/** A piece of the paper as it was placed, to see that no heading stands alone at the foot of a page. */
interface PlacedNode {
  headlineLevel?: number;
  startPosition: { top: number };
}
/** The foot of the page counts as a node too. */
const isInText = ({ startPosition }: PlacedNode): boolean => startPosition.top < PAGE_HEIGHT - MARGINS[3];

/** A review as a PDF: one summary page with five figures and three charts, then the tables and the words. */
export function reviewPdf(review: ReviewView): Promise<Buffer> {
  const page = toReviewPage(review);
  return toPdf(page.title, {
    pageMargins: MARGINS,
    defaultStyle: { font: 'Roboto', fontSize: 10, lineHeight: 1.2, color: INK },
    content: [...summaryOf(page, review), ...detailsOf(page)],
    footer: (current: number, pages: number) => ({
      columns: [
        { text: page.title, width: '*' },
        { text: `pagina ${current} van ${pages}`, width: 'auto', alignment: 'right' },
      ],
      margin: [MARGINS[0], 18, MARGINS[2], 0],
      fontSize: 8.5,
      color: SOFT,
    }),
    pageBreakBefore: (node: PlacedNode, nodes: { getFollowingNodesOnPage(): PlacedNode[] }) =>
      node.headlineLevel !== undefined && !nodes.getFollowingNodesOnPage().some(isInText),
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
    { text: page.title, fontSize: 20, bold: true, lineHeight: 1.1, headlineLevel: 1 },
    { text: `${inDutch(page.fromOn)} tot en met ${inDutch(page.asOf)}`, margin: [0, 2, 0, 2] },
    { text: `${state}. Bekend op: ${page.knownAt}. ${page.notice}`, color: SOFT, fontSize: 9, margin: [0, 0, 0, 8] },
    {
      isLayout: true,
      table: {
        widths: ['*', '*', '*', '*', '*'],
        body: [
          highlights.map(([figure, words]) => ({
            stack: [
              { text: String(figure), fontSize: 18, bold: true, color: ACCENT },
              { text: words, fontSize: 8.5 },
            ],
            fillColor: TINT,
            margin: [2, 3, 2, 5],
          })),
        ],
      },
      layout: { hLineWidth: (row: number) => (row === 0 ? 2 : 0), vLineWidth: () => 0, hLineColor: () => ACCENT },
      margin: [0, 0, 0, 4],
    },
    ...chartsOf(review).flatMap(({ title, description, svg, width, height }) => {
      const fitted = Math.min(WIDTH, (width * 165) / height);
      return [heading(title, 11.5), { svg, width: fitted, alt: description, font: 'Roboto' }];
    }),
  ];
}

function detailsOf(page: Page): object[] {
  const agreements = (first: string, rows: Page['themes']) =>
    table(
      [first, 'Afspraken', 'Gelukt', 'Deels', 'Niet gereed', 'Vervallen', '% gelukt', '% op tijd', 'Te laat'],
      rows.map((row) => [
        row.name,
        row.agreed,
        row.realised,
        row.partly,
        row.open,
        row.cancelled,
        row.realisedShare,
        row.onTimeShare,
        row.overdue,
      ]),
    );
  const section = (title: string, isShown: boolean, ...content: object[]): object[] =>
    isShown ? [heading(title), ...content] : [];
  const lines = ({ lines, more }: Page['large']) => [
    {
      ul: lines.map((line) => {
        const who = line.organisation ? `, ${line.organisation}` : '';
        return {
          text: [line.result, { text: ` (${line.number} ${line.title}${who}, ${inDutch(line.doneOn)})`, color: SOFT }],
        };
      }),
    },
    ...(more > 0 ? [{ text: `En nog ${more}.`, color: SOFT }] : []),
  ];
  const { yearBefore, ratings, total } = page;
  return [
    ...(page.texts.length > 0 ? [{ ...heading('Het jaar in woorden'), pageBreak: 'before' }] : []),
    ...page.texts.flatMap(({ title, text }) => [heading(title, 11.5), { text }]),
    {
      ...heading('Wat kwam er van de afspraken?'),
      ...(page.texts.length === 0 && { pageBreak: 'before' }),
    },
    factsOf(total),
    ...section('Per thema', page.themes.length > 0, agreements('Thema', page.themes)),
    ...section('Gemeente en partners', page.sides.length > 0, agreements('Wie', page.sides)),
    ...section(
      'Per organisatie',
      (page.organisations ?? []).length > 0,
      agreements('Organisatie', page.organisations ?? []),
    ),
    ...section('Per soort organisatie', !page.organisations && page.kinds.length > 0, agreements('Soort', page.kinds)),
    ...section('Gebied naast gebied', page.areaRows.length > 0, agreements('Gebied', page.areaRows)),
    ...section(
      'Vergeleken met een jaar eerder',
      yearBefore !== null,
      table(
        ['Cijfer', yearBefore?.before ?? '', yearBefore?.now ?? ''],
        (yearBefore?.rows ?? []).map((row) => [row.name, row.before, row.now]),
      ),
    ),
    ...section(
      'Per kwartaal',
      true,
      table(
        ['Kwartaal', 'Gereed'],
        page.quarters.map(({ name, done }) => [name, done]),
      ),
    ),
    ...section('Resultaten, groot', page.large.lines.length > 0, ...lines(page.large)),
    ...section('Resultaten, klein', page.small.lines.length > 0, ...lines(page.small)),
    ...section(
      'Opkomst',
      page.attendanceRows.length > 0,
      table(
        ['Wie', 'Uitgenodigd', 'Aanwezig', 'Afwezig m.k.', 'Afwezig', 'Opkomst'],
        page.attendanceRows.map((row) => [
          row.name,
          row.invited,
          row.present,
          row.excused,
          row.absent,
          row.presentShare,
        ]),
      ),
    ),
    ...section('Vergaderingen en verslagen', true, {
      text: `${page.sessionsHeld} gehouden; ${page.minutesSent} keer een verslag verstuurd (${page.minutesSentShare}), ${page.minutesAdopted} keer vastgesteld. Tijd tot versturen: ${page.medianToSending} (de middelste).`,
    }),
    ...section(
      'Waardering van de samenwerking',
      (ratings?.rows ?? []).length > 0,
      table(
        ['Wie', 'Antwoorden', 'Cijfer', 'Jaar eerder', 'Eén mond?', 'Afspraken nagekomen?'],
        (ratings?.rows ?? []).map((row) => [
          row.name,
          row.answered,
          row.mark,
          row.before,
          row.speaksAsOne,
          row.keptAgreements,
        ]),
      ),
      ...listOf('Wat ging goed?', ratings?.wentWell ?? []),
      ...listOf('Wat kan beter?', ratings?.canBeBetter ?? []),
    ),
    ...section(
      'Reacties van de partijen',
      page.reactions.length > 0,
      ...page.reactions.flatMap(({ organisation, reactedOn, text }) => [
        heading(`${organisation ?? 'Een partij'}, ${inDutch(reactedOn)}`, 11.5),
        { text },
      ]),
    ),
    ...(page.frozenEarlyReason
      ? [
          {
            text: `Definitief gemaakt voordat de partijen veertien dagen konden reageren. De reden: ${page.frozenEarlyReason}`,
            margin: [0, 10, 0, 0],
          },
        ]
      : []),
    ...(page.hash
      ? [
          {
            text: `Kenmerk van deze definitieve versie (SHA-256): ${page.hash}`,
            color: SOFT,
            fontSize: 8.5,
            margin: [0, 14, 0, 0],
          },
        ]
      : []),
  ];
}
