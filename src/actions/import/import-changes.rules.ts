import { type Column, DAY_COLUMNS, type ServedCells, type TableRow } from '../tables/action-table.rules.js';
import type { CreateUpdateDto } from '../history/action-updates.dto.js';
import type { ChangeActionDto } from '../actions.dto.js';
import type { ActionLine } from '../actions.views.js';
import { isClosed, needsReason } from '../statuses.rules.js';
import { FIXED_COLUMN_WORDS } from '../words.js';
import {
  plain,
  type Question,
  type Read,
  readDay,
  readState,
  type ReadState,
  readWhen,
  type Who,
} from './import-cells.rules.js';
import type { ServedFacts } from './import-served.rules.js';

/** An action that the list may refer to, and how far the caller may change it. */
export interface KnownAction {
  line: ActionLine & { served?: ServedCells };
  lastComment: string | null;
  may: 'write' | 'answer' | 'nothing';
}

export interface ImportContext extends ServedFacts {
  known: ReadonlyMap<string, KnownAction>;
  readWho: (cell: string) => Read<Who>;
  /** The names in a cell that match no organisation. */
  unknownNames: (cell: string) => string[];
  /** Whether this is the number of an action elsewhere: no number of its series was ever assigned here. */
  isFromElsewhere: (number: string) => boolean;
  /** The rows of the file with such a number, also those that are not read again. */
  elsewhere: ReadonlyMap<string, number>;
  /** The area of new actions; null if none was given or the caller may not record there. */
  areaId: string | null;
  today: string;
}

export const LONGEST_TITLE = 200;
const LONGEST_THEME = 100;

/** Whether a cell changes nothing: it is empty, or has the same date in another notation. */
function isSame(column: Column, before: string, cell: string): boolean {
  const after = plain(cell);
  if (after === '' || after === plain(before)) return true;
  if (DAY_COLUMNS.includes(column)) return readDay(after) !== undefined && readDay(after) === readDay(before);
  return column === 'aantal keren uitgesteld' && Number(after) === Number(before);
}

/** What a row says differently: what would change, and what cannot, with the reason. */
export function differencesIn(cells: Partial<TableRow>, before: TableRow) {
  const columns = Object.keys(cells) as Column[];
  const different = columns.filter((column) => column !== 'nr' && !isSame(column, before[column], cells[column]!));
  return {
    changes: different
      .filter((column) => !FIXED_COLUMN_WORDS[column])
      .map((column) => ({ column, from: before[column], to: plain(cells[column]!) })),
    remarks: different
      .filter((column) => FIXED_COLUMN_WORDS[column])
      .map((column): Question => ({
        column,
        message: `${FIXED_COLUMN_WORDS[column]}. Hier staat: ${before[column] || 'niets'}.`,
      })),
  };
}

export function refusals(changed: ReadonlySet<Column>, may: KnownAction['may']): Question[] {
  const questions: Question[] = [];
  if (may === 'nothing') questions.push({ column: null, message: 'Deze actie is niet van u.' });
  if (changed.has('datum'))
    questions.push({ column: 'datum', message: 'De datum waarop het is afgesproken ligt vast.' });
  return questions;
}

export function themeOf(cells: Partial<TableRow>, questions: Question[]): string {
  const theme = plain(cells.onderwerp ?? '');
  if (theme.length > LONGEST_THEME) {
    questions.push({ column: 'onderwerp', message: `Het onderwerp is langer dan ${LONGEST_THEME} tekens.` });
  }
  return theme;
}

export function editOf(cells: Partial<TableRow>, changed: ReadonlySet<Column>, questions: Question[]): ChangeActionDto {
  const edit: ChangeActionDto = {};
  if (changed.has('onderwerp')) edit.theme = themeOf(cells, questions);
  if (changed.has('actie')) {
    edit.title = plain(cells.actie!);
    if (edit.title.length > LONGEST_TITLE) {
      questions.push({ column: 'actie', message: `De actie is langer dan ${LONGEST_TITLE} tekens. Kan het korter?` });
    }
  }
  return edit;
}

