import type { ParsedComponents } from 'chrono-node';
import * as dutch from 'chrono-node/nl';
import { addDays } from '../../platform/common/calendar-date.js';
import { LEAD, type Meaning, READERS } from './quick-dates.rules.js';

export interface ReadDeadline extends Meaning {
  /** The part of the line it was read from. */
  text: string;
}

interface Found extends ReadDeadline {
  at: number;
}

/** Reads the deadline in a line of Dutch, relative to the day of the session; undefined if there is none. */
export function readDeadline(line: string, day: string): ReadDeadline | undefined {
  const found = READERS.flatMap(([form, read]) => {
    const match = form.exec(line);
    const meaning = match ? read(match, day) : undefined;
    return match && meaning ? [{ ...meaning, text: match[0].replace(/^[,;\s]+/, '').trim(), at: match.index }] : [];
  });
  const own = lastOf(found);
  const spoken = readSpoken(line, day);
  // Our own reader wins where both read the same words, because chrono misreads some ("eind april" as 1 April).
  const best = own && spoken && !overlaps(own, spoken) && spoken.at > own.at ? spoken : (own ?? spoken);
  if (!best) return undefined;
  const { kind, dueOn, text, certainty } = best;
  const from = dueOn === null ? null : /\b(?:na|vanaf)\s+$/i.exec(line.slice(0, best.at));
  // "na 1 juli" is the earliest start, not a deadline.
  if (from) return { kind, dueOn, text: from[0] + text, certainty: 'doubtful' };
  return { kind, dueOn, text, certainty: dueOn !== null && dueOn < day ? 'doubtful' : certainty };
}

const AFTERWARDS =
  /^\s+(?:a\.?s\.?|aanstaande|na\s+(?:het|dit|de|deze)\s+(?:\p{L}+\s+)?(?:overleg|vergadering))(?![\p{L}])/u;

/** "vrijdag 6 juni", "over twee weken", "volgende week dinsdag": Dutch, parsed by chrono-node. */
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
  const { start } = result;
  // Chrono includes the "na" of "binnen twee weken na het overleg".
  const words = result.text.replace(/\s+na$/i, '');
  const lead = new RegExp(`${LEAD}(?:\\b(?:aanstaande|komende|a\\.?s\\.?)\\s+)?$`, 'i').exec(
    line.slice(0, result.index),
  )![0];
  const tail = AFTERWARDS.exec(line.slice(result.index + words.length))?.[0] ?? '';
  const read = [start.get('year'), start.get('month'), start.get('day')]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
  // A lone "dinsdag" on a Tuesday means the next one: the day itself would be "vandaag".
  const isNextWeek = read === day && start.isCertain('weekday') && !start.isCertain('day');
  const isOnThatWeekday =
    !start.isCertain('weekday') || !start.isCertain('day') || start.get('weekday') === new Date(read).getUTCDay();
  const isSaid = start.isCertain('day') || start.isCertain('weekday');
  return {
    kind: 'date',
    dueOn: isNextWeek ? addDays(read, 7) : read,
    text: (lead + words + tail).trim(),
    certainty: !isOnThatWeekday ? 'doubtful' : isSaid && !isNextWeek ? 'sure' : 'likely',
    at: result.index - lead.length,
  };
}

/** Whether chrono parsed a day, not only a time or a month. */
const isDated = (start: ParsedComponents): boolean =>
  start.isCertain('day') ||
  start.isCertain('weekday') ||
  (start.get('day') !== null && !start.isCertain('month') && !start.isCertain('hour'));

function lastOf(found: Found[]): Found | undefined {
  return found.toSorted((one, other) => one.at - other.at).at(-1);
}

const overlaps = (one: Found, other: Found): boolean =>
  one.at < other.at + other.text.length && other.at < one.at + one.text.length;
