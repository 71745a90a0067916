import { DateTime } from 'luxon';

export const TIME_ZONE = 'Europe/Amsterdam';

// Years that both databases support, with a margin for date arithmetic.
const PATTERN = /^(?:19|20|21)\d{2}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;

/** A list or a round of mails repeats the same few days, and Luxon takes up to 0.1 ms for one. */
const MOST_DAYS = 2000;

function remembered(find: (day: string) => string): (day: string) => string {
  const known = new Map<string, string>();
  return (day) => {
    let found = known.get(day);
    if (found === undefined) {
      if (known.size >= MOST_DAYS) known.clear();
      known.set(day, (found = find(day)));
    }
    return found;
  };
}

/** Whether a text is an existing date, written `YYYY-MM-DD`, from 1900 to 2199: no times, no 30 February. */
export function isCalendarDate(value: unknown): value is string {
  if (typeof value !== 'string' || !PATTERN.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

/** Days between two calendar dates; negative when `to` is before `from`. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MS;
}

export function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10);
}

/** The calendar day in Europe/Amsterdam of an instant (ISO 8601). */
export function dayOf(moment: string): string {
  // UTC+1 in winter, UTC+2 in summer: until 22:00 UTC it is the same day here, too.
  if (moment.endsWith('Z') && moment.slice(11, 13) < '22') return moment.slice(0, 10);
  return DateTime.fromISO(moment, { zone: TIME_ZONE }).toISODate()!;
}

/**
 * The instant (ISO 8601, UTC) of local time `HH:MM` on that day in Europe/Amsterdam. In the hour that is skipped in March it is an
 * hour later; of a time that exists twice in October it is the first, where Luxon would look at today's offset.
 */
export const momentOf = (day: string, time = '00:00'): string => instantOf(`${day}T${time}`);
const instantOf = remembered((local) =>
  DateTime.fromISO(local, { zone: TIME_ZONE }).getPossibleOffsets()[0].toUTC().toISO()!,
);

/** Whether the clock skips this local time on that day. */
export const isSkipped = (day: string, time: string): boolean =>
  DateTime.fromISO(momentOf(day, time), { zone: TIME_ZONE }).toFormat('HH:mm') !== time;

export interface IsoWeek {
  year: number;
  week: number;
}

/** The ISO week and its week-year: 3 January 2027 is in week 53 of 2026. */
export function isoWeekOf(day: string): IsoWeek {
  const date = DateTime.fromISO(day, { zone: 'utc' });
  return { year: date.weekYear, week: date.weekNumber };
}

/** Whether it names a week that exists: "2026-W53" does, "2027-W53" does not. */
export const isWeek = (name: string): boolean => /^\d{4}-W\d{2}$/.test(name) && DateTime.fromISO(name).isValid;

/** The Monday of an ISO week. */
export function mondayOf({ year, week }: IsoWeek): string {
  return DateTime.fromObject({ weekYear: year, weekNumber: week, weekday: 1 }, { zone: 'utc' }).toISODate()!;
}

const dutchFormat = (format: string): ((day: string) => string) =>
  remembered((day) => DateTime.fromISO(day, { zone: 'utc', locale: 'nl' }).toFormat(format));

/** "dinsdag 2 juni 2026": the date format of pages and mails. */
export const inDutch = dutchFormat('cccc d LLLL yyyy');
const inShortOfYear = dutchFormat('ccc d LLL');
/** "vr 6 nov 2026": the dates of tables on paper, which is read in other years too. */
export const inShortWithYear = dutchFormat('ccc d LLL yyyy');

/** "2025" for a whole calendar year, else "maandag 1 december 2025 tot en met dinsdag 30 juni 2026". */
export const periodInDutch = (fromOn: string, untilOn: string): string =>
  yearOf(fromOn, untilOn) ?? `${inDutch(fromOn)} tot en met ${inDutch(untilOn)}`;

/** The calendar year, if the period is exactly one; otherwise null. */
export function yearOf(fromOn: string, untilOn: string): string | null {
  const year = fromOn.slice(0, 4);
  return fromOn === `${year}-01-01` && untilOn === `${year}-12-31` ? year : null;
}

/** "vr 6 nov" for a day of the year of `today`, else "vr 6 nov 2025": the dates of dense lists. */
export const inShort = (day: string, today: string): string =>
  day.slice(0, 4) === today.slice(0, 4) ? inShortOfYear(day) : inShortWithYear(day);
