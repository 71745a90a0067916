import { applyDecorators } from '@nestjs/common';
import { ValidateBy } from 'class-validator';
import { DateTime } from 'luxon';
import { TIME_ZONE } from './clock.js';

// Years that both databases take, with room to count days from them.
const PATTERN = /^(?:19|20|21)\d{2}-\d{2}-\d{2}$/;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Whether a text is a day that exists, written `YYYY-MM-DD`, from 1900 to 2199: no times, no 30 February. */
export function isCalendarDate(value: unknown): value is string {
  if (typeof value !== 'string' || !PATTERN.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

/** Days from one calendar date to another; negative when `to` lies before `from`. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MS;
}

export function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10);
}

/** The calendar day in Europe/Amsterdam on which a moment (ISO 8601) falls. */
export function dayOf(moment: string): string {
  if (moment.endsWith('Z')) {
    // One hour ahead in winter and two in summer: only around midnight that makes two days, and a zone must be asked.
    const [winter, summer] = [1, 2].map((ahead) => new Date(Date.parse(moment) + ahead * HOUR_MS).toISOString());
    if (winter.slice(0, 10) === summer.slice(0, 10)) return winter.slice(0, 10);
  }
  return DateTime.fromISO(moment, { zone: TIME_ZONE }).toISODate()!;
}

/** The moment (ISO 8601, UTC) at which the local time `HH:MM` of that day falls in Europe/Amsterdam. */
export function momentOf(day: string, time = '00:00'): string {
  return DateTime.fromISO(`${day}T${time}`, { zone: TIME_ZONE }).toUTC().toISO()!;
}

export interface IsoWeek {
  year: number;
  week: number;
}

/** The ISO week and its week-year: 3 January 2027 lies in week 53 of 2026. */
export function isoWeekOf(day: string): IsoWeek {
  const date = DateTime.fromISO(day, { zone: 'utc' });
  return { year: date.weekYear, week: date.weekNumber };
}

/** The Monday of an ISO week. */
export function mondayOf({ year, week }: IsoWeek): string {
  return DateTime.fromObject({ weekYear: year, weekNumber: week, weekday: 1 }, { zone: 'utc' }).toISODate()!;
}

/** "dinsdag 2 juni 2026": how pages and mails write a date. */
export function inDutch(day: string): string {
  let words = inWords.get(day);
  if (words === undefined) {
    if (inWords.size >= MOST_DAYS) inWords.clear();
    inWords.set(day, (words = sayInDutch(day)));
  }
  return words;
}

/** A list of actions says the same few days over and over, and saying one takes a tenth of a millisecond. */
const MOST_DAYS = 2000;
const inWords = new Map<string, string>();

function sayInDutch(day: string): string {
  return DateTime.fromISO(day, { zone: 'utc', locale: 'nl' }).toFormat('cccc d LLLL yyyy');
}

/** Validates a calendar date; `@IsDateString` lets times and week numbers through. */
export function IsCalendarDate(): PropertyDecorator {
  return applyDecorators(
    ValidateBy({
      name: 'isCalendarDate',
      validator: {
        validate: isCalendarDate,
        defaultMessage: () => '$property must be an existing calendar date, written YYYY-MM-DD',
      },
    }),
  );
}
