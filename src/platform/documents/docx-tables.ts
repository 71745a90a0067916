import {
  AlignmentType,
  BorderStyle,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { FigureTable, Run } from './blocks.js';
import { half, runsOf, widthOf, word } from './docx-text.js';
import { PAPER } from '../rendering/tokens.js';

const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const NO_LINES = {
  ...{ top: NONE, bottom: NONE, left: NONE, right: NONE },
  ...{ insideHorizontal: NONE, insideVertical: NONE },
};
const thin = () => ({ style: BorderStyle.SINGLE, size: 4, color: word(PAPER.line) });
/** The margins of a page and the width of its text (A4), in twentieths of a point; the widths of columns add up to it. */
export const MARGIN = 1134;
const FULL = 11906 - 2 * MARGIN;
const TABLE_WIDTHS = [1150, 4148, 2340, 2000];
/** Beside terms of up to this many letters, and beside longer ones. */
const SHORT_TERM = 14;
const FACT_WIDTHS = { short: [1800, 7838], long: [2600, 7038] };

/** Each figure large, with its words below it. */
export function highlightsOf(figures: readonly { figure: string; words: string }[]): Table {
  const width = Math.floor(FULL / figures.length);
  const children = figures.map(
    ({ figure, words }) =>
      new TableCell({
        width: { size: width, type: WidthType.DXA },
        margins: { top: 60, bottom: 60, left: 80, right: 80 },
        shading: { fill: word(PAPER.tint) },
        children: [
          new Paragraph({
            children: [new TextRun({ text: figure, bold: true, size: half(18), color: word(PAPER.accent) })],
          }),
          new Paragraph({ children: [new TextRun({ text: words, size: half(PAPER.fine) })] }),
        ],
      }),
  );
  return new Table({
    ...{ width: { size: FULL, type: WidthType.DXA }, layout: TableLayoutType.FIXED },
    ...{ columnWidths: figures.map(() => width), borders: NO_LINES, rows: [new TableRow({ children })] },
  });
}

/** Columns are as wide as what stands in them needs, and the header is repeated on every page. */
export function figuresOf({ columns, rows }: FigureTable, isKept: boolean): Table {
  const shown = columns.map((column, index) => ({ ...column, index })).filter(({ kind }) => kind !== 'bar');
  // Words begin at a distance from the figures that end beside them.
  const before = shown.map(({ kind }, index) => (kind !== 'amount' && shown[index - 1]?.kind === 'amount' ? 160 : 0));
  const texts = shown.map(({ name, index }) => [
    { text: name, isBold: true },
    ...rows.map((row) => ({ text: textIn(row[index].runs), isBold: row[index].runs.some((run) => run.isBold) })),
  ]);
  const widths = widthsOf(texts, (index) => before[index] + AFTER + ROUNDING);
  const width = (index: number): number => widths[index];
  const cellIn = (runs: readonly Run[], index: number, isBold: boolean, keepNext: boolean) => {
    const alignment = shown[index].kind === 'amount' ? AlignmentType.RIGHT : AlignmentType.LEFT;
    const styled = runs.map((run) => ({ ...run, isBold: isBold || run.isBold }));
    return new TableCell({
      width: { size: width(index), type: WidthType.DXA },
      margins: { top: 30, bottom: 30, left: before[index], right: AFTER },
      children: [new Paragraph({ children: runsOf(styled, PAPER.small), alignment, keepNext })],
    });
  };
  const rowOf = (cells: readonly (readonly Run[])[], tableHeader: boolean, keepNext: boolean) =>
    new TableRow({
      ...{ tableHeader, cantSplit: true },
      children: cells.map((runs, index) => cellIn(runs, index, tableHeader, keepNext)),
    });
  return new Table({
    width: { size: FULL, type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    columnWidths: shown.map((_, index) => width(index)),
    borders: { ...NO_LINES, bottom: thin(), insideHorizontal: thin() },
    rows: [
      rowOf(
        shown.map(({ name }) => [{ text: name }]),
        true,
        true,
      ),
      ...rows.map((row, place) =>
        rowOf(
          shown.map(({ index }) => row[index].runs),
          false,
          staysWithNext(place, rows.length) || (isKept && place === rows.length - 1),
        ),
      ),
    ],
  });
}

const textIn = (runs: readonly Run[]): string => runs.map(({ text }) => text).join(' ');

/** The rows of a small table stay together, and the first two of another. */
const SMALL = 6;
const staysWithNext = (place: number, rows: number): boolean => place < (rows <= SMALL ? rows - 1 : 1);

/** The space after a column, in twentieths of a point. */
const AFTER = 80;
/** Programs round widths, each in its own way. */
const ROUNDING = 20;
/** A text of more letters is put on several lines. */
const LINE = 30;

interface Written {
  text: string;
  isBold: boolean;
}

/** The widths of columns by their texts, adding up to the whole: no word is broken, and long texts share what is left. */
function widthsOf(columns: readonly (readonly Written[])[], gap: (index: number) => number): number[] {
  const widest = (texts: readonly Written[], index: number) =>
    Math.max(...texts.map(({ text, isBold }) => widthOf(text, PAPER.small, isBold))) + gap(index);
  const words = columns.map((texts) =>
    texts.flatMap(({ text, isBold }) => text.split(/ |(?<=-)/).map((word) => ({ text: word, isBold }))),
  );
  const least = words.map(widest);
  const lines = columns.map((texts) => texts.map(({ text, isBold }) => ({ text: text.slice(0, LINE), isBold })));
  const wished = lines.map((texts, index) => Math.max(widest(texts, index) - least[index], 1));
  const sum = (widths: readonly number[]) => widths.reduce((total, width) => total + width, 0);
  const [needed, more] = [sum(least), sum(wished)];
  if (needed >= FULL) return least.map((width) => Math.floor((FULL * width) / needed));
  return least.map((width, index) => width + Math.floor(((FULL - needed) * wished[index]) / more));
}

export function factsOf(rows: readonly { term: string; lines: string[] }[]): Table {
  const widths = FACT_WIDTHS[rows.every(({ term }) => term.length <= SHORT_TERM) ? 'short' : 'long'];
  return new Table({
    width: { size: FULL, type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    columnWidths: widths,
    borders: NO_LINES,
    rows: rows.map(
      ({ term, lines }) =>
        new TableRow({
          cantSplit: true,
          children: [cellOf(term, widths[0], true), cellOf(lines.join('\n'), widths[1])],
        }),
    ),
  });
}

export function tableOf(head: readonly string[], rows: readonly string[][]): Table {
  const rowOf = (texts: readonly string[], isHead: boolean) =>
    new TableRow({
      tableHeader: isHead,
      cantSplit: true,
      children: texts.map((text, index) => cellOf(text, TABLE_WIDTHS[index], isHead)),
    });
  return new Table({
    width: { size: FULL, type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    columnWidths: TABLE_WIDTHS,
    borders: { ...NO_LINES, bottom: thin(), insideHorizontal: thin() },
    rows: [rowOf(head, true), ...rows.map((row) => rowOf(row, false))],
  });
}

const cellOf = (text: string, width: number, isBold = false) =>
  new TableCell({
    width: { size: width, type: WidthType.DXA },
    margins: { top: 40, bottom: 40, left: 0, right: 120 },
    children: [new Paragraph({ children: runsOf([{ text, isBold }]) })],
  });
