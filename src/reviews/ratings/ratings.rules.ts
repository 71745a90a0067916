import { showableKinds } from '../../wijkagenda/figures/figures.rules.js';
import { RATING_ANSWERS, type RatingAnswer } from './rating.entity.js';
import { compareNaturally } from '../../platform/spelling/natural-order.js';

/** One person's answer, with the kind of organisation they represented. */
export interface GivenRating {
  kind: string;
  mark: number;
  speaksAsOne: RatingAnswer;
  keptAgreements: RatingAnswer;
  wentWell: string | null;
  canBeBetter: string | null;
}

/** The number of answers below which no results are shown. */
const FEWEST_ANSWERS = 3;

/** The mean with one decimal, rounded half up; null if empty. */
export function meanMark(marks: readonly number[]): number | null {
  if (marks.length === 0) return null;
  const sum = marks.reduce((total, mark) => total + mark, 0);
  return Math.floor((20 * sum + marks.length) / (2 * marks.length)) / 10;
}

function summaryOf(given: readonly GivenRating[]) {
  const tally = (question: 'speaksAsOne' | 'keptAgreements') =>
    Object.fromEntries(
      RATING_ANSWERS.map((answer) => [answer, given.filter((one) => one[question] === answer).length]),
    ) as Record<RatingAnswer, number>;
  return {
    answered: given.length,
    mark: meanMark(given.map(({ mark }) => mark)),
    speaksAsOne: tally('speaksAsOne'),
    keptAgreements: tally('keptAgreements'),
  };
}

/**
 * The results of a closed round: none for fewer than three answers, and those of a kind of organisation only if the
 * remaining answers also number at least three. Texts are sorted alphabetically, so that their order reveals no author.
 */
export function resultsOf(given: readonly GivenRating[]) {
  const isShown = given.length >= FEWEST_ANSWERS;
  const kinds = [...new Set(given.map(({ kind }) => kind))].sort().map((kind) => {
    const group = given.filter((one) => one.kind === kind);
    return { kind, organisations: group.length, ...summaryOf(group) };
  });
  const texts = (field: 'wentWell' | 'canBeBetter'): string[] =>
    isShown ? given.flatMap((one) => one[field] ?? []).sort(compareNaturally) : [];
  return {
    total: isShown ? summaryOf(given) : null,
    kinds: showableKinds(kinds).map(({ organisations: _, ...kind }) => kind),
    wentWell: texts('wentWell'),
    canBeBetter: texts('canBeBetter'),
  };
}

export type RatingResults = ReturnType<typeof resultsOf>;
