import type { Block, Cell, Chart, Column, FigureTable, Photo, Run } from './blocks.js';
import { MANY, roomForBlock, roomForRuns, roomForText, roomsForEntries } from './pdf-room.rules.js';
import { TYPEFACE } from './pdf-typeface.js';
import { PAPER } from '../rendering/tokens.js';

/** The logo of the municipality, above the title of a document; nothing if there is none that paper can show. */
export const pdfLogo = (): object[] =>
  PAPER.logo ? [{ image: PAPER.logo, fit: [150, 34], alt: 'Logo van de gemeente', margin: [0, 0, 0, 12] }] : [];

/** Blocks as pdfmake content, with headings and bars in this colour. Leaves out blocks for the screen. */
export function toPdfContent(blocks: readonly Block[], accent: string): object[] {
  const content: object[] = [];
  let isNewPage = false;
  blocks.forEach((block, place) => {
    if (block.only === 'screen') return;
    isNewPage ||= block.kind === 'page';
    const roomBelow = roomForBlock(blocks, place);
    // The room was estimated. A table that is kept moves as a whole, also if it is higher: a page has room for it thrice.
    const kept = roomBelow && { roomBelow, unbreakable: block.kind === 'table' || block.kind === 'figures' };
    for (const piece of contentOf(block, accent, roomsForEntries(blocks, place))) {
      content.push({ ...piece, ...kept, ...(isNewPage && { pageBreak: 'before' }) });
      isNewPage = false;
    }
  });
  return content;
}

/** `isKept`: keeps every run on one line. */
const textOf = (runs: readonly Run[], isKept = false) =>
  runs.flatMap(({ text, isBold, isSoft, isNewLine }) => [
    ...(isNewLine ? [{ text: '\n' }] : []),
    { text, ...(isBold && { bold: true }), ...(isSoft && { color: PAPER.soft }), ...(isKept && { noWrap: true }) },
  ]);

function contentOf(block: Block, accent: string, rooms: readonly (number | undefined)[]): object[] {
  switch (block.kind) {
    case 'title':
      return [titleOf(block.text)];
    case 'heading':
      return [headingOf(block, accent)];
    case 'text':
      return [{ text: textOf(block.runs), roomBelow: roomForRuns(block.runs), margin: [0, 0, 0, 4] }];
    case 'typed':
    case 'aim':
    case 'state':
      return [{ text: block.text, margin: [0, 0, 0, 4] }];
    case 'note':
      return [{ text: block.text, color: PAPER.soft, fontSize: PAPER.small, margin: [0, 0, 0, 4] }];
    case 'lead':
      return [{ text: textOf(block.runs), roomBelow: 45, margin: [0, 0, 0, 4] }];
    case 'list':
      return [listOf(block.entries.map((runs, index) => ({ text: textOf(runs), roomBelow: rooms[index] })))];
    case 'typedList':
      return [listOf(block.texts.map((text) => ({ text, roomBelow: roomForText(text) })))];
    case 'mark':
      return [markOf(block.runs, accent)];
    case 'facts':
    case 'typedFacts':
      return [factsOf(block.rows)];
    case 'table':
      return [tableOf(block.head, block.rows, accent)];
    case 'highlights':
      return [highlightsOf(block.figures, accent)];
    case 'chart':
      return chartOf(block.chart, accent);
    case 'photos':
      return [photosOf(block.photos)];
    case 'figures':
      return [figuresOf(block)];
    case 'shares':
    case 'page':
      return [];
  }
}

const listOf = (entries: readonly object[]) => ({ ul: entries, margin: [0, 0, 0, 4] });

const titleOf = (text: string) => ({
  ...{ text, headlineLevel: 1, fontSize: PAPER.title, bold: true, lineHeight: 1.1, margin: [0, 0, 0, 6] },
});

type Heading = Extract<Block, { kind: 'heading' }>;

function headingOf({ level, runs }: Pick<Heading, 'level' | 'runs'>, accent: string) {
  const heading = { text: textOf(runs), headlineLevel: level, bold: true };
  return level === 2
    ? { ...heading, fontSize: PAPER.h2, color: accent, margin: [0, 16, 0, 4] }
    : { ...heading, fontSize: PAPER.h3, margin: [0, 10, 0, 3] };
}

/** A decision or an action, marked with a bar in the margin. */
const markOf = (runs: readonly Run[], accent: string) => ({
  isLayout: true,
  table: { widths: ['*'], body: [[{ text: textOf(runs), border: [true, false, false, false] }]], dontBreakRows: true },
  layout: {
    hLineWidth: () => 0,
    vLineWidth: (column: number) => (column === 0 ? 2.5 : 0),
    vLineColor: () => accent,
    paddingLeft: () => 8,
    paddingTop: () => 1,
    paddingBottom: () => 1,
  },
  margin: [0, 3, 0, 5],
});

/** Terms of up to this many characters get a narrow column. */
const NARROW = 14;

