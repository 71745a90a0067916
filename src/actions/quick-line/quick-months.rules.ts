import { addDays, isCalendarDate } from '../../platform/common/calendar-date.js';
import { asDate, LEAD, type Reader, SET_OFF, WEEKDAY, WEEKDAYS, yearOf } from './quick-meaning.rules.js';

const MONTHS = ['jan', 'feb', 'maa', 'apr', 'mei', 'jun', 'jul', 'aug', 'sep', 'okt', 'nov', 'dec'];
const MONTH = String.raw`(jan(?:uari)?|feb(?:ruari)?|mrt|maart|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?`;
const OF = String.raw`(?:van\s+|v/?\.?d\.?\s+)?`;
const PART = String.raw`(begin|half|halverwege|medio|midden|eind(?:e)?|(?:eerste|tweede|derde|laatste|[123]e)\s+(?:week|helft))`;

/** Days in a month, parts of a month or a year, and quarters. */
export const MONTH_READERS: [RegExp, Reader][] = [
  [
    new RegExp(`${LEAD}(?:\\bin\\s+)?(?:\\b(?:de|het)\\s+)?\\b${PART}\\s+${OF}${MONTH}(?:\\s+(\\d{4}))?`, 'i'),
    partOfMonth,
  ],
  [
    new RegExp(`(?:${SET_OFF}|\\b(in|voor|vóór|per|vanaf|na|tot|klaar)\\s+)${MONTH}(?:\\s+(\\d{4}))?\\s*[.!]?$`, 'i'),
    wholeMonth,
  ],
  [new RegExp(`\\b(in|voor|vóór)\\s+${MONTH}(?:\\s+(\\d{4}))?(?!\\s+\\d)`, 'i'), wholeMonth],
  [
    new RegExp(`${LEAD}\\b(\\d{1,2})\\s*(?:t/m|tot en met|en|-|–)\\s*\\d{1,2}\\s+${MONTH}(?:\\s+(\\d{4}))?`, 'i'),
    range,
  ],
  [
    new RegExp(
      `${LEAD}(?:\\b(begin|half|medio|midden|eind(?:e)?)\\s+(?:(?:van\\s+)?(?:de(?:ze)?|volgende|komende)|v/?\\.?d\\.?)|\\b(?:deze|volgende|komende))\\s+maand\\b`,
      'i',
    ),
    partOfThisMonth,
  ],
  [
    new RegExp(`${LEAD}\\b(begin|medio|eind(?:e)?)\\s+${OF}(?:(20\\d{2})|(?:(?:dit|het|volgend)\\s+)?jaar)\\b`, 'i'),
    partOfYear,
  ],
  [
    new RegExp(`${LEAD}\\beind(?:e)?\\s+(?:van\\s+)?(?:het\\s+)?schooljaar\\b`, 'i'),
    (_, day) => asDate(coming('07-31', day), 'doubtful'),
  ],
  [
    new RegExp(
      `(?:${SET_OFF}|\\b(?:in|uiterlijk|voor|vóór|eind|begin|tot)\\s+(?:het\\s+)?)(?:eind\\s+)?(?:het\\s+)?(?:([1-4])e\\s+kwartaal|Q([1-4]))\\b(?:\\s+(20\\d{2})\\b)?`,
      'i',
    ),
    quarter,
  ],
  [new RegExp(`${LEAD}${WEEKDAY}(?<![\\d.,/-])\\b(\\d{1,2})e?\\s+${MONTH}(?:\\s+(20\\d{2})\\b)?`, 'iu'), dayOfMonth],
];

const monthOf = (name: string): number => MONTHS.indexOf(name.toLowerCase().replace('mrt', 'maa').slice(0, 3));

/** The first occurrence of `MM-DD` from `day` on. */
function coming(monthAndDay: string, day: string): string {
  const thisYear = `${yearOf(day)}-${monthAndDay}`;
  return thisYear < day ? `${yearOf(day) + 1}-${monthAndDay}` : thisYear;
}

function partOfMonth([, part, name, year]: RegExpExecArray, day: string) {
  const dueOn = dayInMonth(year ? Number(year) : yearOf(day), monthOf(name), part);
  return asDate(!year && dueOn < day ? dayInMonth(yearOf(day) + 1, monthOf(name), part) : dueOn, 'likely');
}

