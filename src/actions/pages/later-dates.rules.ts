import { addDays, daysBetween, inDutch } from '../../platform/common/calendar-date.js';

/** The answers to "Wanneer is het klaar?" that are not a date. */
export const NEXT_SESSION = 'next_session';
export const UNKNOWN = 'unknown';

/** The default reason for a date chosen with one click. */
export const MORE_TIME = 'Meer tijd nodig.';

const SOONEST_MONTH_END_DAYS = 7;

/**
 * An answer to "Wanneer is het klaar?": `next_session`, `unknown`, or the date itself, so that it remains the one that
 * was shown.
 */
export interface LaterDate {
  value: string;
  label: string;
}

/**
 * The answers offered with "loopt" for an action that is late. In the last week of a month, "end of the month" means
 * the next month. Without a planned session "volgend overleg" is not offered.
 */
export function laterDates(today: string, nextSessionOn: string | null): LaterDate[] {
  const inTwoWeeks = addDays(today, 14);
  const monthEnd = endOfMonth(today);
  const isNear = daysBetween(today, monthEnd) < SOONEST_MONTH_END_DAYS;
  const end = isNear ? endOfMonth(addDays(monthEnd, 1)) : monthEnd;
  return [
    ...(nextSessionOn ? [{ value: NEXT_SESSION, label: `volgend overleg, ${inDutch(nextSessionOn)}` }] : []),
    { value: inTwoWeeks, label: `over 2 weken, ${inDutch(inTwoWeeks)}` },
    ...(end === inTwoWeeks ? [] : [{ value: end, label: `eind van de maand, ${inDutch(end)}` }]),
    { value: UNKNOWN, label: 'weet ik niet' },
  ];
}

function endOfMonth(day: string): string {
  const [year, month] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}
