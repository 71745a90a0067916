import { addDays, isCalendarDate } from '../../platform/common/calendar-date.js';
import type { DueKind } from '../action.entity.js';

/** `sure`: explicit; `likely`: an interpretation of loose words; `doubtful`: contradictory, or in the past. */
export type Certainty = 'sure' | 'likely' | 'doubtful';

/** The meaning of a deadline's words on a day. */
export interface Meaning {
  kind: DueKind;
  dueOn: string | null;
  certainty: Certainty;
}

type Reader = (match: RegExpExecArray, day: string) => Meaning | undefined;

/** Prepositions and the like before a deadline, which only mark it as one. */
export const LEAD = String.raw`(?:\b(?:uiterlijk|vóór|voor|per|op|tegen|tot|deadline:?|gereed|klaar)\s+)*`;
const MONTHS = ['jan', 'feb', 'maa', 'apr', 'mei', 'jun', 'jul', 'aug', 'sep', 'okt', 'nov', 'dec'];
const MONTH = String.raw`(jan(?:uari)?|feb(?:ruari)?|mrt|maart|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?`;
const PART = String.raw`(begin|half|medio|midden|eind(?:e)?|(?:eerste|tweede|derde|laatste|[123]e)\s+(?:week|helft))`;
const WEEKDAY = String.raw`(?:\b(zo|ma|di|wo|do|vr|za)(?:ndag|andag|nsdag|ensdag|nderdag|ijdag|terdag)?\.?\s+)?`;
const WEEKDAYS = ['zo', 'ma', 'di', 'wo', 'do', 'vr', 'za'];
/** After two numbers these mark a quantity: "1.5 m", "10-12 jarigen". */
const COUNTED = String.raw`(?!\s*-?(?:[ckm]?m|meter|uur|jaar|jarigen?|keer|x|%|personen|mensen|stuks)(?![\p{L}]))`;

const asDate = (dueOn: string, certainty: Certainty) => ({ kind: 'date' as const, dueOn, certainty });
const yearOf = (day: string): number => Number(day.slice(0, 4));
const without = (kind: 'asap' | 'ongoing' | 'next_session') => () => ({
  kind,
  dueOn: null,
  certainty: 'sure' as const,
});

