import { addDays } from '../../platform/common/calendar-date.js';
import type { FieldError } from '../../platform/common/problems.js';
import { beginningOf } from '../../platform/rendering/text.js';
import type { ResultLine } from '../figures/action-figures.service.js';
import { type Quarter, quarterBefore, quarterIn } from '../figures/quarters.rules.js';
import type { QuarterlyLine } from './quarterly-result.entity.js';

/** The days after a quarter in which its last results can still be reported, before its draft is made. */
const DAYS_TO_REPORT = 7;

/** The last quarter that ended over a week ago. */
export const quarterToDraft = (today: string): Quarter => quarterBefore(quarterIn(addDays(today, -DAYS_TO_REPORT)));

/** "het 2e kwartaal van 2026" */
export const quarterInDutch = ({ year, quarter }: Quarter): string => `het ${quarter}e kwartaal van ${year}`;

/** "Boskoop, het 2e kwartaal van 2026" */
export const nameOfResults = (one: Quarter & { areaName: string }): string => `${one.areaName}, ${quarterInDutch(one)}`;

/** The most characters of a line. */
export const LINE_LENGTH = 1000;

/**
 * The initial lines of a draft, each with the action and its result: large results first, each size by date done.
 * `publicTexts` has the words of the actions, by number, that have others in public.
 */
export function linesToBeginWith(
  results: readonly ResultLine[],
  publicTexts: ReadonlyMap<string, string>,
): QuarterlyLine[] {
  const ordered = [
    ...results.filter(({ size }) => size === 'large'),
    ...results.filter(({ size }) => size === 'small'),
  ];
  return ordered.map(({ number, title, result }) => {
    const text = beginningOf(`${publicTexts.get(number) ?? title}: ${result}`, LINE_LENGTH);
    return { number, text, isStruck: false };
  });
}

/** Lines may be struck, reworded and reordered, but not added, lost or repeated. */
export function lineErrors(before: readonly QuarterlyLine[], after: readonly QuarterlyLine[]): FieldError[] {
  const known = before.map(({ number }) => number);
  const given = after.map(({ number }) => number);
  const isSame = given.length === known.length && new Set(given).size === known.length;
  if (isSame && known.every((number) => given.includes(number))) return [];
  return [{ field: 'lines', message: 'lines must contain each line of the draft once; strike those to omit' }];
}

/** The lines to present: not struck, and of an action (by its number) that may be shown. */
export const toldLines = (lines: readonly QuarterlyLine[], isTellable: (number: string) => boolean): QuarterlyLine[] =>
  lines.filter(({ number, isStruck }) => !isStruck && isTellable(number));