/** "in juni" means its last day, "voor juni" the day before it, "per juli" and "vanaf juli" the first. */
function wholeMonth([, lead = '', name, year]: RegExpExecArray, day: string) {
  const on = (inYear: number) => {
    const first = dayInMonth(inYear, monthOf(name), 'eerste dag');
    if (/^(?:v[oó]{2}r|tot)/i.test(lead)) return addDays(first, -1);
    return /^(?:per|vanaf|na)/i.test(lead) ? first : dayInMonth(inYear, monthOf(name), 'eind');
  };
  const dueOn = on(year ? Number(year) : yearOf(day));
  const certainty = /^(?:vanaf|na)/i.test(lead) ? 'doubtful' : 'likely';
  return asDate(!year && dueOn < day ? on(yearOf(day) + 1) : dueOn, certainty);
}

/** "8 t/m 11 juni" begins on the first of these days. */
function range([, first, name, year]: RegExpExecArray, day: string) {
  const dueOn = onDay(first, name, year, day);
  return dueOn ? asDate(dueOn, 'likely') : undefined;
}

function partOfThisMonth([text, part = 'eind']: RegExpExecArray, day: string) {
  const month = Number(day.slice(5, 7)) - 1 + (/volgende|komende/i.test(text) ? 1 : 0);
  return asDate(dayInMonth(yearOf(day), month, part), 'likely');
}

/** Begin: the end of January; medio: 1 July; eind: the last day. */
function partOfYear([text, part, named]: RegExpExecArray, day: string) {
  const isNext = /volgend/i.test(text);
  const year = named ?? String(yearOf(day) + (isNext ? 1 : 0));
  if (/^begin/i.test(part)) return named || isNext ? asDate(`${year}-01-31`, 'likely') : undefined;
  return /^medio/i.test(part) ? asDate(`${year}-07-01`, 'likely') : asDate(`${year}-12-31`, 'sure');
}

/**
 * Begin and the first week: the 7th; half, medio and the first half: the 15th; eind, the last week and the second half:
 * the last day.
 */
export function dayInMonth(year: number, month: number, part: string): string {
  const first = new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
  if (/dag$/i.test(part)) return first;
  if (/^begin|^(?:eerste|1e)\s+week/i.test(part)) return addDays(first, 6);
  if (/^(?:tweede|2e)\s+week/i.test(part)) return addDays(first, 13);
  if (/^(?:derde|3e)\s+week/i.test(part)) return addDays(first, 20);
  if (!/^eind|^laatste|^(?:tweede|2e)\s+helft/i.test(part)) return addDays(first, 14);
  return addDays(new Date(Date.UTC(year, month + 1, 1)).toISOString().slice(0, 10), -1);
}

/** "di 9 juni", "3 juni 2026". */
function dayOfMonth([, weekday, dayText, name, year]: RegExpExecArray, day: string) {
  const dueOn = onDay(dayText, name, year, day);
  if (!dueOn) return undefined;
  const isThatDay = !weekday || WEEKDAYS[new Date(dueOn).getUTCDay()] === weekday.toLowerCase();
  return asDate(dueOn, isThatDay ? 'sure' : 'doubtful');
}

/** That day of the month, in the year beside it or the first from `day` on. */
function onDay(dayText: string, month: string, year: string | undefined, day: string): string | undefined {
  const on = (inYear: number) => `${inYear}-${String(monthOf(month) + 1).padStart(2, '0')}-${dayText.padStart(2, '0')}`;
  const inYear = year ? Number(year) : yearOf(day);
  const dueOn = !year && on(inYear) < day ? on(inYear + 1) : on(inYear);
  return isCalendarDate(dueOn) ? dueOn : undefined;
}

function quarter([, one, other, named]: RegExpExecArray, day: string) {
  const end = (year: number) => dayInMonth(year, 3 * Number(one ?? other) - 1, 'eind');
  const year = named ? Number(named) : yearOf(day);
  return asDate(!named && end(year) < day ? end(year + 1) : end(year), 'likely');
}
