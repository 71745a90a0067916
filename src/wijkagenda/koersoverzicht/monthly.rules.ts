import { addDays, dayOf, momentOf } from '../../platform/common/calendar-date.js';

/** The number of days in which a mail that could not be planned on the first of the month is still planned. */
const CAUGHT_UP_DAYS = 7;

/** The month (`2026-07`) whose mail is due at a moment: from its first day at that local time, for a week; or null. */
export function monthDue(now: string, time: string): string | null {
  const month = dayOf(now).slice(0, 7);
  const due = momentOf(`${month}-01`, time);
  return Date.parse(now) >= Date.parse(due) && Date.parse(now) < Date.parse(endOf(month)) ? month : null;
}

/** The moment (ISO 8601, UTC) from which the mail of a month is no longer sent. */
export const endOf = (month: string): string => momentOf(addDays(`${month}-01`, CAUGHT_UP_DAYS));
