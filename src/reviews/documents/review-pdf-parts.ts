import { PAPER } from '../../platform/rendering/tokens.js';
import type { toReviewPage } from './review-page.rules.js';

export type Page = ReturnType<typeof toReviewPage>;
export type Cell = string | number | null;

/** A heading that never stands alone at the foot of a page. */
export const heading = (text: string, size: number = PAPER.h2) => ({
  text,
  fontSize: size,
  bold: true,
  color: PAPER.accent,
  headlineLevel: 2,
  margin: [0, size > 12 ? 14 : 8, 0, 4],
});

export const listOf = (title: string, texts: readonly string[]): object[] =>
  texts.length > 0 ? [heading(title, PAPER.h3), { ul: [...texts] }] : [];

export function factsOf(total: Page['total']): object {
  return pairs(
    ['Wat', 'Hoeveel'],
    [
      ['Afgesproken in deze periode', total.agreed],
      ['Meegenomen van eerder', total.carriedOver],
      ['Gelukt', `${total.realised} (${total.realisedShare}; zonder vervallen ${total.realisedShareLessCancelled})`],
      ['Deels gelukt', total.partly],
      ['Vervallen', total.notRealised],
      ['Niet gereed', total.stillOpen],
      ['Krijgt een vervolg', total.followUp],
      [
        'Op tijd gereed',
        `${total.onTime} van ${total.doneWithDeadline} (${total.onTimeShare}; eerste deadline ${total.onTimeOriginalShare})`,
      ],
      ['Uitgesteld', `${total.postponedNever} niet, ${total.postponedOnce} één keer, ${total.postponedMore} vaker`],
      ['Doorlooptijd', `${total.leadTime} (de middelste)`],
      ['Te laat op peildatum', total.overdue],
      ...(total.judged === '–' ? [] : [['Is het gelukt, volgens anderen?', total.judged]]),
    ],
  );
}

/** As wide as the longest word of its head. */
function widthUnder(name: string): number {
  const longest = Math.max(...name.split(' ').map(({ length }) => length));
  return longest > 8 ? 47 : longest > 7 ? 42 : 33;
}

/** A table of two columns, close enough together to be read across. */
export const pairs = (head: [string, string], rows: Cell[][]): object => table(head, rows, [190, 'auto']);

/** A table with its head on every page; the first column is wide, numbers stand to the right. */
export function table(head: string[], rows: Cell[][], fixed?: (number | string)[]): object {
  const isNarrow = head.length > 7;
  const alignmentOf = (column: number) => (column === 0 ? 'left' : 'right');
  const cell = (value: Cell, column: number) => ({
    text: String(value ?? ''),
    alignment: alignmentOf(column),
  });

  return {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: fixed ?? head.map((name, column) => (column === 0 ? '*' : isNarrow ? widthUnder(name) : 'auto')),
      body: [
        head.map((text, column) => ({
          text,
          bold: true,
          fontSize: PAPER.fine,
          color: PAPER.soft,
          alignment: alignmentOf(column),
        })),
        ...rows.map((row) => row.map(cell)),
      ],
    },
    fontSize: PAPER.small,
    layout: {
      hLineWidth: (row: number) => (row === 1 ? 1.2 : 0.5),
      vLineWidth: () => 0,
      hLineColor: (row: number) => (row === 1 ? PAPER.ink : PAPER.line),
      paddingLeft: () => 0,
      paddingRight: () => 6,
    },
  };
}
