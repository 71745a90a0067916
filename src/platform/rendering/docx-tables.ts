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
import { half, runsOf, word } from './docx-text.js';
import { PAPER } from './tokens.js';

const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const NO_LINES = {
  ...{ top: NONE, bottom: NONE, left: NONE, right: NONE },
  ...{ insideHorizontal: NONE, insideVertical: NONE },
};
const thin = () => ({ style: BorderStyle.SINGLE, size: 4, color: word(PAPER.line) });
/** The text width of an A4 page, in twentieths of a point; the widths of columns add up to it. */
const FULL = 9026;
const TABLE_WIDTHS = [1050, 3276, 2400, 2300];
const FACT_WIDTHS = [1800, 7226];

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

/** The first column is the widest, and the header is repeated on every page. */
export function figuresOf({ columns, rows }: FigureTable): Table {
  const shown = columns.map((column, index) => ({ ...column, index })).filter(({ kind }) => kind !== 'bar');
  const first = Math.floor(FULL * (shown.length > 7 ? 0.26 : shown.length > 2 ? 0.34 : 0.6));
  const width = (index: number): number => (index === 0 ? first : Math.floor((FULL - first) / (shown.length - 1)));
  const cellIn = (runs: readonly Run[], index: number, isBold: boolean) => {
    const alignment = shown[index].kind === 'amount' ? AlignmentType.RIGHT : AlignmentType.LEFT;
    const styled = runs.map((run) => ({ ...run, isBold: isBold || run.isBold }));
    return new TableCell({
      width: { size: width(index), type: WidthType.DXA },
      margins: { top: 30, bottom: 30, left: 0, right: 80 },
      children: [new Paragraph({ children: runsOf(styled, PAPER.small), alignment })],
    });
  };
  const rowOf = (cells: readonly (readonly Run[])[], tableHeader: boolean) =>
    new TableRow({
      ...{ tableHeader, cantSplit: true },
      children: cells.map((runs, index) => cellIn(runs, index, tableHeader)),
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
      ),
      ...rows.map((row) =>
        rowOf(
          shown.map(({ index }) => row[index].runs),
          false,
        ),
      ),
    ],
  });
}

export function factsOf(rows: readonly { term: string; lines: string[] }[]): Table {
  return new Table({
    width: { size: FULL, type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    columnWidths: FACT_WIDTHS,
    borders: NO_LINES,
    rows: rows.map(
      ({ term, lines }) =>
        new TableRow({ children: [cellOf(term, FACT_WIDTHS[0], true), cellOf(lines.join('\n'), FACT_WIDTHS[1])] }),
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
