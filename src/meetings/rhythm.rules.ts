import { RRuleTemporal } from 'rrule-temporal';
import { addDays, dayOf, isCalendarDate, momentOf, TIME_ZONE } from '../platform/common/calendar-date.js';
import { isHoliday } from '../platform/holidays/holidays.rules.js';

interface RhythmRequest {
  rhythm: string;
  /**
   * The day from which the rhythm is counted: the one the last session was planned for, even if it was moved since, so
   * that "every six weeks" does not drift.
   */
  anchor: string;
  /** The first day that can be proposed. */
  from: string;
  /** The last one; null while the meeting is open-ended. */
  until: string | null;
  count: number;
  /** The number of sessions so far, counted towards COUNT. */
  held: number;
  skipsHolidays: boolean;
  /** Local time; null if unknown. */
  startTime: string | null;
  /** Days that have a session, or had one before it was moved. */
  taken: ReadonlySet<string>;
}

/**
 * The days proposed by a rhythm (RFC 5545 RRULE, local time): none before `from` or already taken, at most two years
 * ahead. The time is local: 10:00 stays 10:00 across daylight saving changes. A session starting at UNTIL is the last
 * one. `skipsHolidays` leaves out Dutch public holidays.
 */
export function proposedDays(wish: RhythmRequest): string[] {
  const { anchor, from, until, count, held, skipsHolidays, taken } = wish;
  const { rule, limit, endsOn } = partsOf(wish.rhythm, wish.startTime ?? '12:00');
  const wanted = limit === null ? count : Math.min(count, limit - held);
  const ends = [addDays(from, TWO_YEARS), until, endsOn].filter((day) => day !== null);
  const last = ends.reduce((first, day) => (day < first ? day : first));
  if (wanted <= 0 || last < from) return [];
  return ruleFrom(rule, anchor)
    .between(noon(from), noon(last), true)
    .map((moment) => moment.toPlainDate().toString())
    .filter((day) => !taken.has(day) && !(skipsHolidays && isHoliday(day)))
    .slice(0, wanted);
}

const TWO_YEARS = 731;
const noon = (day: string): Date => new Date(momentOf(day, '12:00'));

/**
 * COUNT applies to the whole series, not to what follows its last session; UNTIL becomes the last day on which a
 * session can start. `rule` is the remainder.
 */
function partsOf(rhythm: string, startTime: string): { rule: string; limit: number | null; endsOn: string | null } {
  const parts = rhythm.split(';');
  const valueOf = (name: string) => parts.find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1) ?? null;
  const [count, until] = [valueOf('COUNT'), valueOf('UNTIL')];
  return {
    rule: parts.filter((part) => !/^(COUNT|UNTIL)=/.test(part)).join(';'),
    limit: count === null ? null : Number(count),
    endsOn: until === null ? null : lastDayOf(until, startTime),
  };
}

/** `20261216`, `20261216T100000` (local) or `20261216T090000Z`: the last day on which a session starts by then. */
function lastDayOf(until: string, startTime: string): string {
  const [, year, month, date, hour, minute, zone] = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\d(Z?))?$/.exec(until)!;
  const day = `${year}-${month}-${date}`;
  if (hour === undefined) return day;
  const end = zone ? `${day}T${hour}:${minute}:00.000Z` : momentOf(day, `${hour}:${minute}`);
  const last = dayOf(end);
  return momentOf(last, startTime) <= end ? last : addDays(last, -1);
}

const ruleFrom = (rule: string, day: string): RRuleTemporal =>
  new RRuleTemporal({ rruleString: `DTSTART;TZID=${TIME_ZONE}:${day.replaceAll('-', '')}T120000\nRRULE:${rule}` });

const matches = (pattern: RegExp) => (value: string) => pattern.test(value);
/** One or more whole numbers from 1 to `most`; negative ones too if `isSigned`. The library ignores others. */
const numbersTo = (most: number, isSigned: boolean) => (value: string) =>
  value.split(',').every((one) => {
    const number = (isSigned ? /^-?(\d{1,3})$/ : /^(\d{1,3})$/).exec(one)?.[1];
    return number !== undefined && Number(number) >= 1 && Number(number) <= most;
  });
const DAYS = String.raw`(-?[1-9]\d?)?(MO|TU|WE|TH|FR|SA|SU)`;
const PARTS: Record<string, (value: string) => boolean> = {
  FREQ: matches(/^(DAILY|WEEKLY|MONTHLY|YEARLY)$/),
  INTERVAL: matches(/^[1-9]\d{0,2}$/),
  COUNT: matches(/^[1-9]\d{0,3}$/),
  UNTIL: (value) =>
    /^\d{8}(T([01]\d|2[0-3])([0-5]\d){2}Z?)?$/.test(value) &&
    isCalendarDate(value.replace(/^(....)(..)(..).*/, '$1-$2-$3')),
  BYDAY: matches(new RegExp(`^${DAYS}(,${DAYS})*$`)),
  BYMONTHDAY: numbersTo(31, true),
  BYMONTH: numbersTo(12, false),
  BYSETPOS: numbersTo(366, true),
  BYWEEKNO: numbersTo(53, true),
  BYYEARDAY: numbersTo(366, true),
  WKST: matches(/^(MO|TU|WE|TH|FR|SA|SU)$/),
};

/** Whether RFC 5545 allows these parts together; the library accepts any combination. */
function mayStandTogether(parts: ReadonlyMap<string, string>): boolean {
  const freq = parts.get('FREQ')!;
  const isShort = freq === 'DAILY' || freq === 'WEEKLY';
  const others = ['BYDAY', 'BYMONTHDAY', 'BYMONTH', 'BYWEEKNO', 'BYYEARDAY'];
  const isNumbered = /\d/.test(parts.get('BYDAY') ?? '');
  return !(
    (parts.has('COUNT') && parts.has('UNTIL')) ||
    (parts.has('BYSETPOS') && !others.some((name) => parts.has(name))) ||
    (isNumbered && (isShort || parts.has('BYWEEKNO'))) ||
    (parts.has('BYMONTHDAY') && freq === 'WEEKLY') ||
    (parts.has('BYWEEKNO') && freq !== 'YEARLY') ||
    (parts.has('BYYEARDAY') && freq !== 'YEARLY')
  );
}

/**
 * Whether a text is an RFC 5545 RRULE that a meeting can follow: with a frequency of days or longer, each part once,
 * well formed and within its range, and with a first day.
 */
export function isRhythm(text: unknown): text is string {
  if (typeof text !== 'string' || text.length > 500) return false;
  const parts = text.split(';').map((part) => part.split('='));
  const values = new Map(parts.map(([name, value = '']) => [name!, value]));
  if (values.size !== parts.length || !values.has('FREQ')) return false;
  if (!parts.every(([name, value = '', ...rest]) => rest.length === 0 && PARTS[name!]?.(value))) return false;
  if (!mayStandTogether(values)) return false;
  try {
    const rruleString = `DTSTART;TZID=${TIME_ZONE}:20200101T120000\nRRULE:${partsOf(text, '12:00').rule}`;
    return new RRuleTemporal({ rruleString, maxIterations: 1000 }).all((_, count) => count < 1).length > 0;
  } catch {
    return false;
  }
}
