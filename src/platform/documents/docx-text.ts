import { TextRun } from 'docx';
import type { Run } from './blocks.js';
import { PAPER } from '../rendering/tokens.js';

/** Word takes colours without `#`, and font sizes in half points. */
export const word = (colour: string): string => colour.slice(1);
export const half = (points: number): number => points * 2;

/** Line breaks in a text stay within its paragraph. */
export const runsOf = (runs: readonly Run[], points: number | null = PAPER.text) =>
  runs.flatMap(({ text, isBold, isSoft, isNewLine }) =>
    text.split('\n').map(
      (line, index) =>
        new TextRun({
          text: line,
          bold: isBold,
          ...(points && { size: half(points) }),
          ...(isSoft && { color: word(PAPER.soft) }),
          break: index > 0 || isNewLine ? 1 : 0,
        }),
    ),
  );

/** The letters of Arial by their width, in thousandths of the size of the type. */
const WIDTHS: readonly (readonly [letters: string, width: number])[] = [
  ["'", 191],
  ['ijl‘’', 222],
  ['|', 260],
  [' !,./:;I[\\]ft', 278],
  ['()-r“”', 333],
  ['"', 355],
  ['*', 389],
  ['Jcksvxyz', 500],
  ['+<=>~', 584],
  ['FTZ', 611],
  ['&ABEKPSVXY', 667],
  ['CDHNRUw', 722],
  ['GOQ', 778],
  ['Mm', 833],
  ['%', 889],
  ['W', 944],
  ['—…', 1000],
];
const OTHER = 556;
const WIDTH_OF = new Map(WIDTHS.flatMap(([letters, width]) => [...letters].map((letter) => [letter, width] as const)));
/** In bold these are that much wider; figures and most capitals are not. */
const BOLDER = { letters: /[ABJKL!&:;?b-df-y]/, width: 56 };

/** The width of a text in Arial, in twentieths of a point; accents make no letter wider. */
export function widthOf(text: string, points: number, isBold: boolean): number {
  const letters = [...text.normalize('NFD').replace(/\p{M}/gu, '')];
  const inThousandths = letters.reduce(
    (sum, letter) => sum + (WIDTH_OF.get(letter) ?? OTHER) + (isBold && BOLDER.letters.test(letter) ? BOLDER.width : 0),
    0,
  );
  return Math.ceil((inThousandths * points) / 50);
}
