import { periodInDutch } from '../../platform/common/calendar-date.js';
import { type Counts, type Figures, stillOpen } from '../../wijkagenda/figures/figures.rules.js';
import type { ReviewView } from '../reviews.dto.js';
import { judgedWords } from '../words.js';

/** Of fewer, a percentage says more than there is. */
export const FEWEST_FOR_SHARE = 10;

/** "67%", or "n.v.t." for a share of nothing. */
export const share = (percentage: number | null): string => (percentage === null ? 'n.v.t.' : `${percentage}%`);
/** "3 dagen", "1 dag", "12,5 dagen", or "n.v.t." */
export const days = (count: number | null): string =>
  count === null ? 'n.v.t.' : `${String(count).replace('.', ',')} ${count === 1 ? 'dag' : 'dagen'}`;

/** Whether nothing was agreed, done or discussed in the period, so that there is nothing to count. */
export const isEmpty = ({ figures: { total, collaboration } }: Pick<ReviewView, 'figures'>): boolean =>
  total.agreed + total.carriedOver + total.doneInPeriod + collaboration.sessionsHeld === 0;

/** "2026", or "2025-2026" for a period that spans New Year. */
export function yearsOf({ fromOn, asOf }: Pick<ReviewView, 'fromOn' | 'asOf'>): string {
  const [first, last] = [fromOn.slice(0, 4), asOf.slice(0, 4)];
  return first === last ? first : `${first}-${last}`;
}

/** The segments of a bar in per cent of its width, with two decimals, so that they adjoin without gaps. */
export function segmentsOf(counts: Counts) {
  const parts = [
    { fill: 'realised', count: counts.realised },
    { fill: 'partly', count: counts.partly },
    { fill: 'open', count: stillOpen(counts) - counts.overdueAgreed },
    { fill: 'late', count: counts.overdueAgreed },
    { fill: 'cancelled', count: counts.notRealised },
  ];
  let before = 0;
  return parts.flatMap(({ fill, count }) => {
    if (count === 0) return [];
    const x = ((before / counts.agreed) * 100).toFixed(2);
    before += count;
    return [{ fill, x, width: ((count / counts.agreed) * 100).toFixed(2) }];
  });
}

const NOT_JUDGED = '–';

/** "4 ja, 1 deels, 1 nee, 2 keer verschillen de oordelen": of other parties; a dash if there are none. */
export function judgedIn({ judgedRealised, judgedPartly, judgedNot, judgedDiffering }: Counts): string {
  if (judgedRealised + judgedPartly + judgedNot + judgedDiffering === 0) return NOT_JUDGED;
  return judgedWords(judgedRealised, judgedPartly, judgedNot, judgedDiffering);
}

export const isJudged = (counts: Counts): boolean => judgedIn(counts) !== NOT_JUDGED;

/** Whether a row of a table of agreements contains anything but zeros. */
export const isToShow = (row: Figures): boolean =>
  row.agreed + row.doneWithDeadline + row.followUp > 0 || isJudged(row);

/** "33 niet, 6 één keer": zeros are left out. */
export const withoutZeros = (...counts: (readonly [count: number, words: string])[]): string =>
  counts.flatMap(([count, words]) => (count > 0 ? [`${count} ${words}`] : [])).join(', ');

/** "Jaarevaluatie Boskoop", or of one opgave there. */
export const titleOf = ({ areaName, opgave }: Pick<ReviewView, 'areaName' | 'opgave'>): string =>
  opgave ? `Jaarevaluatie van de opgave “${opgave}”, ${areaName}` : `Jaarevaluatie ${areaName}`;

/** "Jaarevaluatie Boskoop, 2025": at the foot of each page, and in the properties of a file. */
export const nameOf = (review: Pick<ReviewView, 'areaName' | 'opgave' | 'fromOn' | 'asOf'>): string =>
  `${titleOf(review)}, ${periodInDutch(review.fromOn, review.asOf)}`;

/** The chair's texts beside the figures. */
export const textsOf = (review: ReviewView): { title: string; text: string }[] =>
  [
    { title: 'Wat is gelukt?', text: review.succeeded },
    { title: 'Wat is niet gelukt?', text: review.notSucceeded },
    { title: 'Wat leren we ervan?', text: review.learned },
    { title: 'Wat doen we volgend jaar?', text: review.nextYear },
  ].flatMap(({ title, text }) => (text === null ? [] : [{ title, text }]));
