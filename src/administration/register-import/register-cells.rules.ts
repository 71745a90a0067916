import { dayCell, LIKE_A_VALUE } from '../../actions/tables/action-table.rules.js';
import { BUDGET_IN, INITIATIVE_IN, valuesIn } from '../../budget/tables/budget-tables.rules.js';
import { plain } from '../../actions/import/import-cells.rules.js';
import type { Cells, RegisterColumn } from './register-columns.rules.js';

/**
 * A violation in a row with its column; in Dutch, because it is meant for the author of the file.
 * @schema RegisterImportViolation
 */
export interface Violation {
  column: RegisterColumn | null;
  message: string;
}

/** A row that cannot be imported, with all its violations. */
export class RefusedRow extends Error {
  constructor(readonly violations: Violation[]) {
    super('This row cannot be imported.');
  }
}

/** @schema RegisterImportChange */
export interface Change {
  column: RegisterColumn;
  from: string;
  to: string;
}

/** The changes the cells make to the current values: empty cells change nothing, and spaces are ignored. */
export function changesBetween(before: Cells, after: Cells): Change[] {
  return (Object.keys(after) as RegisterColumn[])
    .map((column) => ({ column, from: before[column] ?? '', to: after[column] ?? '' }))
    .filter(({ from, to }) => to !== '' && plain(from) !== plain(to));
}

/** Characters that separate names in a cell. */
const BETWEEN_NAMES = /[,;|]/;

/** Names separated by commas, or one per line if there are several lines. */
export function readNames(cell: string): string[] {
  const parts = cell.split(/[\r\n]/.test(cell) ? /[\r\n]+/ : BETWEEN_NAMES).map(plain);
  return [...new Set(parts.filter((part) => part !== ''))];
}

/** The inverse of `readNames`: one per line if a name contains a separator. */
export const namesCell = (names: readonly string[]): string =>
  names.some((name) => BETWEEN_NAMES.test(name)) ? names.map((name) => `${name}\n`).join('') : names.join(', ');

/** "2025 1800, 2026 1.810" as inhabitants per year, or the part that cannot be read. */
export function readInhabitants(text: string): Record<string, number> | string {
  const found: Record<string, number> = {};
  for (const part of text.split(BETWEEN_NAMES).map((one) => one.trim())) {
    const [, year, count] = /^(\d{4})[\s:=]+(\d[\d.\s]*)$/.exec(part) ?? [];
    if (!year) return part;
    found[year] = Number(count.replaceAll(/[.\s]/g, ''));
  }
  return found;
}

export const inhabitantsCell = (inhabitants: Record<string, number> | null): string =>
  Object.entries(inhabitants ?? {})
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([year, count]) => `${year} ${count}`)
    .join(', ');

export const yesOrNoCell = (value: boolean | undefined): string => (value === undefined ? '' : value ? 'ja' : 'nee');
export const dayOrNothing = (day: string | null | undefined): string => dayCell(day ?? null);

/** Columns with days, years or amounts, which a spreadsheet may read as such. */
const VALUES: ReadonlySet<RegisterColumn> = new Set([
  ...(['vanaf', 'tot en met'] as const),
  ...valuesIn(BUDGET_IN),
  ...valuesIn(INITIATIVE_IN),
]);

export const cellsOf = (columns: readonly RegisterColumn[], cells: Cells): string[] =>
  columns.map((column) => cells[column] ?? '');

/** The same for CSV: an apostrophe keeps spreadsheets from reading text as a number or a date. */
export const csvCells = (columns: readonly RegisterColumn[], cells: Cells): string[] =>
  columns.map((column) => {
    const cell = cells[column] ?? '';
    return !VALUES.has(column) && LIKE_A_VALUE.test(cell) ? `'${cell}` : cell;
  });

/** The period a row refers to: the one that begins on its day; without a day, the first that has not ended. */
export function periodMeant<P extends { fromOn: string; untilOn: string | null }>(
  periods: readonly P[],
  fromOn: string | undefined,
  today: string,
): P | undefined {
  const real = periods.filter((one) => one.untilOn === null || one.untilOn >= one.fromOn);
  return real.find((one) => (fromOn ? one.fromOn === fromOn : one.untilOn === null || one.untilOn >= today));
}

/** Areas with every parent before its children, so that a row can refer to an earlier one. */
export function parentsFirst<A extends { code: string; parentCode: string | null }>(areas: readonly A[]): A[] {
  const codes = new Set(areas.map(({ code }) => code));
  const below = (parent: string | null): A[] =>
    areas
      .filter(({ parentCode }) => (parentCode !== null && codes.has(parentCode) ? parentCode : null) === parent)
      .flatMap((area) => [area, ...below(area.code)]);
  return below(null);
}
