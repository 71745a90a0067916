/** A piece of text in one face. */
export interface Run {
  text: string;
  isBold?: boolean;
  isSoft?: boolean;
  /** Begins a line of its own. */
  isNewLine?: boolean;
}

/** What a paper of words is built of, whatever program writes it. */
export type TextBlock =
  | { kind: 'title'; text: string }
  /** `isShort`: one line is all that stands under it. */
  | { kind: 'heading'; level: 2 | 3; runs: Run[]; isShort?: boolean }
  | { kind: 'text'; runs: Run[] }
  /** A line above a list, on the same page as its beginning. */
  | { kind: 'lead'; runs: Run[] }
  | { kind: 'mark'; runs: Run[] }
  | { kind: 'list'; entries: Run[][] }
  | { kind: 'facts'; rows: { term: string; lines: string[] }[] }
  | { kind: 'table'; head: string[]; rows: string[][] };

/** A picture of figures, with what it says in words. */
export interface Chart {
  title: string;
  description: string;
  svg: string;
  width: number;
  height: number;
}

/** A part of a bar, in percentages of its width. */
export interface Segment {
  fill: string;
  x: string;
  width: string;
}

/** `word`: short, never broken; `number`: digits below each other; `bar`: a picture, for a screen. */
export interface Column {
  name: string;
  kind: 'text' | 'word' | 'number' | 'amount' | 'bar';
  /** What stands before its cells on a phone; nothing when empty. */
  label: string;
}

export interface Cell {
  runs: Run[];
  /** Of a bar below the words. */
  segments?: readonly Segment[];
  /** Of a bar in the place of words, in percentages. */
  width?: string;
}

/** The first cell of a row names it. `narrow`: what becomes of it on a phone: a card a row, its cells in pairs, or the same table. */
export interface FigureTable {
  narrow: 'cards' | 'pairs' | 'table';
  caption: string;
  columns: Column[];
  rows: Cell[][];
}

/** What a paper of figures has beside words. */
export type FigureBlock =
  /** What the paper is to answer, and what kind of paper it is. */
  | { kind: 'aim' | 'state'; text: string }
  /** What is to be known about what stands beside it. */
  | { kind: 'note'; text: string }
  /** In somebody's own words, whose line breaks are kept. */
  | { kind: 'typed'; text: string }
  | { kind: 'typedList'; texts: readonly string[] }
  | { kind: 'typedFacts'; rows: { term: string; lines: string[] }[] }
  | { kind: 'highlights'; figures: { figure: string; words: string }[] }
  | { kind: 'chart'; chart: Chart }
  /** One bar, and what its parts and those of all other bars mean. */
  | { kind: 'shares'; segments: readonly Segment[] }
  | ({ kind: 'figures' } & FigureTable)
  /** On paper what follows begins a page. */
  | { kind: 'page' };

/** What a screen or paper says in its own way, or not at all, is for that `only`. */
export type Block = (TextBlock | FigureBlock) & { only?: 'screen' | 'paper' };

export const plain = (text: string): Run => ({ text });
export const bold = (text: string): Run => ({ text, isBold: true });
export const soft = (text: string): Run => ({ text, isSoft: true });

export const heading = (text: string, isShort = false) =>
  ({ kind: 'heading', level: 2, runs: [plain(text)], isShort }) satisfies TextBlock;
export const subheading = (...runs: Run[]) => ({ kind: 'heading', level: 3, runs }) satisfies TextBlock;
export const sentence = (...runs: Run[]) => ({ kind: 'text', runs }) satisfies TextBlock;
export const listOf = (entries: Run[][]) => ({ kind: 'list', entries }) satisfies TextBlock;
export const note = (text: string) => ({ kind: 'note', text }) satisfies FigureBlock;

/** A column of a table of figures; on a phone its cells have its name before them unless another label is given. */
export const column = (name: string, kind: Column['kind'] = 'amount', label = name): Column => ({ name, kind, label });
export const cell = (value: string | number, ...more: Run[]): Cell => ({ runs: [plain(String(value)), ...more] });
export const cells = (...values: (string | number)[]): Cell[] => values.map((value) => cell(value));

/** Terms with what they are, in one line each. */
export const factsOf = (...rows: (readonly [term: string, line: string | number])[]) =>
  ({ kind: 'facts', rows: rows.map(([term, line]) => ({ term, lines: [String(line)] })) }) satisfies TextBlock;
