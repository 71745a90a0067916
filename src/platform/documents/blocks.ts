/** A piece of text in one style. */
export interface Run {
  text: string;
  isBold?: boolean;
  isSoft?: boolean;
  /** Starts on a new line. */
  isNewLine?: boolean;
}

/** The text blocks of a document, independent of its format. */
export type TextBlock =
  | { kind: 'title'; text: string }
  | { kind: 'heading'; level: 2 | 3; runs: Run[] }
  | { kind: 'text'; runs: Run[] }
  /** A line above a list, kept on the page where the list begins. */
  | { kind: 'lead'; runs: Run[] }
  | { kind: 'mark'; runs: Run[] }
  | { kind: 'list'; entries: Run[][] }
  | { kind: 'facts'; rows: { term: string; lines: string[] }[] }
  | { kind: 'table'; head: string[]; rows: string[][] };

/** A chart with a description in words. */
export interface Chart {
  title: string;
  description: string;
  svg: string;
  /** The same, drawn for a phone. */
  narrow: string;
  /** What it shows in one sentence, printed below it. */
  says?: string;
  width: number;
  height: number;
}

/** A photo on paper; `source` is a `data:` URL. */
export interface Photo {
  caption: string;
  source: string;
}

/** A segment of a bar, in per cent of its width. */
interface Segment {
  fill: string;
  x: string;
  width: string;
}

/** `word`: short, never broken; `number`: tabular digits; `bar`: a drawing, for the screen only. */
export interface Column {
  name: string;
  kind: 'text' | 'word' | 'number' | 'amount' | 'bar';
  /** Its cells' label on a phone; none if empty. */
  label: string;
}

export interface Cell {
  runs: Run[];
  /** A bar below the text. */
  segments?: readonly Segment[];
  /** A bar instead of text, in per cent. */
  width?: string;
}

/** The first cell is the row header. `narrow`: on a phone, one card per row, pairs of cells, or the same table. */
export interface FigureTable {
  narrow: 'cards' | 'pairs' | 'table';
  caption: string;
  columns: Column[];
  rows: Cell[][];
}

/** Further blocks, for documents with figures. */
type FigureBlock =
  /** The question the document answers, and its status. */
  | { kind: 'aim' | 'state'; text: string }
  /** Background on the block next to it. */
  | { kind: 'note'; text: string }
  /** Text written by users, with its line breaks. */
  | { kind: 'typed'; text: string }
  | { kind: 'typedList'; texts: readonly string[] }
  | { kind: 'typedFacts'; rows: { term: string; lines: string[] }[] }
  | { kind: 'highlights'; figures: { figure: string; words: string }[] }
  | { kind: 'chart'; chart: Chart }
  /** For the PDF only. */
  | { kind: 'photos'; photos: readonly Photo[] }
  /** One bar, with a legend for all bars. */
  | { kind: 'shares'; segments: readonly Segment[] }
  | ({ kind: 'figures' } & FigureTable)
  /** Page break, on paper. */
  | { kind: 'page' };

/** `only` restricts a block to screen or paper. */
export type Block = (TextBlock | FigureBlock) & { only?: 'screen' | 'paper' };

export const plain = (text: string): Run => ({ text });
export const bold = (text: string): Run => ({ text, isBold: true });
export const soft = (text: string): Run => ({ text, isSoft: true });

export const heading = (text: string) => ({ kind: 'heading', level: 2, runs: [plain(text)] }) satisfies TextBlock;
export const subheading = (...runs: Run[]) => ({ kind: 'heading', level: 3, runs }) satisfies TextBlock;
export const sentence = (...runs: Run[]) => ({ kind: 'text', runs }) satisfies TextBlock;
export const listOf = (entries: Run[][]) => ({ kind: 'list', entries }) satisfies TextBlock;
export const note = (text: string) => ({ kind: 'note', text }) satisfies FigureBlock;

/** A column of a table of figures; on a phone its name is the label of its cells, unless another is given. */
export const column = (name: string, kind: Column['kind'] = 'amount', label = name): Column => ({ name, kind, label });
export const cell = (value: string | number, ...more: Run[]): Cell => ({ runs: [plain(String(value)), ...more] });
export const cells = (...values: (string | number)[]): Cell[] => values.map((value) => cell(value));

/** Facts: a term and a one-line value each. */
export const factsOf = (...rows: (readonly [term: string, line: string | number])[]) =>
  ({ kind: 'facts', rows: rows.map(([term, line]) => ({ term, lines: [String(line)] })) }) satisfies TextBlock;