const factsOf = (rows: readonly { term: string; lines: string[] }[]) => ({
  table: {
    widths: [rows.some(({ term }) => term.length > NARROW) ? 120 : 84, '*'],
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

const tableOf = (head: readonly string[], rows: readonly string[][], accent: string) => ({
  table: {
    headerRows: 1,
    keepWithHeaderRows: 1,
    dontBreakRows: true,
    // The last one holds a short date with its year on one line.
    widths: ['auto', '*', 104, 92],
    body: [
      head.map((text) => ({ text, bold: true })),
      ...rows.map((row) => row.map((text, column) => ({ text, noWrap: column === 0, isRowHeader: column === 0 }))),
    ],
  },
  layout: {
    hLineWidth: (line: number) => (line === 0 ? 0 : line === 1 ? 1.2 : 0.6),
    hLineColor: (line: number) => (line === 1 ? accent : PAPER.line),
    vLineWidth: () => 0,
    paddingLeft: (column: number) => (column === 0 ? 0 : 6),
    paddingTop: () => 4,
    paddingBottom: () => 4,
  },
  margin: [0, 2, 0, 4],
});

const highlightsOf = (figures: readonly { figure: string; words: string }[], accent: string) => ({
  isLayout: true,
  table: {
    widths: figures.map(() => '*'),
    body: [
      figures.map(({ figure, words }) => ({
        stack: [
          { text: figure, fontSize: 18, bold: true, color: accent },
          { text: words, fontSize: PAPER.fine },
        ],
        fillColor: PAPER.tint,
        margin: [2, 3, 2, 5],
      })),
    ],
  },
  layout: { hLineWidth: (row: number) => (row === 0 ? 2 : 0), vLineWidth: () => 0, hLineColor: () => accent },
  margin: [0, 0, 0, 4],
});

/** Three of them and a heading fit on a page. */
const CHART = { width: 495.28, height: 165 };

/** With its title and its sentence on one page. */
function chartOf({ title, description, svg, width, height, says }: Chart, accent: string): object[] {
  const drawnWidth = Math.min(CHART.width, (width * CHART.height) / height);
  const roomBelow = (height * drawnWidth) / width + (says ? 45 : 15);
  const heading = { text: title, headlineLevel: 2, bold: true, fontSize: PAPER.h3, color: accent, roomBelow };
  return [
    { ...heading, margin: [0, 8, 0, 4] },
    { svg, width: drawnWidth, alt: description, font: TYPEFACE },
    ...(says ? [{ text: says, margin: [0, 2, 0, 4] }] : []),
  ];
}

/** Two photos beside each other, each above its caption. */
function photosOf(photos: readonly Photo[]) {
  const printed = ({ source, caption }: Photo) => ({
    stack: [
      { image: source, fit: [238, 178], alt: caption },
      { text: caption, fontSize: PAPER.fine, color: PAPER.soft, margin: [0, 2, 0, 8] },
    ],
  });
  const pairs = photos.flatMap((photo, index) => (index % 2 === 0 ? [[photo, photos[index + 1]]] : []));
  const body = pairs.map(([left, right]) => [printed(left), right ? printed(right) : { text: '' }]);
  const layout = { hLineWidth: () => 0, vLineWidth: () => 0, paddingLeft: () => 0, paddingTop: () => 0 };
  return { isLayout: true, table: { widths: ['*', '*'], body, dontBreakRows: true }, layout, margin: [0, 4, 0, 4] };
}

/** Shorter texts are figures, dates or words, which are kept on one line where there is room. */
const SHORT = 28;

/** A table with its header on every page; the heading above it serves as caption. */
function figuresOf({ columns, rows }: FigureTable) {
  const shown = columns.map((column, index) => ({ ...column, index })).filter(({ kind }) => kind !== 'bar');
  const alignment = (kind: Column['kind']) => (kind === 'amount' ? 'right' : 'left');
  const width = widthsIn(shown);
  const isKept = ({ runs }: Cell, kind: Column['kind']) =>
    columns.length <= MANY && kind !== 'text' && runs.every(({ text }) => text.length < SHORT);
  return {
    table: {
      headerRows: 1,
      keepWithHeaderRows: 1,
      dontBreakRows: true,
      widths: shown.map(width),
      body: [
        shown.map(({ name, kind }) => ({
          ...{ text: name, bold: true, fontSize: PAPER.fine, color: PAPER.soft, alignment: alignment(kind) },
        })),
        ...rows.map((row) =>
          shown.map(({ kind, index }) => ({
            text: textOf(row[index].runs, isKept(row[index], kind)),
            alignment: alignment(kind),
            isRowHeader: index === 0,
          })),
        ),
      ],
    },
    fontSize: PAPER.small,
    margin: [0, 0, 0, 4],
    layout: {
      hLineWidth: (row: number) => (row === 1 ? 1.2 : 0.5),
      vLineWidth: () => 0,
      hLineColor: (row: number) => (row === 1 ? PAPER.ink : PAPER.line),
      // What follows begins at a distance from the figures that end beside it.
      paddingLeft: (column: number) => {
        if (shown[column - 1]?.kind !== 'amount') return 0;
        return shown[column].kind === 'amount' && columns.length > MANY ? 0 : 10;
      },
      paddingRight: () => (columns.length > MANY ? 4 : 6),
    },
  };
}

/** Text columns share the width; many columns are as wide as their header's longest word; two stay close together. */
function widthsIn(columns: readonly Column[]): (column: Column, index: number) => number | string {
  if (columns.length === 2) return (_, index) => (index === 0 ? 190 : 'auto');
  if (columns.length > MANY)
    return ({ name, kind }, index) => (index === 0 ? '*' : kind === 'text' ? 52 : widthUnder(name));
  return ({ kind }) => (kind === 'text' ? '*' : 'auto');
}

function widthUnder(name: string): number {
  const longest = Math.max(...name.split(' ').map(({ length }) => length));
  return longest > 8 ? 47 : longest > 7 ? 42 : longest > 5 ? 33 : 27;
}
