import type { ParsedComponents } from 'chrono-node';
import * as dutch from 'chrono-node/nl';
import { addDays, isCalendarDate } from '../common/calendar-date.js';
import type { DueKind } from '../actions/action.entity.js';

/** `sure`: said so; `likely`: our reading of loose words; `doubtful`: it contradicts itself, or lies in the past. */
export type Certainty = 'sure' | 'likely' | 'doubtful';

export interface ReadDeadline {
  kind: DueKind;
  dueOn: string | null;
  /** The piece of the line it was read from. */
  text: string;
  certainty: Certainty;
}

interface Found extends ReadDeadline {
  at: number;
}

type Reader = (match: RegExpExecArray, day: string) => Pick<ReadDeadline, 'kind' | 'dueOn' | 'certainty'> | undefined;

const MONTHS = [
  'januari',
  'februari',
  'maart',
  'april',
  'mei',
  'juni',
  'juli',
  'augustus',
  'september',
  'oktober',
  'november',
  'december',
];
const MONTH = String.raw`(jan(?:uari)?|feb(?:ruari)?|mrt|maart|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?`;
const LEAD = String.raw`(?:\b(?:uiterlijk|vóór|voor|per|op|tegen|tot|deadline:?|gereed|klaar)\s+)*`;
const asDate = (dueOn: string, certainty: Certainty) => ({ kind: 'date' as const, dueOn, certainty });

const READERS: [RegExp, Reader][] = [
  [
    /\bz\.?\s?s\.?\s?m\b\.?|\bzo snel mogelijk\b|\basap\b|\bper direct\b|\bdirect\b$/i,
    () => ({ kind: 'asap', dueOn: null, certainty: 'sure' }),
  ],
  [
    /\bdoorlopend\b|\bcontinu\b|\blopend(?:e)?\b$|\bblijvend\b/i,
    () => ({ kind: 'ongoing', dueOn: null, certainty: 'sure' }),
  ],
  [
    /(?:\b(?:voor|in|bij|op|uiterlijk)\s+)?(?:\b(?:het|de)\s+)?\b(?:eerst)?volgende?\s+(?:overleg|keer|vergadering|bijeenkomst|sessie|po)\b/i,
    () => ({ kind: 'next_session', dueOn: null, certainty: 'sure' }),
  ],
  [
    new RegExp(`${LEAD}\\b(begin|half|medio|midden|eind(?:e)?)\\s+(?:van\\s+)?${MONTH}(?:\\s+(\\d{4}))?`, 'i'),
    partOfMonth,
  ],
  [
    new RegExp(`${LEAD}\\b(begin|half|medio|midden|eind(?:e)?)\\s+(?:van\\s+)?(?:de(?:ze)?|volgende)\\s+maand`, 'i'),
    partOfThisMonth,
  ],
  [
    new RegExp(`${LEAD}\\beind(?:e)?\\s+(?:van\\s+)?(?:dit\\s+|het\\s+)?jaar\\b`, 'i'),
    (_, day) => asDate(`${day.slice(0, 4)}-12-31`, 'sure'),
  ],
  [
    new RegExp(`${LEAD}\\beind(?:e)?\\s+(?:van\\s+)?(de(?:ze)?|volgende)\\s+week\\b`, 'i'),
    ([, which], day) => asDate(fridayOf(day, which === 'volgende' ? 1 : 0), 'likely'),
  ],
  [new RegExp(`${LEAD}\\bweek\\s+(\\d{1,2})\\b`, 'i'), weekNumber],
  [new RegExp(`${LEAD}\\b(\\d{1,2})[-/.](\\d{1,2})(?:[-/.](\\d{4}|\\d{2}))?(?!\\.?\\d|\\p{L})`, 'iu'), numericDate],
  [
    /(?:\bin\s+)?\b(?:eind\s+)?(?:Q|kwartaal\s?|(?:het\s+)?)([1-4])(?:e\s+kwartaal)\b|\b(?:eind\s+)?Q([1-4])\b/i,
    quarter,
  ],
];

/** Reads the deadline out of a line of Dutch, relative to the day of the session; undefined when there is none. */
export function readDeadline(line: string, day: string): ReadDeadline | undefined {
  const found = READERS.flatMap(([form, read]) => {
    const match = form.exec(line);
    const meaning = match ? read(match, day) : undefined;
    return match && meaning ? [{ ...meaning, text: match[0].trim(), at: match.index }] : [];
  });
  const own = lastOf(found);
  const spoken = readSpoken(line, day);
  // Ours reads what the library misreads ("eind april" as 1 April), so it wins where both read the same words.
  const best = own && spoken && !overlaps(own, spoken) && spoken.at > own.at ? spoken : (own ?? spoken);
  if (!best) return undefined;
  const { kind, dueOn, text, certainty } = best;
  return { kind, dueOn, text, certainty: dueOn !== null && dueOn < day ? 'doubtful' : certainty };
}

