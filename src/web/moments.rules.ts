import { DateTime } from 'luxon';
import { dayOf, inShort, TIME_ZONE } from '../platform/common/calendar-date.js';

/** "dinsdag 2 juni 2026 om 08:00 uur". */
export const momentWords = (moment: string): string =>
  DateTime.fromISO(moment, { zone: TIME_ZONE, locale: 'nl' }).toFormat("cccc d LLLL yyyy 'om' HH:mm 'uur'");

/** "di 2 jun, 08:00", for the rows of a table; with its year if that is not the year of `today`. */
export const shortMoment = (moment: string, today: string): string =>
  `${inShort(dayOf(moment), today)}, ${DateTime.fromISO(moment, { zone: TIME_ZONE }).toFormat('HH:mm')}`;
