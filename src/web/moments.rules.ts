import { DateTime } from 'luxon';
import { TIME_ZONE } from '../platform/common/clock.js';

/** "2 juni 2026 om 08:00 uur". */
export const momentWords = (moment: string): string =>
  DateTime.fromISO(moment, { zone: TIME_ZONE, locale: 'nl' }).toFormat("d LLLL yyyy 'om' HH:mm 'uur'");
