import { type Column, COLUMNS, type TableRow } from '../actions/action-table.rules.js';

/** A row of the file in our columns; a column that the file lacks is left out. */
export interface SheetRow {
  /** Its number in the file, counted from 1. */
  at: number;
  cells: Partial<TableRow>;
}

/** The columns in which a day may stand. */
export const DAYS: readonly Column[] = ['datum', 'wanneer', 'afgehandeld op'];
const HEADER_WITHIN = 20;
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

/**
 * Finds the row with the names of the columns, titles above it allowed, and gives the rows below it in our columns; rows
 * without anything in them are left out. Undefined when no row names `actie`, or one names a column twice.
 */
export function inColumns(
  rows: readonly { at: number; cells: string[] }[],
): { rows: SheetRow[]; unknown: string[] } | undefined {
  for (const [index, { cells }] of rows.slice(0, HEADER_WITHIN).entries()) {
    const columns = cells.map(columnOf);
    const known = columns.filter((column) => column !== undefined);
    if (!known.includes('actie')) continue;
    if (new Set(known).size !== known.length) return undefined;
    const found = rows.slice(index + 1).map(({ at, cells: own }) => ({ at, cells: byColumn(columns, own) }));
    return {
      rows: withDutchDays(found).filter((row) => Object.values(row.cells).some((cell) => cell.trim() !== '')),
      unknown: cells.filter((name, n) => columns[n] === undefined && name.trim() !== ''),
    };
  }
  return undefined;
}

function columnOf(name: string): Column | undefined {
  const text = name
    .toLowerCase()
    .replaceAll(/[\s.:#_]+/g, ' ')
    .trim();
  return COLUMNS.find((column) => column === text) ?? (Object.hasOwn(SYNONYMS, text) ? SYNONYMS[text] : undefined);
}

function byColumn(columns: readonly (Column | undefined)[], cells: readonly string[]): Partial<TableRow> {
  const found: Partial<TableRow> = {};
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
function withDutchDays(rows: SheetRow[]): SheetRow[] {
  const days = rows.flatMap(({ cells }) => DAYS.map((column) => MONTH_FIRST.exec(cells[column] ?? '')));
  const isEnglish = days.some((day) => day && Number(day[2]) > 12) && !days.some((day) => day && Number(day[1]) > 12);
  if (!isEnglish) return rows;
  return rows.map(({ at, cells }) => ({
    at,
    cells: Object.fromEntries(
      Object.entries(cells).map(([column, cell]) => [
        column,
        DAYS.includes(column as Column) ? cell.replace(MONTH_FIRST, '$2-$1-$3') : cell,
      ]),
    ),
  }));
}
