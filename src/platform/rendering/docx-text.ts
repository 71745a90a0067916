import { TextRun } from 'docx';
import type { Run } from './blocks.js';
import { PAPER } from './tokens.js';

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
