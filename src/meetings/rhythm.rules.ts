import { RRuleTemporal } from 'rrule-temporal';
import { addDays } from '../common/calendar-date.js';
import { TIME_ZONE } from '../common/clock.js';
import { isHoliday } from '../common/holidays.rules.js';

/**
 * The next days of a rhythm (RFC 5545 RRULE, local time) from a day on, at most `count` and within two years. The time of
 * day belongs to the meeting: 10:00 stays 10:00 across summer time. `skipsHolidays` leaves out Dutch public holidays.
 */
export function nextDays(rhythm: string, from: string, count: number, skipsHolidays: boolean): string[] {
  const rule = new RRuleTemporal({
    rruleString: `DTSTART;TZID=${TIME_ZONE}:${from.replaceAll('-', '')}T120000\nRRULE:${rhythm}`,
  });
  const until = addDays(from, 731);
  const days: string[] = [];
  rule.all((moment) => {
    const day = moment.toPlainDate().toString();
    if (day > until) return false;
    if (!skipsHolidays || !isHoliday(day)) days.push(day);
    return days.length < count;
  });
  return days;
}
