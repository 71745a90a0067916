import { addDays } from '../platform/common/calendar-date.js';
import { isHoliday } from '../platform/holidays/holidays.rules.js';

/** Something that happens on a day. */
export interface Moment {
  on: string;
  run: () => Promise<unknown>;
}

/** The calendar of the story that ends today. */
export interface StoryDates {
  /** The latest year whose review is finished: last year, or before mid-February the year before it. */
  reviewed: number;
  /** The first day of the year before it. */
  fromOn: string;
  /** The latest quarter that has been told. */
  quarter: { year: number; quarter: number; publishedOn: string };
}

/** On this day of the year after, the reviews are published. */
export const REVIEW_PUBLISHED = '02-12';
/** Results of a quarter are published this many days after its end. */
const QUARTER_TOLD_AFTER = 19;

export function storyDates(today: string): StoryDates {
  const year = Number(today.slice(0, 4));
  const reviewed = today.slice(5) > REVIEW_PUBLISHED ? year - 1 : year - 2;
  return { reviewed, fromOn: `${reviewed - 1}-01-01`, quarter: quarterTold(today) };
}

function quarterTold(today: string): StoryDates['quarter'] {
  const year = Number(today.slice(0, 4));
  const starts = [
    `${year - 1}-07-01`,
    `${year - 1}-10-01`,
    ...['01', '04', '07', '10'].map((month) => `${year}-${month}-01`),
  ];
  const next = starts.findLast((day) => addDays(day, QUARTER_TOLD_AFTER) < today)!;
  const month = Number(next.slice(5, 7));
  const publishedOn = workday(addDays(next, QUARTER_TOLD_AFTER));
  const nextYear = Number(next.slice(0, 4));
  if (month === 1) return { year: nextYear - 1, quarter: 4, publishedOn };
  return { year: nextYear, quarter: (month - 1) / 3, publishedOn };
}

/** The day itself, or the last working day before it. */
export function workday(day: string): string {
  return isWeekend(day) || isHoliday(day) ? workday(addDays(day, -1)) : day;
}

export const isWeekend = (day: string): boolean => new Date(day).getUTCDay() % 6 === 0;

/** No meeting is planned between Christmas and 2 January. */
export const isChristmasBreak = (day: string): boolean => day.slice(5) >= '12-24' || day.slice(5) <= '01-02';
