import { type Column, LIKE_A_VALUE, PARTLY } from '../tables/action-table.rules.js';
import type { ActionStatus, DueKind } from '../action.entity.js';
import { readDeadline } from '../quick-line/quick-deadline.rules.js';
import { type Named, readName } from '../quick-line/quick-names.rules.js';
import { needsReason } from '../statuses.rules.js';
import { isCalendarDate } from '../../platform/common/calendar-date.js';
import { DUE_WORDS, STATUS_WORDS } from '../words.js';

/** @schema ActionImportQuestion */
export interface Question {
  column: Column | null;
  /** In Dutch, because it is about the file and meant for the person who made it. */
  message: string;
}

/** The value of a cell, or a question about it in Dutch. */
export type Read<T> = { value: T } | { question: string };

const FULL_DATE =
  /^(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2}))(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?$/;
const ANY_DATE =
  /\d{1,2}[-/.]\d{1,2}(?:[-/.]\d{2,4})?|\d{1,2}\s+(?:jan|feb|mrt|maa|apr|mei|jun|jul|aug|sep|okt|nov|dec)/gi;

/** Without the leading apostrophe that keeps a spreadsheet from reading a formula or a number. */
const bareOf = (cell: string): string => {
  const bare = cell.startsWith("'") ? cell.slice(1) : cell;
  return /^[=+\-@\t\r]/.test(bare) || LIKE_A_VALUE.test(bare) ? bare : cell;
};

/** As one line. */
export const plain = (cell: string): string => bareOf(cell).replaceAll(/\s+/g, ' ').trim();

/** The same including its line breaks. */
export function prose(cell: string): string {
  const lines = bareOf(cell)
    .trim()
    .split(/\r\n?|\n/);
  return lines.length === 1 ? plain(cell) : lines.map((line) => line.trimEnd()).join('\n');
}

/** A full date as written by spreadsheets: 2026-06-02, 2-6-2026, 02/06/26. */
export function readDay(cell: string): string | undefined {
  const match = FULL_DATE.exec(plain(cell));
  if (!match) return undefined;
  const [, isoYear, isoMonth, isoDay, dutchDay, dutchMonth, dutchYear] = match;
  const year = isoYear ?? (dutchYear.length === 2 ? `20${dutchYear}` : dutchYear);
  const day = [year, isoMonth ?? dutchMonth, isoDay ?? dutchDay].map((part) => part.padStart(2, '0')).join('-');
  return isCalendarDate(day) ? day : undefined;
}

export interface When {
  dueKind: DueKind;
  dueOn: string | null;
}

export interface Who {
  ownerId: string;
  coOwnerIds: string[];
}

/** No deadline is longer than this; finding dates in a long text takes long. */
const LONGEST_WHEN = 200;

/** The deadline in a cell; dates without a year are interpreted relative to `day`. */
export function readWhen(cell: string, day: string): Read<When> {
  const text = plain(cell);
  if (text.length > LONGEST_WHEN)
    return { question: 'Dit is te lang om een datum te zijn. Wanneer moet het klaar zijn?' };
  const whole = readDay(text);
  if (whole) return { value: { dueKind: 'date', dueOn: whole } };
  const word = Object.entries(DUE_WORDS).find(([, words]) => words === text.toLowerCase());
  if (word) return { value: { dueKind: word[0] as DueKind, dueOn: null } };
  if ((text.match(ANY_DATE)?.length ?? 0) > 1) {
    return { question: `Er staan twee datums in "${text}". Welke geldt?` };
  }
  const read = readDeadline(text, day);
  const rest = read ? text.replace(read.text, '').replaceAll(/[^\p{L}\p{N}]/gu, '') : text;
  if (!read || rest !== '') {
    return { question: `Wanneer is "${text}"? Schrijf een datum, z.s.m., doorlopend of volgend overleg.` };
  }
  if (read.certainty === 'doubtful' && read.dueOn !== null && read.dueOn >= day) {
    return { question: `In "${text}" horen dag en datum niet bij elkaar. Welke datum is het?` };
  }
  return { value: { dueKind: read.kind, dueOn: read.kind === 'date' ? read.dueOn : null } };
}

const EVERYBODY = /^(?:allen?|iedereen|allemaal|n\.?t\.?b\.?|nog te bepalen|\?+|-)$/i;
const BETWEEN = /\s*(?:\+|\/|,|;|\bsamen met\b|\bi\.?s\.?m\.?\b|\ben\b)\s*/i;
const AND = /\s+en\s+/i;

/** The names in a cell. "BOR + Wijken en Kernen" are two: a plus sign separates before the words within a name do. */
const piecesOf = (text: string, split: (piece: string) => string[]): string[] =>
  text
    .split(/\s*[+;]\s*/)
    .flatMap(split)
    .filter(Boolean);

/** The names in a cell that match no organisation. "Groen en Grijs" is one if neither half is known. */
export function unknownNames(cell: string, organisations: readonly Named[]): string[] {
  const text = plain(cell);
  if (EVERYBODY.test(text) || readName(text, organisations)) return [];
  const isName = (piece: string): boolean => readName(piece, organisations) !== undefined;
  const pieces = piecesOf(text, (piece) => {
    const parts = piece.split(BETWEEN);
    const isOneName = isName(piece) || (!parts.some(isName) && parts.length === piece.split(AND).length);
    return isOneName ? [piece] : parts;
  });
  return pieces.filter((piece) => !isName(piece));
}

/** The owner and the organisations that do it together with the owner, who comes first. */
export function readWho(cell: string, organisations: readonly Named[]): Read<Who> {
  const text = plain(cell);
  if (EVERYBODY.test(text)) {
    return { question: `Wie is "${text}"? Eén organisatie is de actiehouder; noem die eerst.` };
  }
  const whole = readName(text, organisations);
  const names = whole ? [whole] : [];
  const isName = (piece: string): boolean => readName(piece, organisations) !== undefined;
  const pieces = piecesOf(text, (piece) => (isName(piece) ? [piece] : piece.split(BETWEEN)));
  for (const piece of whole ? [] : pieces) {
    const name = readName(piece, organisations);
    if (!name) return { question: `Welke organisatie is "${piece}"? Die naam kennen wij niet.` };
    names.push(name);
  }
  const doubtful = names.find(({ certainty }) => certainty === 'doubtful');
  if (doubtful) {
    const others = doubtful.alternatives.map(({ name }) => name).join(' of ');
    return { question: `Bedoelt u met "${doubtful.text}" ${doubtful.name} of ${others}?` };
  }
  const [owner, ...coOwners] = names;
  if (!owner) return { question: 'Wie doet het?' };
  if (coOwners.some(({ id }) => id === owner.id)) {
    return { question: `"${text}" noemt ${owner.name} twee keer. Wie doet het, en wie samen met wie?` };
  }
  return { value: { ownerId: owner.id, coOwnerIds: [...new Set(coOwners.map(({ id }) => id))] } };
}

/** The same with a cache, because a list repeats the same few names. */
export function whoReader(organisations: readonly Named[]): (cell: string) => Read<Who> {
  const known = new Map<string, Read<Who>>();
  return (cell) => {
    const read = known.get(cell) ?? readWho(cell, organisations);
    known.set(cell, read);
    return read;
  };
}

export interface ReadState {
  status: ActionStatus | null;
  resumeOn: string | null;
  /** Done for a part only. */
  isPartial?: true;
  /** The text after the status word, or all of it if there is none. */
  words: string | null;
}

const SYNONYMS: Record<string, ActionStatus> = {
  ...Object.fromEntries(Object.entries(STATUS_WORDS).map(([status, word]) => [word, status as ActionStatus])),
  lopend: 'in_progress',
  'in behandeling': 'in_progress',
  bezig: 'in_progress',
  'on hold': 'on_hold',
  aangehouden: 'on_hold',
  klaar: 'done',
  afgerond: 'done',
  afgehandeld: 'done',
  gedaan: 'done',
  vervalt: 'cancelled',
};
const STATE = new RegExp(
  `^(${Object.keys(SYNONYMS).join('|')})(?:\\s+tot\\s+([\\d-/.]+))?(?:\\s*[:,.;–-]\\s*(.*))?$`,
  'is',
);

const PARTIAL = new RegExp(`^${PARTLY}(?:\\s*[:,.;–-]\\s*(.*))?$`, 'is');

/** "stokt: wacht op de vergunning"; text without a status word is a comment. */
export function readState(cell: string): ReadState {
  const text = prose(cell);
  const match = STATE.exec(text);
  if (!match) return { status: null, resumeOn: null, words: text || null };
  const [, word, until, after] = match;
  const status = SYNONYMS[word.toLowerCase()];
  const partial = status === 'done' ? PARTIAL.exec(after?.trim() ?? '') : null;
  const words = partial ? partial[1] : after;
  return {
    status,
    ...(partial ? { isPartial: true } : {}),
    resumeOn: until ? (readDay(until) ?? null) : null,
    words: words?.trim() || null,
  };
}

/**
 * The status of an action that is new here. Old lists are incomplete: a status without its required reason gets the
 * list as its reason, and waiting without a future date becomes a comment.
 */
export function readOldState(cell: string, today: string): ReadState {
  const state = readState(cell);
  if (state.status === null || !needsReason(state.status)) return state;
  if (state.status === 'on_hold' && (state.resumeOn === null || state.resumeOn <= today)) {
    return { status: null, resumeOn: null, words: prose(cell) };
  }
  return { ...state, words: state.words ?? `stond als "${plain(cell)}" in de ingevoerde lijst` };
}
