import { type Column, type TableRow, toTableRow } from '../tables/action-table.rules.js';
import type { CreateUpdateDto } from '../history/action-updates.dto.js';
import type { ChangeActionDto } from '../actions.dto.js';
import type { ListedAction } from '../changes/change-request.js';
import { plain, type Question, type Read, readState, type Who } from './import-cells.rules.js';
import {
  changeOf,
  differencesIn,
  editOf,
  type ImportContext,
  type KnownAction,
  LONGEST_TITLE,
  refusals,
  themeOf,
} from './import-changes.rules.js';
import { type OldFacts, oldFacts } from './import-old.rules.js';
import { servedIn, sizeIn } from './import-served.rules.js';
import type { SheetRow } from './import-columns.rules.js';
import type { TableFormat } from '../../platform/common/media-types.js';

/**
 * What one row of the file would change.
 * @schema ActionImportRow
 */
export interface ProposedRow {
  row: number;
  number: string | null;
  title: string;
  outcome: 'new' | 'changed' | 'unchanged' | 'cannot';
  changes: { column: Column; from: string; to: string }[];
  questions: Question[];
  /** What differs, but cannot be changed by a file: the number of postponements and the notes of meetings. */
  remarks: Question[];
}

/** The same with the requests to execute. */
export interface PlannedRow extends ProposedRow {
  /** The names in it that match no organisation, and its cells, to reread them once these are resolved. */
  unknownNames?: string[];
  cells?: Partial<TableRow>;
  action?: { id: string; version: number };
  edit?: ChangeActionDto;
  update?: CreateUpdateDto;
  record?: { input: ListedAction; recordedOn: string };
  /** The row of the action that it follows on. */
  follows?: number;
  /** Its number in the list of another municipality, by which other rows may follow on it. */
  numberThere?: string;
  /** The action for which the row was taken in before. */
  before?: string;
}

/** What holds for an uploaded list as a whole. */
export interface Proposal {
  format: TableFormat;
  encoding: string | null;
  unknownColumns: string[];
  /** What the unmatched names turned out to mean: the ids of organisations. */
  readAs?: Record<string, string>;
  /** Once executed: the number of each action that was recorded or changed, by its row. */
  numbers?: Record<number, string>;
}

const OWN_NUMBER = /^[A-Z]{2,5}-V?\d{1,9}$/;

/** Whether it reads as the number of an action: "BOS-12", "BOS-V3". */
export const isActionNumber = (text: string): boolean => OWN_NUMBER.test(text);

/** What is left at the end of a text that was cut within a character. */
const HALF = /[\ud800-\udbff]$/;
const cut = (title: string): string =>
  `${title
    .slice(0, LONGEST_TITLE - 1)
    .replace(HALF, '')
    .trimEnd()}…`;

/**
 * Determines row by row what each would change. A known number refers to an action; a row with an unknown number, or
 * none, is a new action.
 */
export function rowPlanner(context: ImportContext): (row: SheetRow) => PlannedRow {
  const plan = planner(context);
  return (row) => {
    const planned = plan(row);
    const isWho = planned.questions.some(({ column }) => column === 'wie');
    const names = isWho ? context.unknownNames(row.cells.wie ?? '') : [];
    return names.length > 0 ? { ...planned, unknownNames: names, cells: row.cells } : planned;
  };
}

/** A name that matches no organisation, and the number of rows that have it. */
export interface UnknownName {
  name: string;
  rows: number;
}

/** The names that keep rows from being executed, most frequent first. */
export function unknownNamesIn(planned: readonly PlannedRow[]): UnknownName[] {
  const found = new Map<string, UnknownName>();
  for (const name of planned.flatMap((row) => row.unknownNames ?? [])) {
    const key = name.toLowerCase();
    const one = found.get(key) ?? { name, rows: 0 };
    one.rows += 1;
    found.set(key, one);
  }
  return [...found.values()].toSorted((one, other) => other.rows - one.rows);
}

/** What else to say of a row that follows on one that cannot be carried out. */
export function lostLinks(planned: readonly PlannedRow[]): (row: PlannedRow) => Question[] {
  const refusedRows = new Set(planned.flatMap(({ row, outcome }) => (outcome === 'cannot' ? row : [])));
  return ({ follows }) =>
    follows !== undefined && refusedRows.has(follows)
      ? [{ column: 'vervolg op', message: `Wordt niet overgenomen: regel ${follows} kan niet.` }]
      : [];
}

function planner(context: ImportContext): (row: SheetRow) => PlannedRow {
  const seen = new Set<string>();
  return ({ at, cells }) => {
    const number = plain(cells.nr ?? '').toUpperCase();
    const isOurs = context.known.has(number) || (OWN_NUMBER.test(number) && !context.isFromElsewhere(number));
    const numberThere = context.elsewhere.get(number) === at ? { numberThere: number } : {};
    const row = { row: at, number: isOurs ? number : null, title: plain(cells.actie ?? ''), ...numberThere };
    const cannot = (message: string): PlannedRow => refused(row, [{ column: 'nr', message }]);
    if (!isOurs) return planNew(row, cells, context);
    if (seen.has(number)) return cannot(`${number} staat vaker in deze lijst.`);
    seen.add(number);
    const known = context.known.get(number);
    if (!known) return cannot(`${number} is geen actie die u kent. Laat het nummer leeg voor een nieuwe actie.`);
    return planKnown({ ...row, title: row.title || known.line.title }, cells, known, context);
  };
}

