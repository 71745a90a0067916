import { addDays } from '../../platform/common/calendar-date.js';
import { asDate, LEAD, type Reader, SET_OFF, WEEKDAYS, yearOf } from './quick-meaning.rules.js';
import { dayInMonth } from './quick-months.rules.js';

const A_WEEKDAY = String.raw`\b(zo(?:ndag)?|ma(?:andag)?|di(?:nsdag)?|wo(?:ensdag)?|do(?:nderdag)?|vr(?:ij(?:dag)?)?|za(?:terdag)?)\.?`;
const COUNT = String.raw`(een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|twaalf|een half|\d{1,2})`;
const UNIT = String.raw`(dag(?:en)?|dgn|week|weken|wkn?|maand(?:en)?|mnd|werkdag(?:en)?|jaar)\b\.?`;

/** Weeks, weekdays in a week, and so many days, weeks or months ahead. */
export const WEEK_READERS: [RegExp, Reader][] = [
  [new RegExp(`${LEAD}${A_WEEKDAY}\\s+over\\s+${COUNT}\\s+(?:week|weken|wkn?)\\b\\.?`, 'i'), weekdayAhead],
  [new RegExp(`${LEAD}${A_WEEKDAY}\\s+(?:in\\s+)?(deze|volgende|komende)\\s+week\\b`, 'i'), weekdayOfWeek],
  [
    new RegExp(
      `${LEAD}(?:\\beind(?:e)?\\s+(?:van\\s+)?(?:de(?:ze)?|volgende|komende)|\\b(?:in\\s+)?(?:deze|volgende|komende))\\s+week\\b(?!\\s+${A_WEEKDAY})`,
      'i',
    ),
    thisWeek,
  ],
  [
    /(?:\bnog\s+)?\bv[oó]{2}r\s+het\s+weekend\b/i,
    (_, day) => asDate(fridayOf(day, 0) < day ? fridayOf(day, 1) : fridayOf(day, 0), 'likely'),
  ],
  [/\b(?:in het|dit|komend)\s+weekend\b/i, (_, day) => asDate(addDays(fridayOf(day, 0), 2), 'likely')],
  [new RegExp(`${LEAD}(?:\\b(?:in|eind)\\s+)?\\b(?:week|wk\\.?)\\s+(\\d{1,2})\\b`, 'i'), weekNumber],
  [new RegExp(`\\b(?:over|binnen)\\s+(?:nu\\s+en\\s+)?${COUNT}\\s+${UNIT}`, 'i'), ahead],
  [new RegExp(`${SET_OFF}${COUNT}\\s+${UNIT}\\s*[.!]?$`, 'i'), ahead],
];

function fridayOf(day: string, weeks: number): string {
  const weekday = new Date(day).getUTCDay() || 7;
  return addDays(day, 5 - weekday + 7 * weeks);
}

const weekdayOf = (name: string): number => WEEKDAYS.indexOf(name.toLowerCase().slice(0, 2));

/** The first such weekday after `day`. */
function nextWeekday(name: string, day: string): string {
  const days = (weekdayOf(name) - new Date(day).getUTCDay() + 7) % 7;
  return addDays(day, days === 0 ? 7 : days);
}

/** "vrijdag over een week" is a week after the coming Friday; said on a Friday, a week after that day. */
function weekdayAhead([, name, count]: RegExpExecArray, day: string) {
  return asDate(addDays(nextWeekday(name, addDays(day, -1)), 7 * numberOf(count)), 'likely');
}

function weekdayOfWeek([, name, which]: RegExpExecArray, day: string) {
  const monday = addDays(fridayOf(day, /volgende|komende/i.test(which) ? 1 : 0), -4);
  return asDate(addDays(monday, (weekdayOf(name) + 6) % 7), 'sure');
}

/** Its Friday; in a weekend "deze week" is the week that ends now. */
function thisWeek([text]: RegExpExecArray, day: string) {
  const friday = fridayOf(day, /volgende|komende/i.test(text) ? 1 : 0);
  return asDate(friday < day ? day : friday, 'likely');
}

/** "week 23" means the Friday of that ISO week, this year or next. */
function weekNumber([, text]: RegExpExecArray, day: string) {
  const week = Number(text);
  if (week < 1 || week > 53) return undefined;
  const friday = (year: number) => addDays(fridayOf(`${year}-01-04`, 0), 7 * (week - 1));
  return asDate(friday(yearOf(day)) < day ? friday(yearOf(day) + 1) : friday(yearOf(day)), 'likely');
}

const NUMBERS = 'nul een twee drie vier vijf zes zeven acht negen tien elf twaalf'.split(' ');

function numberOf(text: string): number {
  const at = NUMBERS.indexOf(text.toLowerCase().replaceAll('é', 'e'));
  return at < 0 ? Number(text) : at;
}

/** "binnen een maand", "over 3 wkn", "binnen drie werkdagen"; a day that does not exist in its month becomes the last one. */
function ahead([text, count, unit]: RegExpExecArray, day: string) {
  const isHalf = /half$/i.test(count);
  const many = isHalf ? 6 : numberOf(count);
  const certainty = /^(?:over|binnen)/i.test(text) ? 'sure' : 'likely';
  if (/^d/i.test(unit)) return asDate(addDays(day, many), certainty);
  if (/^wk|^week|^weken/i.test(unit)) return asDate(addDays(day, 7 * many), certainty);
  if (/^werk/i.test(unit)) return asDate(workdaysAfter(day, many), certainty);
  const months = /^j/i.test(unit) && !isHalf ? 12 * many : many;
  const month = Number(day.slice(5, 7)) - 1 + months;
  const last = dayInMonth(yearOf(day), month, 'eind');
  return asDate(last.slice(8) < day.slice(8) ? last : `${last.slice(0, 8)}${day.slice(8)}`, certainty);
}

function workdaysAfter(day: string, count: number): string {
  let dueOn = day;
  for (let left = count; left > 0;) {
    dueOn = addDays(dueOn, 1);
    if (![0, 6].includes(new Date(dueOn).getUTCDay())) left -= 1;
  }
  return dueOn;
}
