import { DateTime } from 'luxon';
import { addDays, dayOf, type IsoWeek, isoWeekOf, mondayOf, momentOf } from '../platform/common/calendar-date.js';
import type { Settings } from '../platform/settings.js';
import type { SkipReason } from './skip-reasons.rules.js';

export type DigestSettings = Pick<Settings, 'DIGEST_WEEKDAY' | 'DIGEST_TIME'>;

/** "2026-W53": the notation of a week in settings and keys. */
export const nameOfWeek = ({ year, week }: IsoWeek): string => `${year}-W${String(week).padStart(2, '0')}`;

/** The weeks in the setting, by name. */
export const weeksIn = (setting: string): string[] => setting.split(',').filter(Boolean);

/** The week with this name, which `isWeek`. */
export function weekNamed(name: string): IsoWeek {
  const [year, week] = name.split('-W').map(Number);
  return { year, week };
}

/** The moment (ISO 8601, UTC) a week's digest is due: the same local time in summer and winter. */
export function dueAt(week: IsoWeek, settings: DigestSettings): string {
  return momentOf(addDays(mondayOf(week), settings.DIGEST_WEEKDAY - 1), settings.DIGEST_TIME);
}

/** The moment (ISO 8601, UTC) a week ends: until then a digest delayed by an outage is still sent. */
export const endOf = (week: IsoWeek): string => momentOf(addDays(mondayOf(week), 7));

/**
 * Why a week has no digest; null if it has one. `skipped` names the weeks without one. A digest that was due before
 * mail was released from a restored copy may have been sent by the original.
 */
export function reasonToSkip(
  week: IsoWeek,
  settings: DigestSettings,
  skipped: ReadonlySet<string>,
  releasedAt: string | null,
): SkipReason | null {
  if (skipped.has(nameOfWeek(week))) return 'set_without_digest';
  if (releasedAt !== null && isAtOrAfter(releasedAt, dueAt(week, settings))) return 'released_later';
  return null;
}

/** The week `count` weeks later, or earlier if negative. */
export function shiftWeek(week: IsoWeek, count: number): IsoWeek {
  return isoWeekOf(addDays(mondayOf(week), 7 * count));
}

/** The week whose digest is due at a moment; null before its day and hour. */
export function weekDue(now: string, settings: DigestSettings): IsoWeek | null {
  const week = isoWeekOf(dayOf(now));
  return isAtOrAfter(now, dueAt(week, settings)) ? week : null;
}

const MOST_MISSED = 60;

/**
 * The weeks between the last run and the current one that nobody planned, oldest first. Empty without an earlier run;
 * if the clock jumps far ahead, only the last sixty.
 */
export function missedWeeks(last: IsoWeek | null, current: IsoWeek): IsoWeek[] {
  const missed: IsoWeek[] = [];
  if (last === null) return missed;
  const stop = mondayOf(last);
  for (
    let week = shiftWeek(current, -1);
    mondayOf(week) > stop && missed.length < MOST_MISSED;
    week = shiftWeek(week, -1)
  ) {
    missed.unshift(week);
  }
  return missed;
}

const isAtOrAfter = (moment: string, other: string): boolean =>
  DateTime.fromISO(moment).toMillis() >= DateTime.fromISO(other).toMillis();