type Head = Pick<PlannedRow, 'row' | 'number' | 'title' | 'numberThere'>;

const refused = (head: Head, questions: Question[]): PlannedRow => ({
  ...head,
  outcome: 'cannot',
  changes: [],
  questions,
  remarks: [],
});

function planNew(head: Head, cells: Partial<TableRow>, context: ImportContext): PlannedRow {
  const { today, areaId } = context;
  const questions: Question[] = [];
  const value = <T>(column: Column, read: Read<T>): T | undefined => {
    if ('value' in read) return read.value;
    questions.push({ column, message: read.question });
    return undefined;
  };
  if (areaId === null) {
    questions.push({ column: null, message: 'Zeg in welk gebied van u nieuwe acties horen (area).' });
  }
  if (head.title === '') questions.push({ column: 'actie', message: 'Wat moet er gebeuren?' });
  const asked = (message: string) => ({ question: message });
  const who = value<Who>('wie', cells.wie?.trim() ? context.readWho(cells.wie) : asked('Wie doet het?'));
  const old = oldFacts(cells, today, questions);
  const { recordedOn, when, update } = old;
  const theme = themeOf(cells, questions);
  const follows = context.elsewhere.get(plain(cells['vervolg op'] ?? '').toUpperCase());
  if (follows === head.row) questions.push({ column: 'vervolg op', message: 'Dit is het nummer van de regel zelf.' });
  const served = servedIn(cells, (column) => column !== 'vervolg op' || !follows, context, questions);
  const size = sizeIn(cells['omvang resultaat'] ?? '', update ?? {}, questions);
  if (questions.length > 0 || !who || !when) return refused(head, questions);
  const isLong = head.title.length > LONGEST_TITLE;
  const input: ListedAction = {
    title: isLong ? cut(head.title) : head.title,
    ...(theme ? { theme } : {}),
    areaId: areaId!,
    ownerId: who.ownerId,
    coOwnerIds: who.coOwnerIds,
    dueKind: when.dueKind,
    ...(when.dueOn ? { dueOn: when.dueOn } : {}),
    ...served,
    ...(isLong ? { details: [head.title, served.details].filter(Boolean).join('\n\n') } : {}),
  } as ListedAction;
  return {
    ...head,
    outcome: 'new',
    changes: readAs(cells, old),
    questions,
    remarks: [],
    record: { input, recordedOn },
    ...(follows ? { follows } : {}),
    ...(update ? { update: { ...update, ...(size ? { resultSize: size } : {}) } } : {}),
  };
}

/** How the cells that are interpreted were read. */
function readAs(cells: Partial<TableRow>, { when, update, note }: OldFacts): ProposedRow['changes'] {
  const { status, comment } = update ?? {};
  const state = plain(cells['stand van zaken'] ?? '');
  const isDay = when?.dueKind !== 'asap' || note === null;
  const read: [Column, string][] = [
    ['wie', plain(cells.wie ?? '')],
    ['wanneer', isDay ? plain(cells.wanneer ?? '') : ''],
    ['stand van zaken', status || !comment || state === '' ? state : `${state} (wordt een opmerking)`],
    ['stand van zaken', note === null ? '' : `${note} (wordt een opmerking)`],
    ['afgehandeld op', update?.effectiveOn ? plain(cells['afgehandeld op']!) : ''],
  ];
  return read.filter(([, to]) => to !== '').map(([column, to]) => ({ column, from: '', to }));
}

function planKnown(head: Head, cells: Partial<TableRow>, known: KnownAction, context: ImportContext): PlannedRow {
  const { line, may } = known;
  const { changes, remarks } = differencesIn(cells, toTableRow(line));
  const changed = new Set(changes.map(({ column }) => column));
  const isRepeated = changed.has('stand van zaken') && readState(cells['stand van zaken']!).status === null;
  if (isRepeated && plain(cells['stand van zaken']!) === plain(known.lastComment ?? ''))
    changed.delete('stand van zaken');
  const left = changes.filter(({ column }) => changed.has(column));
  if (left.length === 0) return { ...head, outcome: 'unchanged', changes: [], questions: [], remarks };
  const questions = refusals(changed, may);
  const at = { ...context, areaId: line.areaId };
  const edit = { ...editOf(cells, changed, questions), ...servedIn(cells, (one) => changed.has(one), at, questions) };
  const update = changeOf(cells, changed, line, context, questions, edit);
  if (changed.has('omvang resultaat')) {
    const { status, result } = { ...line, ...update };
    const size = sizeIn(cells['omvang resultaat']!, { status, result }, questions);
    if (size) update.resultSize = size;
  }
  if (may === 'answer' && (Object.keys(edit).length > 0 || update.ownerId)) {
    questions.push({
      column: null,
      message: 'Dit wijzigt alleen de voorzitter: u geeft de stand en het resultaat door.',
    });
  }
  if (questions.length > 0) return { ...refused(head, questions), changes: left, remarks };
  return {
    ...head,
    outcome: 'changed',
    changes: left,
    questions,
    remarks,
    action: { id: line.id, version: line.version },
    ...(Object.keys(edit).length > 0 ? { edit } : {}),
    ...(Object.keys(update).length > 0 ? { update } : {}),
  };
}
