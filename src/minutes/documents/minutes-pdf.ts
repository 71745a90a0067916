import { toPdf } from '../../platform/rendering/pdf.js';
import { PAPER } from '../../platform/rendering/tokens.js';
import { type Block, type Run, toBlocks } from './minutes-blocks.rules.js';
import type { MinutesDocument } from './minutes-document.rules.js';

const MARGINS = [62, 56, 62, 64];

/** Minutes as a PDF of A4 pages, each with the title and its number at the foot; as PDF/A for the archive. */
export function minutesPdf(document: MinutesDocument, { isArchive = false } = {}): Promise<Buffer> {
  return toPdf(document.title, {
    isArchive,
    pageMargins: MARGINS,
    madeAt: new Date(document.composedAt),
    defaultStyle: { font: 'Roboto', fontSize: PAPER.text, lineHeight: 1.25, color: PAPER.ink },
    content: toBlocks(document).map(contentOf),
    footer: (page: number, pages: number) => ({
      columns: [
        { text: document.title, width: '*' },
        { text: `pagina ${page} van ${pages}`, width: 'auto', alignment: 'right' },
      ],
      margin: [62, 20, 62, 0],
      fontSize: PAPER.small,
      color: PAPER.soft,
    }),
  });
}

const textOf = (runs: readonly Run[]) =>
  runs.map(({ text, isBold, isSoft }) => ({
    text,
    ...(isBold && { bold: true }),
    ...(isSoft && { color: PAPER.soft }),
  }));

function contentOf(block: Block): object {
  switch (block.kind) {
    case 'title':
      return {
        text: block.text,
        headlineLevel: 1,
        fontSize: PAPER.title,
        bold: true,
        lineHeight: 1.1,
        margin: [0, 0, 0, 6],
      };
    case 'heading':
      return headingOf(block);
    case 'text':
      return { text: textOf(block.runs), margin: [0, 0, 0, 4] };
    case 'lead':
      return { text: textOf(block.runs), roomBelow: 45, margin: [0, 0, 0, 4] };
    case 'list':
      return { ul: block.entries.map((runs) => ({ text: textOf(runs) })), margin: [0, 0, 0, 4] };
    case 'mark':
      return markOf(block.runs);
    case 'facts':
      return factsOf(block.rows);
    case 'table':
      return tableOf(block.head, block.rows);
  }
}

function headingOf({ level, runs, isShort }: Extract<Block, { kind: 'heading' }>) {
  const heading = { text: textOf(runs), headlineLevel: level, bold: true, ...(isShort && { roomBelow: 55 }) };
  return level === 2
    ? { ...heading, fontSize: PAPER.h2, color: PAPER.brand, margin: [0, 16, 0, 4] }
    : { ...heading, fontSize: PAPER.h3, margin: [0, 10, 0, 3] };
}

/** A decision or an action, with a bar beside it. */
const markOf = (runs: readonly Run[]) => ({
  isLayout: true,
  table: { widths: ['*'], body: [[{ text: textOf(runs), border: [true, false, false, false] }]], dontBreakRows: true },
  layout: {
    hLineWidth: () => 0,
    vLineWidth: (column: number) => (column === 0 ? 2.5 : 0),
    vLineColor: () => PAPER.brand,
    paddingLeft: () => 8,
    paddingTop: () => 1,
    paddingBottom: () => 1,
  },
  margin: [0, 3, 0, 5],
});

const factsOf = (rows: readonly { term: string; lines: string[] }[]) => ({
  table: {
    widths: [84, '*'],
    body: rows.map(({ term, lines }) => [{ text: term, bold: true, isRowHeader: true }, { text: lines.join('\n') }]),
  },
  layout: {
    hLineWidth: () => 0,
    vLineWidth: () => 0,
    paddingLeft: () => 0,
    paddingTop: () => 1,
    paddingBottom: () => 2,
  },
  margin: [0, 8, 0, 0],
});

const tableOf = (head: readonly string[], rows: readonly string[][]) => ({
  table: {
    headerRows: 1,
    dontBreakRows: true,
    widths: ['auto', '*', 124, 96],
    body: [
      head.map((text) => ({ text, bold: true })),
      ...rows.map((row) => row.map((text, column) => ({ text, noWrap: column === 0 }))),
    ],
  },
  layout: {
    hLineWidth: (line: number) => (line === 0 ? 0 : line === 1 ? 1.2 : 0.6),
    hLineColor: (line: number) => (line === 1 ? PAPER.brand : PAPER.line),
    vLineWidth: () => 0,
    paddingLeft: (column: number) => (column === 0 ? 0 : 6),
    paddingTop: () => 4,
    paddingBottom: () => 4,
  },
  margin: [0, 2, 0, 4],
});
