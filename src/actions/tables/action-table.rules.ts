import type { SheetColumn } from '../../platform/rendering/tables.js';
import type { ActionLine, PublicActionLine } from '../actions.views.js';
import type { SessionNote } from '../discussions/session-notes.js';
import type { Domains } from './domains.rules.js';
import { needsReason } from '../statuses.rules.js';
import type { Action } from '../action.entity.js';
import { CONTRIBUTION_WORDS, DUE_WORDS, SIZE_WORDS, STATUS_WORDS } from '../words.js';

/** The columns in which action lists are exported and imported. */
export const COLUMNS = [
  'nr',
  'datum',
  'onderwerp',
  'actie',
  'wie',
  'wanneer',
  'stand van zaken',
  'afgehandeld op',
  'aantal keren uitgesteld',
  'gevraagd door',
  'doel',
  'opgave',
  'verwacht resultaat',
  'bijdrage',
  'vervolg op',
  'omvang resultaat',
  'bijzonderheden',
  'kenmerk',
  'besproken',
] as const;
/** @schema ActionColumn */
export type Column = (typeof COLUMNS)[number];
/** Exported only, because it follows from the theme. */
export const DOMAIN_COLUMN = 'domein';
const EXPORT_COLUMNS = [...COLUMNS.slice(0, -1), DOMAIN_COLUMN, 'besproken'] as (Column | typeof DOMAIN_COLUMN)[];
type ExportColumn = (typeof EXPORT_COLUMNS)[number];
export type TableRow = Record<ExportColumn, string>;

/** The columns of a table; that of the domain only where the municipality has domains. */
export const exportColumns = (domains: Domains): ExportColumn[] =>
  EXPORT_COLUMNS.filter((column) => column !== DOMAIN_COLUMN || domains.size > 0);

/** The columns that may contain a day. */
export const DAY_COLUMNS: readonly Column[] = ['datum', 'wanneer', 'afgehandeld op'];
const isDay = (column: ExportColumn): boolean => DAY_COLUMNS.some((one) => one === column);

/** The columns of the workbook: deadlines that are not a date ("z.s.m.") stay text. */
export const sheetColumns = (columns: readonly ExportColumn[]): SheetColumn[] =>
  columns.map((title) => ({
    title,
    kind: isDay(title) ? 'day' : title === 'aantal keren uitgesteld' ? 'number' : 'text',
  }));

/** `2026-06-02` as `02-06-2026`, which every Dutch spreadsheet recognises as a date. */
export const dayCell = (day: string | null): string => (day === null ? '' : day.split('-').toReversed().join('-'));

/** What is read of an action for its row in a table, besides its row in a list. */
export const ALSO_IN_TABLES = [
  ...(['details', 'reference', 'expectedResult', 'contribution', 'realisation', 'resultSize'] as const),
] satisfies (keyof Action)[];

/** The same, with what the action serves as far as the reader may know it: names, not ids. */
export interface ServedCells extends Pick<Action, (typeof ALSO_IN_TABLES)[number]> {
  requestedByName: string | null;
  goalTitle: string | null;
  opgaveTitle: string | null;
  followsOnNumber: string | null;
}

/** A line of a table; without what it serves if it is visible as public only. */
export type TableLine = (ActionLine | PublicActionLine) & {
  served?: ServedCells;
  notes?: readonly SessionNote[];
  domain?: string | null;
};

/** An action in the columns of the list. For one visible as public only, unpublished fields are empty. */
export function toTableRow(action: TableLine): TableRow {
  const { number, title, ownerName, dueKind, dueOn, served, notes = [] } = action;
  const full = 'version' in action ? action : undefined;
  const names = [ownerName, ...(full?.coOwners.map(({ name }) => name) ?? [])].filter((name) => name !== null);
  return {
    nr: number,
    datum: dayCell(full?.recordedOn ?? null),
    onderwerp: full?.theme ?? '',
    actie: title,
    wie: names.join(' + '),
    wanneer: dueKind === null ? '' : dueKind === 'date' ? dayCell(dueOn) : DUE_WORDS[dueKind],
    'stand van zaken': stateCell(action, full?.statusReason ?? null, full?.resumeOn ?? null),
    'afgehandeld op': dayCell(full?.doneOn ?? null),
    'aantal keren uitgesteld': full ? String(full.postponements) : '',
    'gevraagd door': served?.requestedByName ?? '',
    doel: served?.goalTitle ?? '',
    opgave: served?.opgaveTitle ?? '',
    'verwacht resultaat': served?.expectedResult ?? '',
    bijdrage: served?.contribution ? CONTRIBUTION_WORDS[served.contribution] : '',
    'vervolg op': served?.followsOnNumber ?? '',
    'omvang resultaat': served?.resultSize ? SIZE_WORDS[served.resultSize] : '',
    bijzonderheden: served?.details ?? '',
    kenmerk: served?.reference ?? '',
    [DOMAIN_COLUMN]: action.domain ?? '',
    besproken: notes.map(({ heldOn, note }) => `${dayCell(heldOn)}: ${note}`).join(' | '),
  };
}

/** Follows the status word of what was done for a part. */
export const PARTLY = 'deels gelukt';

/** "stokt: wacht op de vergunning", "wacht tot 01-09-2026: winter", "gereed, deels gelukt: twee lampen geplaatst". */
function stateCell(action: TableLine, reason: string | null, resumeOn: string | null): string {
  const { status, result } = action;
  const until = status === 'on_hold' && resumeOn !== null ? ` tot ${dayCell(resumeOn)}` : '';
  const words = status === 'done' ? result : needsReason(status) ? reason : null;
  const partly = status === 'done' && action.served?.realisation === 'partial' ? `, ${PARTLY}` : '';
  return `${STATUS_WORDS[status]}${until}${partly}${words ? `: ${words}` : ''}`;
}

export const cellsOf = (row: TableRow, columns: readonly ExportColumn[]): string[] =>
  columns.map((column) => row[column]);

/** The columns whose cells are not just what somebody typed: numbers, days, fixed words, and notes after their day. */
const COMPOSED: ReadonlySet<ExportColumn> = new Set([
  ...(['nr', 'datum', 'wanneer', 'afgehandeld op', 'aantal keren uitgesteld'] as const),
  ...(['bijdrage', 'omvang resultaat', 'besproken'] as const),
]);
const MONTH =
  '(?:jan(?:uar[iy])?|feb(?:ruar[iy])?|mrt|maart|mar(?:ch)?|apr(?:il)?|mei|may|jun[ie]?|jul[iy]?|aug(?:ustu?s?t?)?|sept?(?:ember)?|o[kc]t(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
/**
 * Text that a spreadsheet takes for a number, amount, day, month, time or boolean, and would write back differently.
 */
export const LIKE_A_VALUE = new RegExp(
  `^(?:\\(?[\\d.,:/% €$-]*\\d[\\d.,:/% €$-]*\\)?(?: ?[ap]m?|e[+-]?\\d+)?|\\d{1,2}[ -]?${MONTH}(?:[ -]\\d{2,4})?|${MONTH}[ -]\\d{1,4}(?:, ?\\d{2,4})?|true|false|waar|onwaar)$`,
  'i',
);

/** The same for CSV, in which nothing marks a cell as text: an apostrophe prevents evaluation. */
export const csvCellsOf = (row: TableRow, columns: readonly ExportColumn[]): string[] =>
  columns.map((column) => (!COMPOSED.has(column) && LIKE_A_VALUE.test(row[column]) ? `'${row[column]}` : row[column]));
