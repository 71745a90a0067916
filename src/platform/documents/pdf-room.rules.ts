import type { Block, Column, FigureTable, Run } from './blocks.js';
import { ASCENT, DESCENT } from './pdf-typeface.js';
import { PAPER } from '../rendering/tokens.js';

/** The text width of our documents, in points, and the widths of the columns of a list of actions. */
const WIDTH = 470;
const ACTION_WIDTHS = [50, 206, 104, 92];
const TERM_WIDTH = 84;
/** Of a column of figures, and of one of words, in a table of a few columns and of many. */
const AMOUNT_WIDTH = { few: 50, many: 40 };
const WORDS_WIDTH = { few: 50, many: 52 };
/** With more columns than this, there is room for bare figures only. */
export const MANY = 7;
const BULLET_WIDTH = 12;

/** Sections of up to this height are kept on one page; an agenda item takes less of it than a table under its heading. */
const MOST_KEPT = { 2: 230, 3: 130 } as const;
/** What a heading needs below it if its section is too long to be kept. */
const UNDER = 70;
/** A longer list item or paragraph can break. */
const MOST_LINES = 4;

/** With the line height of minutes, the widest of our documents; a character takes half its size on average, at most. */
const lineHeight = (size: number): number => ((size * (ASCENT - DESCENT)) / 1000) * 1.25;
const linesIn = (text: string, width: number, size: number): number =>
  text.split('\n').reduce((sum, part) => sum + Math.max(1, Math.ceil((part.length * size * 0.5) / width)), 0);

const wordsOf = (runs: readonly Run[]): string =>
  runs.map(({ text, isNewLine }) => (isNewLine ? `\n${text}` : text)).join('');

const textHeight = (text: string, width = WIDTH, size: number = PAPER.text): number =>
  linesIn(text, width, size) * lineHeight(size);

/** The room that a paragraph or list item needs to stay on one page; undefined if it is too long for that. */
export function roomForText(text: string): number | undefined {
  const lines = linesIn(text, WIDTH - BULLET_WIDTH, PAPER.text);
  return lines > 1 && lines <= MOST_LINES ? lines * lineHeight(PAPER.text) : undefined;
}

export const roomForRuns = (runs: readonly Run[]): number | undefined => roomForText(wordsOf(runs));

/** The room that each entry of the list at this place needs, the last one with the note below the list. */
export function roomsForEntries(blocks: readonly Block[], place: number): (number | undefined)[] {
  const list = blocks[place];
  if (list.kind !== 'list') return [];
  const below = blocks.slice(place + 1).find(({ only }) => only !== 'screen');
  const noteRoom = below?.kind === 'note' ? textHeight(below.text, WIDTH, PAPER.small) + 8 : 0;
  return list.entries.map((runs, index) =>
    noteRoom > 0 && index === list.entries.length - 1
      ? textHeight(wordsOf(runs), WIDTH - BULLET_WIDTH) + noteRoom
      : roomForRuns(runs),
  );
}

/** Blocks after which a table begins something of its own; after others, it is kept with their heading. */
const BEFORE_TABLE = new Set<Block['kind']>(['chart', 'figures', 'list', 'highlights', 'facts', 'photos']);

/** The room that the block at this place needs to stay on one page, alone or with its section; undefined if it may break. */
export function roomForBlock(blocks: readonly Block[], place: number): number | undefined {
  const { kind } = blocks[place];
  if (kind !== 'table' && kind !== 'figures') return roomForSection(blocks, place);
  const before = blocks.slice(0, place).findLast(({ only }) => only !== 'screen');
  const room = heightOf(blocks[place]);
  return before && BEFORE_TABLE.has(before.kind) && room <= MOST_KEPT[2] ? room : undefined;
}

/**
 * The room that the heading at this place needs to stay on one page with the whole of its section, estimated; undefined
 * if the section is long or holds pictures. An estimate that is wrong only moves a page break.
 */
export function roomForSection(blocks: readonly Block[], place: number): number | undefined {
  const heading = blocks[place];
  if (heading.kind !== 'heading' && heading.kind !== 'lead') return undefined;
  const most = MOST_KEPT[heading.kind === 'heading' ? heading.level : 3];
  let room = heightOf(heading);
  for (let next = place + 1; next < blocks.length; next += 1) {
    const block = blocks[next];
    if (block.only === 'screen') continue;
    // A heading right below another one stays with it.
    if (block.kind === 'heading' && room === heightOf(heading)) return room + (roomForSection(blocks, next) ?? UNDER);
    if (['heading', 'chart', 'page', 'lead'].includes(block.kind)) break;
    room += heightOf(block);
    if (room > most) return undefined;
  }
  return room;
}

function heightOf(block: Block): number {
  switch (block.kind) {
    case 'heading':
      return block.level === 2 ? 36 : 28;
    case 'lead':
    case 'text':
      return textHeight(wordsOf(block.runs)) + 4;
    case 'typed':
    case 'note':
      return textHeight(block.text) + 4;
    case 'mark':
      return textHeight(wordsOf(block.runs)) + 10;
    case 'list':
      return block.entries.reduce((sum, runs) => sum + textHeight(wordsOf(runs), WIDTH - BULLET_WIDTH), 4);
    case 'typedList':
      return block.texts.reduce((sum, text) => sum + textHeight(text, WIDTH - BULLET_WIDTH), 4);
    case 'facts':
    case 'typedFacts':
      return block.rows.reduce((sum, { lines }) => sum + textHeight(lines.join('\n'), WIDTH - TERM_WIDTH) + 3, 8);
    case 'table':
      return [block.head, ...block.rows].reduce((sum, row) => sum + highest(row, ACTION_WIDTHS, PAPER.text) + 8, 6);
    case 'figures':
      return figuresHeight(block);
    default:
      return Infinity;
  }
}

const highest = (cells: readonly string[], widths: readonly number[], size: number): number =>
  Math.max(...cells.map((text, index) => textHeight(text, widths[index], size)));

function widthsOf(columns: readonly Column[]): number[] {
  const size = columns.length > MANY ? 'many' : 'few';
  const isText = ({ kind }: Column) => kind === 'text';
  const texts = columns.filter(isText).length;
  const rest = WIDTH - (columns.length - texts) * AMOUNT_WIDTH[size];
  const first = size === 'many' ? rest - (texts - 1) * WORDS_WIDTH.many : rest / texts;
  const others = size === 'many' ? WORDS_WIDTH.many : first;
  return columns.map((one, index) => (isText(one) ? Math.max(WORDS_WIDTH.few, index > 0 ? others : first) : Infinity));
}

function figuresHeight({ columns, rows }: FigureTable): number {
  const widths = widthsOf(columns);
  return rows.reduce(
    (sum, cells) =>
      sum +
      highest(
        cells.map(({ runs }) => wordsOf(runs)),
        widths,
        PAPER.small,
      ) +
      5,
    lineHeight(PAPER.fine) * 2 + 8,
  );
}