/** The update requested by a changed row; co-owners are an edit and are added there. */
export function changeOf(
  cells: Partial<TableRow>,
  changed: ReadonlySet<Column>,
  line: ActionLine,
  { readWho, today }: ImportContext,
  questions: Question[],
  edit: ChangeActionDto,
): CreateUpdateDto {
  const state = changed.has('stand van zaken') ? readState(cells['stand van zaken']!) : readState('');
  const doneOn = changed.has('afgehandeld op') ? plain(cells['afgehandeld op']!) : '';
  const update = updateOf(state, doneOn, line, line.recordedOn, today, questions) ?? {};
  if (changed.has('wie')) {
    const who = readWho(cells.wie!);
    if ('question' in who) questions.push({ column: 'wie', message: who.question });
    else {
      if (who.value.ownerId !== line.ownerId) update.ownerId = who.value.ownerId;
      const before = line.coOwners.map(({ id }) => id);
      const { coOwnerIds } = who.value;
      if (coOwnerIds.length !== before.length || coOwnerIds.some((id) => !before.includes(id)))
        edit.coOwnerIds = coOwnerIds;
    }
  }
  if (changed.has('wanneer')) {
    const when = readWhen(cells.wanneer!, today);
    if ('question' in when) questions.push({ column: 'wanneer', message: when.question });
    else if (when.value.dueKind !== line.dueKind || when.value.dueOn !== line.dueOn) {
      const { dueKind, dueOn } = when.value;
      Object.assign(update, { dueKind, ...(dueOn ? { dueOn } : {}) });
      const isLater = line.dueOn !== null && (dueOn === null || dueOn > line.dueOn);
      if (isLater && state.words) update.reason ??= state.words;
      if (isLater && isClosed(line.status) && isClosed(update.status ?? line.status))
        questions.push({ column: 'wanneer', message: 'Een latere datum kan alleen bij een actie die doorloopt.' });
      else if (isLater && !update.reason) {
        questions.push({ column: 'wanneer', message: 'Waarom wordt het later? Schrijf dat bij de stand van zaken.' });
      }
    }
  }
  return update;
}

/** The status, result or comment of a row; undefined if nothing changed. */
export function updateOf(
  state: ReadState,
  doneCell: string,
  line: ActionLine | undefined,
  recordedOn: string,
  today: string,
  questions: Question[],
): CreateUpdateDto | undefined {
  const doneOn = doneCell === '' ? undefined : readDay(doneCell);
  if (doneCell !== '' && (!doneOn || doneOn > today || doneOn < recordedOn)) {
    questions.push({ column: 'afgehandeld op', message: `"${doneCell}" is geen dag tussen de afspraak en vandaag.` });
  }
  if (doneOn && line?.status === 'done') {
    questions.push({ column: 'afgehandeld op', message: 'Deze actie was al gereed; de dag daarvan ligt vast.' });
  }
  const status = state.status ?? (doneOn && state.status === null ? 'done' : null);
  const { words } = state;
  if (status === null) return words ? { comment: words } : undefined;
  const isSameStatus = status === (line?.status ?? 'open');
  const wasClosed = line !== undefined && isClosed(line.status);
  if (!words && (needsReason(status) || (wasClosed && !isSameStatus))) {
    questions.push({ column: 'stand van zaken', message: 'Schrijf erbij waarom, na een dubbele punt.' });
  }
  if (status === 'on_hold' && (state.resumeOn === null || state.resumeOn <= today)) {
    questions.push({
      column: 'stand van zaken',
      message: 'Tot welke dag? Schrijf bijvoorbeeld "wacht tot 1-9-2026: winter".',
    });
  }
  if (doneOn && status !== 'done') {
    questions.push({
      column: 'afgehandeld op',
      message: 'Er staat een dag van afhandeling bij een actie die niet gereed is.',
    });
  }
  if (status === 'done') {
    const { isPartial } = state;
    return {
      status,
      ...(isPartial && { realisation: 'partial' }),
      ...(words ? { result: words } : {}),
      ...(doneOn ? { effectiveOn: doneOn } : {}),
    };
  }
  if (!needsReason(status)) {
    if (isSameStatus) return words ? { comment: words } : undefined;
    return { status, ...(words ? (wasClosed ? { reason: words } : { comment: words }) : {}) };
  }
  return { status, ...(words ? { reason: words } : {}), ...(state.resumeOn ? { resumeOn: state.resumeOn } : {}) };
}
