import { RRuleTemporal } from 'rrule-temporal';
import { TIME_ZONE } from '../common/clock.js';
import type { DefaultAgendaItem } from './meeting.entity.js';

/** What a meeting has on its agenda when nobody says otherwise; topics come before the rondvraag. */
export const DEFAULT_AGENDA: DefaultAgendaItem[] = [
  { kind: 'opening', title: 'Opening' },
  { kind: 'minutes', title: 'Verslag vorige keer' },
  { kind: 'actions', title: 'Actielijst' },
  { kind: 'any_other_business', title: 'Rondvraag' },
  { kind: 'closing', title: 'Sluiting' },
];

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
