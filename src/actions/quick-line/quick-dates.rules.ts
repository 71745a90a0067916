import { addDays, isCalendarDate } from '../../platform/common/calendar-date.js';
import { SEASON, seasonDate } from './quick-days.rules.js';
import { asDate, LEAD, type Reader, SET_OFF, WEEKDAY, WEEKDAYS, yearOf } from './quick-meaning.rules.js';
import { MONTH_READERS } from './quick-months.rules.js';
import { WEEK_READERS } from './quick-weeks.rules.js';

/** After two numbers these mark a quantity: "1.5 m", "10-12 jarigen". */
const COUNTED = String.raw`(?!\s*-?(?:[ckm]?m|meter|uur|jaar|jarigen?|keer|x|%|personen|mensen|stuks)(?![\p{L}]))`;

const without = (kind: 'asap' | 'ongoing' | 'next_session') => () => ({
  kind,
  dueOn: null,
  certainty: 'sure' as const,
});

/** Something recurring: it has no end, and how often is part of the action. */
export const RECURRING: RegExp[] = [
  /\b(?:elke?|iedere?)\s+(?:overleg|vergadering|po|keer|dag|week|maand|kwartaal|jaar|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag)\b/i,
  new RegExp(
    `${SET_OFF}(?:dagelijks|wekelijks|maandelijks|(?:\\d+\\s?x|eens)\\s+(?:p/[wmj]|per\\s+\\p{L}+))\\s*[.!]?$`,
    'iu',
  ),
];

/** Deadline notations that a date parser misreads or does not know, each with its meaning on a day. */
export const READERS: [RegExp, Reader][] = [
  ...MONTH_READERS,
  ...WEEK_READERS,
  [
    /\bz\.?\s?s\.?\s?m\b\.?|\bzo (?:snel|spoedig|gauw) mogelijk\b|\basap\b|\bper (?:direct|ommegaande)\b|\bmet spoed\b/i,
    without('asap'),
  ],
  [new RegExp(`(?:${SET_OFF}(?:spoed|snel|meteen|onmiddellijk)|\\bdirect)\\s*[.!]*$`, 'i'), without('asap')],
  [/\bdoorlopend\b|\bcontinu\b|\blopend(?:e)?\b$|\bblijvend\b/i, without('ongoing')],
  [
    /(?:\b(?:voor|in|bij|op|uiterlijk|tijdens)\s+)?(?:\b(?:het|de)\s+)?\b(?:(?:eerst)?(?:volgende?|komende?)|vlg\.?)\s+(?:overleg|keer|vergadering|bijeenkomst|sessie|po)\b/i,
    without('next_session'),
  ],
  [
    new RegExp(
      `${LEAD}${WEEKDAY}(?<![\\d.,-])\\b(\\d{1,2})([-/.])(\\d{1,2})(?:[-/.]['’]?(\\d{4}|\\d{2}))?(?!\\.?\\d|\\p{L}|-\\d)${COUNTED}`,
      'iu',
    ),
    numericDate,
  ],
  [/\bovermorgen\b/i, (_, day) => asDate(addDays(day, 2), 'sure')],
  [SEASON, (match, day) => asDate(seasonDate(match, day), 'doubtful')],
];

/** "1-5", "di 26/5", "01/05/'26": day before month, as in Dutch. "2-3 bankjes" is a quantity. */
function numericDate(match: RegExpExecArray, day: string) {
  const [text, weekday, dayText, sign, month, yearText] = match;
  const year = yearText ? Number(yearText.length === 2 ? `20${yearText}` : yearText) : yearOf(day);
  const on = (inYear: number) => `${inYear}-${month.padStart(2, '0')}-${dayText.padStart(2, '0')}`;
  const dueOn = !yearText && on(year) < day ? on(year + 1) : on(year);
  if (!isCalendarDate(dueOn)) return undefined;
  const isLoose =
    !yearText && !weekday && /^\d/.test(text) && /^\s+\p{L}/u.test(match.input.slice(match.index + text.length));
  if (isLoose && (sign !== '/' || match.index > 0)) return undefined;
  const isThatDay = !weekday || WEEKDAYS[new Date(dueOn).getUTCDay()] === weekday.toLowerCase();
  return asDate(dueOn, isThatDay ? 'sure' : 'doubtful');
}
