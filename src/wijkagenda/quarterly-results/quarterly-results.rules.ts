import { addDays } from '../../platform/common/calendar-date.js';
import type { FieldError } from '../../platform/common/problems.js';
import type { ResultLine } from '../figures/action-figures.service.js';
import { type Quarter, quarterBefore, quarterIn } from '../figures/quarters.rules.js';
import type { QuarterlyLine } from './quarterly-result.entity.js';

/** How long after a quarter what was done in its last days can still be reported before its draft is made. */
const DAYS_TO_REPORT = 7;

/** The last quarter that was over a week ago. */
export const quarterToDraft = (today: string): Quarter => quarterBefore(quarterIn(addDays(today, -DAYS_TO_REPORT)));

/** "het 2e kwartaal van 2026" */
export const quarterInDutch = ({ year, quarter }: Quarter): string => `het ${quarter}e kwartaal van ${year}`;

/** "Boskoop, het 2e kwartaal van 2026" */
export const nameOfResults = (one: Quarter & { areaName: string }): string => `${one.areaName}, ${quarterInDutch(one)}`;

/** The lines a draft begins with: large results first, each in the order of doing. */
export function linesToBeginWith(results: readonly ResultLine[]): QuarterlyLine[] {
  const ordered = [
    ...results.filter(({ size }) => size === 'large'),
    ...results.filter(({ size }) => size === 'small'),
  ];
  return ordered.map(({ number, result }) => ({ number, text: result, isStruck: false }));
}

/** Lines are struck, told otherwise and put in another order; none is added, lost or told twice. */
export function lineErrors(before: readonly QuarterlyLine[], after: readonly QuarterlyLine[]): FieldError[] {
  const known = before.map(({ number }) => number);
  const given = after.map(({ number }) => number);
  const isSame = given.length === known.length && new Set(given).size === known.length;
  if (isSame && known.every((number) => given.includes(number))) return [];
  return [{ field: 'lines', message: 'lines must name each line of the draft once; strike what is to be left out' }];
}

/** What is told: neither struck nor of an action that is not to be told (by its number). */
export const toldLines = (lines: readonly QuarterlyLine[], isTellable: (number: string) => boolean): QuarterlyLine[] =>
  lines.filter(({ number, isStruck }) => !isStruck && isTellable(number));
