import { DateTime } from 'luxon';
import { TIME_ZONE } from '../platform/common/calendar-date.js';

/** "dinsdag 2 juni 2026 om 08:00 uur". */
export const momentWords = (moment: string): string =>
  DateTime.fromISO(moment, { zone: TIME_ZONE, locale: 'nl' }).toFormat("cccc d LLLL yyyy 'om' HH:mm 'uur'");

/** "di 2 jun 2026, 08:00", for the rows of a table. */
export const shortMoment = (moment: string): string =>
  DateTime.fromISO(moment, { zone: TIME_ZONE, locale: 'nl' }).toFormat('ccc d LLL yyyy, HH:mm').replace('.', '');
