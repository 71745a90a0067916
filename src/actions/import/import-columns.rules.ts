import { type Column, COLUMNS } from '../action-table.rules.js';

/** What the columns of a kind of table are called. */
export interface Layout<C extends string> {
  columns: readonly C[];
  /** Other names by which they are known. */
  synonyms: Readonly<Record<string, C>>;
  /** Without these it is not such a table. */
  needed: readonly C[];
  /** In which a day may stand. */
  days: readonly C[];
}

/** A row of the file in our columns; a column that the file lacks is left out. */
export interface SheetRow<C extends string = Column> {
  /** Its number in the file, counted from 1. */
  at: number;
  cells: Partial<Record<C, string>>;
}

/** The columns in which a day may stand. */
export const DAYS: readonly Column[] = ['datum', 'wanneer', 'afgehandeld op'];
/** The names of the columns stand in one of so many rows. */
export const HEADER_WITHIN = 20;
const SYNONYMS: Record<string, Column> = {
  nummer: 'nr',
  actienummer: 'nr',
  wat: 'actie',
  actiepunt: 'actie',
  actiehouder: 'wie',
  deadline: 'wanneer',
  status: 'stand van zaken',
  afgehandeld: 'afgehandeld op',
  uitgesteld: 'aantal keren uitgesteld',
};
export const ACTION_LAYOUT: Layout<Column> = { columns: COLUMNS, synonyms: SYNONYMS, needed: ['actie'], days: DAYS };

/**
 * Finds the row with the names of the columns, titles above it allowed, and gives the rows below it in our columns; rows
 * without anything in them are left out. Undefined when no row names what is needed, or one names a column twice.
 */
export function inColumns<C extends string>(
  rows: readonly { at: number; cells: string[] }[],
  layout: Layout<C>,
): { rows: SheetRow<C>[]; unknown: string[] } | undefined {
  for (const [index, { cells }] of rows.slice(0, HEADER_WITHIN).entries()) {
    const columns = cells.map((name) => columnOf(name, layout));
    const known = columns.filter((column) => column !== undefined);
    if (!layout.needed.every((column) => known.includes(column))) continue;
    if (new Set(known).size !== known.length) return undefined;
    const found = rows.slice(index + 1).map(({ at, cells: own }) => ({ at, cells: byColumn(columns, own) }));
    return {
      rows: withDutchDays(found, layout.days).filter(({ cells: own }) =>
        columns.some((column) => column && own[column]!.trim() !== ''),
      ),
      unknown: cells.filter((name, n) => columns[n] === undefined && name.trim() !== ''),
    };
  }
  return undefined;
}

function columnOf<C extends string>(name: string, { columns, synonyms }: Layout<C>): C | undefined {
  const text = name
    .toLowerCase()
    .replaceAll(/[\s.:#_]+/g, ' ')
    .trim();
  return columns.find((column) => column === text) ?? (Object.hasOwn(synonyms, text) ? synonyms[text] : undefined);
}

function byColumn<C extends string>(
  columns: readonly (C | undefined)[],
  cells: readonly string[],
): Partial<Record<C, string>> {
  const found: Partial<Record<C, string>> = {};
  columns.forEach((column, n) => {
    if (column) found[column] = cells[n] ?? '';
  });
  return found;
}

const MONTH_FIRST = /^\s*(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})\s*$/;

/**
 * A spreadsheet set to English writes 02/15/2026. One day that can be read in no other way, and none that cannot be read
 * so, tells how the others are meant: 04/02 too would otherwise be taken for 4 February without a word.
 */
function withDutchDays<C extends string>(rows: SheetRow<C>[], columns: readonly C[]): SheetRow<C>[] {
  const days = rows.flatMap(({ cells }) => columns.map((column) => MONTH_FIRST.exec(cells[column] ?? '')));
  const isEnglish = days.some((day) => day && Number(day[2]) > 12) && !days.some((day) => day && Number(day[1]) > 12);
  if (!isEnglish) return rows;
  return rows.map(({ at, cells }) => {
    const turned = { ...cells };
    for (const column of columns) if (cells[column]) turned[column] = cells[column].replace(MONTH_FIRST, '$2-$1-$3');
    return { at, cells: turned };
  });
}
