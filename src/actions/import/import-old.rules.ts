import type { TableRow } from '../tables/action-table.rules.js';
import type { CreateUpdateDto } from '../history/action-updates.dto.js';
import { isClosed } from '../statuses.rules.js';
import { plain, type Question, type Read, readDay, readOldState, readWhen, type When } from './import-cells.rules.js';
import { updateOf } from './import-changes.rules.js';

/** What an old list says about an action that is new here: when it was agreed, was to be done, and was finished. */
export interface OldFacts {
  recordedOn: string;
  when: When | undefined;
  update: CreateUpdateDto | undefined;
  /** What could not be read as a date, as the comment has it. */
  note: string | null;
}

const YES = /^(?:ja|x|v|[✓✔☑]|gereed|klaar|afgerond|afgehandeld|gedaan)\.?$/i;
const NO = /^(?:nee|n|nog niet|n\.?v\.?t\.?|[-–])\.?$/i;
/** A comment is longer by little. */
const LONGEST_NOTE = 4000;
const briefly = (text: string): string => (text.length > LONGEST_NOTE ? `${text.slice(0, LONGEST_NOTE)}…` : text);
/** A deadline, for what is finished and has none: no date, so it counts neither as in time nor as late. */
const UNDATED: When = { dueKind: 'asap', dueOn: null };

/**
 * Old lists are incomplete. What is finished is never rejected for a missing or unreadable date: that becomes a note.
 * Without a day of agreement it was agreed at the latest on the day it was finished.
 */
export function oldFacts(cells: Partial<TableRow>, today: string, questions: Question[]): OldFacts {
  const notes: string[] = [];
  const finished = finishedIn(plain(cells['afgehandeld op'] ?? ''), notes);
  const agreed = plain(cells.datum ?? '');
  const day = finished.on ? readDay(finished.on) : undefined;
  const recordedOn = agreed === '' ? (day && day <= today ? day : today) : readDay(agreed);
  if (!recordedOn || recordedOn > today)
    questions.push({ column: 'datum', message: `"${agreed}" is geen dag tot en met vandaag.` });
  const agreedOn = recordedOn ?? today;

  const state = readOldState(cells['stand van zaken'] ?? '', today);
  const status = state.status ?? (finished.isSaid ? 'done' : null);
  const read = { ...state, status };
  const isOver = status !== null && isClosed(status);
  if (finished.isSaid && finished.on === '' && !isOver) notes.push(`afgehandeld "${cells['afgehandeld op']!.trim()}"`);
  // The day on which something was cancelled is read like that on which it was done.
  const isCancelled = status === 'cancelled';
  const doneCell = isCancelled ? '' : finished.on;
  let update = updateOf(read, doneCell, undefined, agreedOn, today, questions);
  if (isCancelled && day && day >= agreedOn && day <= today) update = { ...update, effectiveOn: day };

  const when = whenIn(plain(cells.wanneer ?? ''), isOver, agreedOn, notes);
  const postponed = plain(cells['aantal keren uitgesteld'] ?? '');
  if (/^[1-9]\d{0,3}$/.test(postponed)) notes.push(`${postponed} keer uitgesteld`);
  const discussed = plain(cells.besproken ?? '');
  if (discussed !== '') notes.push(`besproken "${briefly(discussed)}"`);
  const number = plain(cells.nr ?? '');
  if (/[a-z]/i.test(number)) notes.unshift(`nummer ${number}`);
  const note = notes.length > 0 ? `In de ingevoerde lijst: ${notes.join('; ')}.` : null;
  if (note) update = withNote(update, note);
  if ('question' in when) questions.push({ column: 'wanneer', message: when.question });
  return { recordedOn: agreedOn, when: 'value' in when ? when.value : undefined, update, note };
}

/** The column of finishing: a day, "ja", or words that become a note. */
function finishedIn(cell: string, notes: string[]): { isSaid: boolean; on: string } {
  if (cell === '' || NO.test(cell)) return { isSaid: false, on: '' };
  if (YES.test(cell)) return { isSaid: true, on: '' };
  if (readDay(cell)) return { isSaid: true, on: cell };
  notes.push(`afgehandeld "${cell}"`);
  return { isSaid: false, on: '' };
}

function whenIn(cell: string, hasFinished: boolean, agreedOn: string, notes: string[]): Read<When> {
  const read: Read<When> = cell === '' ? { question: 'Wanneer moet het klaar zijn?' } : readWhen(cell, agreedOn);
  if ('value' in read || !hasFinished) return read;
  notes.push(cell === '' ? 'zonder datum' : `wanneer "${cell}"`);
  return { value: UNDATED };
}

function withNote(update: CreateUpdateDto | undefined, note: string): CreateUpdateDto {
  return { ...update, comment: update?.comment ? `${update.comment}\n${note}` : note };
}