/** "vrijdag 6 juni", "over twee weken", "volgende week dinsdag": the Dutch of chrono-node. */
function readSpoken(line: string, day: string): Found | undefined {
  const reference = { instant: new Date(`${day}T10:00:00Z`), timezone: 0 };
  const result = dutch
    .parse(line, reference, { forwardDate: true })
    .filter(
      ({ start, index, text }) =>
        isDated(start) &&
        !/[\p{L}\p{N}]$/u.test(line.slice(0, index)) &&
        !/^[\p{L}\p{N}]/u.test(line.slice(index + text.length)),
    )
    .at(-1);
  if (!result) return undefined;
  const lead = new RegExp(`${LEAD}$`, 'i').exec(line.slice(0, result.index))![0];
  const coming =
    /^\s+(?:a\.?s\.?|aanstaande)(?![\p{L}])/u.exec(line.slice(result.index + result.text.length))?.[0] ?? '';
  const { start } = result;
  const dueOn = [start.get('year'), start.get('month'), start.get('day')]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
  const isOnThatWeekday =
    !start.isCertain('weekday') || !start.isCertain('day') || start.get('weekday') === new Date(dueOn).getUTCDay();
  const certainty = !isOnThatWeekday
    ? 'doubtful'
    : start.isCertain('day') || start.isCertain('weekday')
      ? 'sure'
      : 'likely';
  return { kind: 'date', dueOn, text: (lead + result.text + coming).trim(), certainty, at: result.index - lead.length };
}

/** Whether chrono read a day, and not just a time or a lone month. */
const isDated = (start: ParsedComponents): boolean =>
  start.isCertain('day') ||
  start.isCertain('weekday') ||
  (start.get('day') !== null && !start.isCertain('month') && !start.isCertain('hour'));

function lastOf(found: Found[]): Found | undefined {
  return found.toSorted((one, other) => one.at - other.at).at(-1);
}

const overlaps = (one: Found, other: Found): boolean =>
  one.at < other.at + other.text.length && other.at < one.at + one.text.length;

function partOfMonth([, part, name, year]: RegExpExecArray, day: string) {
  const month = MONTHS.findIndex((full) =>
    full.startsWith(name.toLowerCase().replace('mrt', 'maart').replace('sept', 'sep').slice(0, 3)),
  );
  const thisYear = Number(day.slice(0, 4));
  const dueOn = dayInMonth(year ? Number(year) : thisYear, month, part);
  return asDate(!year && dueOn < day ? dayInMonth(thisYear + 1, month, part) : dueOn, 'likely');
}

function partOfThisMonth([text, part]: RegExpExecArray, day: string) {
  const month = Number(day.slice(5, 7)) - 1 + (/volgende/i.test(text) ? 1 : 0);
  return asDate(dayInMonth(Number(day.slice(0, 4)), month, part), 'likely');
}

/** Begin: the 7th; half, medio: the 15th; eind: the last day. */
function dayInMonth(year: number, month: number, part: string): string {
  const first = new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
  if (/^begin/i.test(part)) return addDays(first, 6);
  if (!/^eind/i.test(part)) return addDays(first, 14);
  return addDays(new Date(Date.UTC(year, month + 1, 1)).toISOString().slice(0, 10), -1);
}

function fridayOf(day: string, weeks: number): string {
  const weekday = new Date(day).getUTCDay() || 7;
  return addDays(day, 5 - weekday + 7 * weeks);
}

/** "week 23" is the Friday of that ISO week, this year or the next. */
function weekNumber([, text]: RegExpExecArray, day: string) {
  const week = Number(text);
  if (week < 1 || week > 53) return undefined;
  const friday = (year: number) => addDays(fridayOf(`${year}-01-04`, 0), 7 * (week - 1));
  const year = Number(day.slice(0, 4));
  return asDate(friday(year) < day ? friday(year + 1) : friday(year), 'likely');
}

/** "1-5", "01/05/26": day before month, as the Dutch write it. */
function numericDate([, dayText, month, yearText]: RegExpExecArray, day: string) {
  const on = (year: number) => `${year}-${month.padStart(2, '0')}-${dayText.padStart(2, '0')}`;
  const thisYear = Number(day.slice(0, 4));
  const year = yearText ? Number(yearText.length === 2 ? `20${yearText}` : yearText) : thisYear;
  const dueOn = !yearText && on(year) < day ? on(year + 1) : on(year);
  return isCalendarDate(dueOn) ? asDate(dueOn, 'sure') : undefined;
}

function quarter([, one, other]: RegExpExecArray, day: string) {
  const month = 3 * Number(one ?? other) - 1;
  const end = (year: number) => dayInMonth(year, month, 'eind');
  const year = Number(day.slice(0, 4));
  return asDate(end(year) < day ? end(year + 1) : end(year), 'likely');
}