/** Deadline notations that a date parser misreads or does not know, each with its meaning on a day. */
export const READERS: [RegExp, Reader][] = [
  [/\bz\.?\s?s\.?\s?m\b\.?|\bzo snel mogelijk\b|\basap\b|\bper direct\b|\bdirect\b$/i, without('asap')],
  [/\bdoorlopend\b|\bcontinu\b|\blopend(?:e)?\b$|\bblijvend\b/i, without('ongoing')],
  [
    /(?:\b(?:voor|in|bij|op|uiterlijk)\s+)?(?:\b(?:het|de)\s+)?\b(?:eerst)?volgende?\s+(?:overleg|keer|vergadering|bijeenkomst|sessie|po)\b/i,
    without('next_session'),
  ],
  [
    new RegExp(`${LEAD}(?:\\bin\\s+)?(?:\\bde\\s+)?\\b${PART}\\s+(?:van\\s+)?${MONTH}(?:\\s+(\\d{4}))?`, 'i'),
    partOfMonth,
  ],
  [new RegExp(`(?:^|[,;]\\s*|\\b(in|voor|vóór|per)\\s+)${MONTH}(?:\\s+(\\d{4}))?\\s*[.!]?$`, 'i'), wholeMonth],
  [
    new RegExp(
      `${LEAD}(?:\\b(begin|half|medio|midden|eind(?:e)?)\\s+(?:van\\s+)?(?:de(?:ze)?|volgende|komende)|\\b(?:deze|volgende|komende))\\s+maand\\b`,
      'i',
    ),
    partOfThisMonth,
  ],
  [
    new RegExp(`${LEAD}\\b(begin|medio|eind(?:e)?)\\s+(?:van\\s+)?(?:(20\\d{2})|(?:dit\\s+|het\\s+)?jaar)\\b`, 'i'),
    partOfYear,
  ],
  [
    new RegExp(`${LEAD}\\beind(?:e)?\\s+(?:van\\s+)?(de(?:ze)?|volgende)\\s+week\\b`, 'i'),
    ([, which], day) => asDate(fridayOf(day, which === 'volgende' ? 1 : 0), 'likely'),
  ],
  [/(?:\bnog\s+)?\bv[oó]{2}r\s+het\s+weekend\b/i, (_, day) => asDate(fridayOf(day, 0), 'likely')],
  [new RegExp(`${LEAD}(?:\\b(?:in|eind)\\s+)?\\b(?:week|wk\\.?)\\s+(\\d{1,2})\\b`, 'i'), weekNumber],
  [
    new RegExp(
      `${LEAD}${WEEKDAY}(?<![\\d.,-])\\b(\\d{1,2})([-/.])(\\d{1,2})(?:[-/.]['’]?(\\d{4}|\\d{2}))?(?!\\.?\\d|\\p{L})${COUNTED}`,
      'iu',
    ),
    numericDate,
  ],
  [/(?:\bin\s+)?\b(?:eind\s+)?(?:het\s+)?(?:([1-4])e\s+kwartaal|Q([1-4]))\b(?:\s+(20\d{2})\b)?/i, quarter],
  [/\bovermorgen\b/i, (_, day) => asDate(addDays(day, 2), 'sure')],
  [/\b(?:over|binnen)\s+(een|één|twee|drie|vier|vijf|zes|\d{1,2})\s+(maand(?:en)?|mnd|werkdag(?:en)?)\b\.?/i, ahead],
  [/\bv[oó]{2}r\s+(?:de\s+)?kerst\b/i, (_, day) => asDate(coming('12-24', day), 'likely')],
  [/\bv[oó]{2}r\s+de\s+zomer(?:vakantie)?\b/i, (_, day) => asDate(coming('06-30', day), 'doubtful')],
  [/\bna\s+de\s+zomer(?:vakantie)?\b/i, (_, day) => asDate(coming('09-30', day), 'doubtful')],
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

/** "in juni" means its last day, "voor juni" the day before it, "per juli" the first. */
function wholeMonth([, lead, name, year]: RegExpExecArray, day: string) {
  const on = (inYear: number) => {
    const first = dayInMonth(inYear, monthOf(name), 'eerste dag');
    if (lead && /^v/i.test(lead)) return addDays(first, -1);
    return lead && /^per/i.test(lead) ? first : dayInMonth(inYear, monthOf(name), 'eind');
  };
  const dueOn = on(year ? Number(year) : yearOf(day));
  return asDate(!year && dueOn < day ? on(yearOf(day) + 1) : dueOn, 'likely');
}

function partOfThisMonth([text, part = 'eind']: RegExpExecArray, day: string) {
  const month = Number(day.slice(5, 7)) - 1 + (/volgende|komende/i.test(text) ? 1 : 0);
  return asDate(dayInMonth(yearOf(day), month, part), 'likely');
}

/** Begin: the end of January; medio: 1 July; eind: the last day. */
function partOfYear([, part, named]: RegExpExecArray, day: string) {
  const year = named ?? String(yearOf(day));
  if (/^begin/i.test(part)) return named ? asDate(`${year}-01-31`, 'likely') : undefined;
  return /^medio/i.test(part) ? asDate(`${year}-07-01`, 'likely') : asDate(`${year}-12-31`, 'sure');
}

/**
 * Begin and the first week: the 7th; half, medio and the first half: the 15th; eind, the last week and the second half:
 * the last day.
 */
function dayInMonth(year: number, month: number, part: string): string {
  const first = new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
  if (/dag$/i.test(part)) return first;
  if (/^begin|^(?:eerste|1e)\s+week/i.test(part)) return addDays(first, 6);
  if (/^(?:tweede|2e)\s+week/i.test(part)) return addDays(first, 13);
  if (/^(?:derde|3e)\s+week/i.test(part)) return addDays(first, 20);
  if (!/^eind|^laatste|^(?:tweede|2e)\s+helft/i.test(part)) return addDays(first, 14);
  return addDays(new Date(Date.UTC(year, month + 1, 1)).toISOString().slice(0, 10), -1);
}

function fridayOf(day: string, weeks: number): string {
  const weekday = new Date(day).getUTCDay() || 7;
  return addDays(day, 5 - weekday + 7 * weeks);
}

/** "week 23" means the Friday of that ISO week, this year or next. */
function weekNumber([, text]: RegExpExecArray, day: string) {
  const week = Number(text);
  if (week < 1 || week > 53) return undefined;
  const friday = (year: number) => addDays(fridayOf(`${year}-01-04`, 0), 7 * (week - 1));
  return asDate(friday(yearOf(day)) < day ? friday(yearOf(day) + 1) : friday(yearOf(day)), 'likely');
}

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

function quarter([, one, other, named]: RegExpExecArray, day: string) {
  const end = (year: number) => dayInMonth(year, 3 * Number(one ?? other) - 1, 'eind');
  const year = named ? Number(named) : yearOf(day);
  return asDate(!named && end(year) < day ? end(year + 1) : end(year), 'likely');
}

const NUMBERS: Record<string, number> = { een: 1, één: 1, twee: 2, drie: 3, vier: 4, vijf: 5, zes: 6 };

/** "binnen een maand", "binnen drie werkdagen"; a day that does not exist in its month becomes the last one. */
function ahead([, count, unit]: RegExpExecArray, day: string) {
  const many = NUMBERS[count.toLowerCase()] ?? Number(count);
  if (/^m/i.test(unit)) {
    const month = Number(day.slice(5, 7)) - 1 + many;
    const last = dayInMonth(yearOf(day), month, 'eind');
    return asDate(last.slice(8) < day.slice(8) ? last : `${last.slice(0, 8)}${day.slice(8)}`, 'sure');
  }
  let dueOn = day;
  for (let left = many; left > 0;) {
    dueOn = addDays(dueOn, 1);
    if (![0, 6].includes(new Date(dueOn).getUTCDay())) left -= 1;
  }
  return asDate(dueOn, 'sure');
}
