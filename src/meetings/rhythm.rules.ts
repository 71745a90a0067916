import { RRuleTemporal } from 'rrule-temporal';
import { addDays } from '../common/calendar-date.js';
import { TIME_ZONE } from '../common/clock.js';
import { isHoliday } from '../common/holidays.rules.js';

interface Wish {
  rhythm: string;
  /**
   * The day the rhythm is counted from: the day for which the last session was planned, wherever it moved to since, so that
   * "every six weeks" does not drift.
   */
  anchor: string;
  /** The first day that can be proposed. */
  from: string;
  /** The last one; null while the meeting has no end. */
  until: string | null;
  count: number;
  /** How many sessions the rhythm has given already: what its COUNT leaves is proposed. */
  held: number;
  skipsHolidays: boolean;
  /** Days that have a session already, or had one before it was moved. */
  taken: ReadonlySet<string>;
}

/**
 * The days a rhythm (RFC 5545 RRULE, local time) proposes after its anchor: none before `from`, none that is taken, at most
 * two years ahead. The time of day belongs to the meeting: 10:00 stays 10:00 across summer time. `skipsHolidays` leaves out
 * Dutch public holidays.
 */
export function proposedDays({ rhythm, anchor, from, until, count, held, skipsHolidays, taken }: Wish): string[] {
  const last = addDays(from, 731);
  const days: string[] = [];
  const [, limit] = /(?:^|;)COUNT=(\d+)/.exec(rhythm) ?? [];
  const wanted = limit === undefined ? count : Math.min(count, Number(limit) - held);
  if (wanted <= 0) return days;
  rhythmFrom(withoutCount(rhythm), anchor).all((moment) => {
    const day = moment.toPlainDate().toString();
    if (day > last || (until !== null && day > until)) return false;
    const isFree = day > anchor && day >= from && !taken.has(day);
    if (isFree && !(skipsHolidays && isHoliday(day))) days.push(day);
    return days.length < wanted;
  });
  return days;
}

/** COUNT is of the whole series, not of what follows its last session. */
const withoutCount = (rhythm: string): string =>
  rhythm
    .split(';')
    .filter((part) => !part.startsWith('COUNT='))
    .join(';');

const rhythmFrom = (rhythm: string, day: string): RRuleTemporal =>
  new RRuleTemporal({ rruleString: `DTSTART;TZID=${TIME_ZONE}:${day.replaceAll('-', '')}T120000\nRRULE:${rhythm}` });

const NUMBERS = String.raw`-?\d{1,3}(,-?\d{1,3})*`;
const DAYS = String.raw`([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)`;
const PARTS: Record<string, RegExp> = {
  FREQ: /^(DAILY|WEEKLY|MONTHLY|YEARLY)$/,
  INTERVAL: /^[1-9]\d{0,2}$/,
  COUNT: /^[1-9]\d{0,3}$/,
  UNTIL: /^\d{8}(T\d{6}Z?)?$/,
  BYDAY: new RegExp(`^${DAYS}(,${DAYS})*$`),
  BYMONTHDAY: new RegExp(`^${NUMBERS}$`),
  BYMONTH: /^\d{1,2}(,\d{1,2})*$/,
  BYSETPOS: new RegExp(`^${NUMBERS}$`),
  BYWEEKNO: new RegExp(`^${NUMBERS}$`),
  BYYEARDAY: new RegExp(`^${NUMBERS}$`),
  WKST: /^(MO|TU|WE|TH|FR|SA|SU)$/,
};

/**
 * Whether a text is the value of an RFC 5545 RRULE that a meeting can follow: days or longer apart, each part once and
 * well formed (the library passes over parts it does not know), and with a first day.
 */
export function isRhythm(text: unknown): text is string {
  if (typeof text !== 'string' || text.length > 500) return false;
  const parts = text.split(';').map((part) => part.split('='));
  const names = new Set(parts.map(([name]) => name));
  if (names.size !== parts.length || !names.has('FREQ')) return false;
  if (!parts.every(([name, value = '', ...rest]) => rest.length === 0 && PARTS[name!]?.test(value))) return false;
  try {
    const rule = new RRuleTemporal({
      rruleString: `DTSTART;TZID=${TIME_ZONE}:20200101T100000\nRRULE:${text}`,
      maxIterations: 1000,
    });
    return rule.all((_, count) => count < 1).length > 0;
  } catch {
    return false;
  }
}
