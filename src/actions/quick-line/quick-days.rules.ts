import { addDays } from '../../platform/common/calendar-date.js';
import { easterOf, holidaysOf } from '../../platform/holidays/holidays.rules.js';

const fixed = (monthAndDay: string) => (year: number) => `${year}-${monthAndDay}`;
const afterEaster = (days: number) => (year: number) => addDays(easterOf(year), days);

/** The nth weekday (0 is Sunday) of a month. */
const nth = (count: number, weekday: number, month: string) => (year: number) => {
  const first = `${year}-${month}-01`;
  const offset = (weekday - new Date(first).getUTCDay() + 7) % 7;
  return addDays(first, offset + 7 * (count - 1));
};

const kingsDay = (year: number) => [...holidaysOf(year)].find(([, name]) => name === 'Koningsdag')![0];

/**
 * Days that have a name. Public holidays: Algemene termijnenwet, article 3. Prinsjesdag: the third Tuesday of September
 * (Grondwet, article 65). Burendag: the fourth Saturday of September (Oranje Fonds). Carnaval: the Sunday seven weeks
 * before Easter. `isWhole`: names nothing but a day, so that it is never part of the action.
 */
const NAMED_DAYS: [string, (year: number) => string, isWhole?: boolean][] = [
  ['koningsdag', kingsDay],
  ['carnaval', afterEaster(-49)],
  ['goede vrijdag', afterEaster(-2), true],
  ['(?:eerste|1e) paasdag', afterEaster(0), true],
  ['(?:tweede|2e) paasdag', afterEaster(1), true],
  ['pasen|paasweekend', afterEaster(0)],
  ['hemelvaart(?:sdag)?', afterEaster(39)],
  ['(?:eerste|1e) pinksterdag', afterEaster(49), true],
  ['(?:tweede|2e) pinksterdag', afterEaster(50), true],
  ['pinksteren|pinksterweekend', afterEaster(49)],
  ['dag van de arbeid', fixed('05-01')],
  ['dodenherdenking', fixed('05-04')],
  ['bevrijdingsdag', fixed('05-05')],
  ['moederdag', nth(2, 0, '05')],
  ['vaderdag', nth(3, 0, '06')],
  ['prinsjesdag', nth(3, 2, '09')],
  ['burendag', nth(4, 6, '09')],
  ['halloween', fixed('10-31')],
  ['sint[ -]?maarten', fixed('11-11')],
  ['sinterklaas(?:avond)?|pakjesavond', fixed('12-05')],
  ['kerstavond', fixed('12-24')],
  ['(?:tweede|2e) kerstdag', fixed('12-26'), true],
  ['(?:(?:eerste|1e) )?kerstdag|kerst(?:mis)?|de feestdagen', fixed('12-25')],
  ['oud (?:en|&) nieuw|oudjaar(?:sdag|savond)?|(?:de )?jaarwisseling', fixed('12-31')],
  ['nieuwjaar(?:sdag)?', fixed('01-01')],
];
const PREPOSITION = String.raw`(?:vóór|voor|op|met|rond|tijdens|per|tot|tegen)`;
const LEAD = String.raw`(?:\b(?:uiterlijk|nog)\s+)?(?:\b${PREPOSITION}\s+)?(?:de\s+)?`;
const IS_LED = new RegExp(`^(?:uiterlijk|nog|${PREPOSITION})\\s`, 'i');
const FORMS = NAMED_DAYS.map(([names, on, isWhole = false]) => ({
  form: new RegExp(`${LEAD}(?<![\\p{L}-])(?:${names})(?![\\p{L}-])(?:\\s+(20\\d{2}))?`, 'iu'),
  on,
  isWhole,
}));

interface NamedDay {
  at: number;
  text: string;
  dueOn: string;
  /** Whether the words only name a day: they have a preposition, or mean nothing else. */
  isDay: boolean;
}

/** The named days in a line, each the first from `day` on or in the year beside it. */
export function namedDays(line: string, day: string): NamedDay[] {
  return FORMS.flatMap(({ form, on, isWhole }) => {
    const match = form.exec(line);
    if (!match) return [];
    const [text, year] = match;
    const dueOn = year ? on(Number(year)) : firstFrom(on, day);
    const after = line.slice(match.index + text.length);
    const isAlone = /[,;.]\s*$/.test(line.slice(0, match.index)) && /^\s*[.!]?$/.test(after);
    const isDay = isWhole || isAlone || IS_LED.test(text);
    return [{ at: match.index, text, dueOn, isDay }];
  });
}

/** The first of these yearly days from `day` on. */
function firstFrom(on: (year: number) => string, day: string): string {
  const year = Number(day.slice(0, 4));
  return on(year) < day ? on(year + 1) : on(year);
}

/**
 * Seasons as people use them for a deadline: the last day before it, its last day, and a month after it. Autumn and winter
 * are counted by whole months, the summer from the school holidays on.
 */
const SEASONS: Record<string, [before: string, within: string, after: string]> = {
  zomer: ['06-30', '08-31', '09-30'],
  vakantie: ['06-30', '08-31', '09-30'],
  herfst: ['09-30', '11-30', '12-31'],
  winter: ['11-30', '02-28', '03-31'],
  voorjaar: ['02-28', '05-31', '06-30'],
};
const SEASON_NAMES: [RegExp, string][] = [
  [/^(?:zomer|zomerperiode)$/i, 'zomer'],
  [/^(?:zomervakantie|vakantie|bouwvak|zomerreces)$/i, 'vakantie'],
  [/^(?:herfst|najaar)$/i, 'herfst'],
  [/^winter$/i, 'winter'],
  [/^(?:voorjaar|lente)$/i, 'voorjaar'],
];
export const SEASON =
  /(?<lead>(?:^|[,;.]\s*|\b(?:nog|in|deze|dit|komende?|volgende?|vóór|voor|na|tot|uiterlijk|begin|eind)\s+)(?:van\s+)?(?:de\s+|het\s+|deze\s+|dit\s+|komende?\s+|volgende?\s+)?)(?<name>zomer(?:vakantie|reces)?|vakantie|bouwvak|herfst|najaar|winter|voorjaar|lente)(?![\p{L}-])(?:\s+(?<year>20\d{2}))?/iu;

/** The date a season stands for: always a guess. */
export function seasonDate({ groups = {} }: RegExpExecArray, day: string): string {
  const { lead, name, year } = groups;
  const season = SEASONS[SEASON_NAMES.find(([form]) => form.test(name))![1]];
  const which = /\b(?:vóór|voor|tot)\s/i.test(lead) ? 0 : /\bna\s/i.test(lead) ? 2 : 1;
  if (year) return `${year}-${season[which]}`;
  const coming = firstFrom(fixed(season[which]), day);
  const isNext = /volgend/i.test(lead) && coming.startsWith(day.slice(0, 4));
  return isNext ? `${Number(day.slice(0, 4)) + 1}-${season[which]}` : coming;
}
