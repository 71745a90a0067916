import type { ReviewDocument, ReviewSummary, ReviewView, ShownFigures } from './reviews.dto.js';
import type { FieldError } from '../platform/common/problems.js';
import type { RatingResults } from './ratings/ratings.rules.js';
import { FEWEST_ORGANISATIONS, showableKinds } from '../wijkagenda/figures/figures.rules.js';
import type { YearFigures } from '../wijkagenda/figures/figures.service.js';

/** Printed in every review, whether or not there are any. */
export const NOTICE = 'Vertrouwelijke acties tellen in dit overzicht niet mee.';
const LONGEST_YEARS = 5;

/** The days that a review covers, both inclusive. */
export interface ReviewPeriod {
  fromOn: string;
  asOf: string;
}

const MARCH = 3;

/** The year that is looked back at on a day: until the end of March the year before. */
export function yearInReview(today: string): number {
  const [year, month] = today.split('-').map(Number);
  return month <= MARCH ? year - 1 : year;
}

/** What is proposed: the last whole year, or this one until today if nothing was recorded before it. */
export function proposedPeriod(hasEarlierYears: boolean, today: string): ReviewPeriod {
  const year = Number(today.slice(0, 4));
  if (!hasEarlierYears) return { fromOn: `${year}-01-01`, asOf: today };
  return { fromOn: `${year - 1}-01-01`, asOf: `${year - 1}-12-31` };
}

/** All violations in a period. */
export function periodErrors({ fromOn, asOf }: ReviewPeriod, today: string): FieldError[] {
  const errors: FieldError[] = [];
  const tooLong = `${String(Number(fromOn.slice(0, 4)) + LONGEST_YEARS).padStart(4, '0')}${fromOn.slice(4)}`;
  if (fromOn > asOf) errors.push({ field: 'fromOn', message: 'fromOn must not be after asOf' });
  if (asOf >= tooLong)
    errors.push({ field: 'fromOn', message: `the period must not be longer than ${LONGEST_YEARS} years` });
  if (asOf > today) errors.push({ field: 'asOf', message: 'asOf must not be in the future' });
  return errors;
}

/** The number of days in which the parties' reactions are awaited. */
export const DAYS_TO_REACT = 14;

/** The same day a year earlier; 29 February becomes 28 February. */
export function yearEarlier(day: string): string {
  const earlier = `${String(Number(day.slice(0, 4)) - 1).padStart(4, '0')}${day.slice(4)}`;
  return earlier.endsWith('-02-29') ? earlier.replace('-29', '-28') : earlier;
}

/** Why a draft can only be frozen with a reason; null once the parties have had their fourteen days. */
export function freezingViolation(
  review: { circulatedAt: string | null; reactionsUntilOn: string | null },
  today: string,
) {
  if (review.circulatedAt === null || review.reactionsUntilOn === null) {
    return {
      code: 'REVIEW_NOT_CIRCULATED',
      detail: 'Send the draft to the parties first, or give a reason.',
    } as const;
  }
  if (today > review.reactionsUntilOn) return null;
  return {
    code: 'REVIEW_CIRCULATING',
    detail: `The parties can react until ${review.reactionsUntilOn}. Freeze it after that, or give a reason.`,
  } as const;
}

/** A review as visible to the caller; without organisations if the caller may not see them. */
export function toView(
  summary: ReviewSummary,
  document: ReviewDocument<YearFigures>,
  seesOrganisations: boolean,
): ReviewView {
  if (seesOrganisations) return { ...summary, ...document };
  const reactions = document.reactions.map((reaction) => ({ ...reaction, organisation: null }));
  return { ...summary, ...document, figures: withoutOrganisations(document.figures), reactions };
}

/**
 * A published review: municipality versus partners, kinds with at least three organisations, and results of public
 * actions only (`publicTitles`, by action number). It contains no organisations and no texts by others, and only the
 * numbers of meetings, escalations and goals.
 */
export function forThePublic(
  summary: ReviewSummary,
  document: ReviewDocument<YearFigures>,
  publicTitles: ReadonlyMap<string, string>,
): ReviewView {
  const figures = withoutOrganisations(document.figures);
  const { results, collaboration } = figures;
  const publicOnly = ({ total, lines }: typeof results.large) => ({
    total,
    lines: lines.flatMap((line) => {
      const title = publicTitles.get(line.number ?? '');
      return title === undefined ? [] : [{ ...line, number: null, title }];
    }),
  });
  const withoutWords = (rated: RatingResults) => ({ ...rated, wentWell: [], canBeBetter: [] });
  const { ratings } = document;
  return {
    ...summary,
    ...document,
    figures: {
      ...figures,
      opgaven: [],
      judgedActions: [],
      hours: { ...figures.hours, meetings: [] },
      goals: { ...figures.goals, items: [] },
      escalations: { ...figures.escalations, items: [] },
      results: { large: publicOnly(results.large), small: publicOnly(results.small) },
      collaboration: {
        ...collaboration,
        daysToSending: { ...collaboration.daysToSending, sessions: [] },
        notClosed: [],
      },
    },
    ratings: ratings && {
      ...ratings,
      results: withoutWords(ratings.results),
      yearBefore: ratings.yearBefore && withoutWords(ratings.yearBefore),
    },
    reactions: [],
  };
}

/**
 * Removes everything that reveals how a single organisation did: kinds with fewer than three organisations, the
 * partners if there are fewer than three, and the owners in the result lines.
 */
export function withoutOrganisations(figures: YearFigures): ShownFigures {
  const { attendance, results, sides } = figures;
  const partners = sides.find(({ side }) => side === 'partners')!;
  const canSplit = partners.organisations === 0 || partners.organisations >= FEWEST_ORGANISATIONS;
  const anonymous = (group: YearFigures['results']['large']) => ({
    ...group,
    lines: group.lines.map((line) => ({ ...line, organisation: null })),
  });
  const { goals, escalations } = figures;
  return {
    ...figures,
    goals: { ...goals, items: goals.items.map((goal) => ({ ...goal, judgements: goal.judgements.map(unnamed) })) },
    escalations: { ...escalations, items: escalations.items.map(unnamed) },
    judgedActions: figures.judgedActions.map((one) => ({ ...unnamed(one), judgements: one.judgements.map(unnamed) })),
    sides: canSplit ? sides : [],
    kinds: canSplit ? kindsBesideSides(figures.kinds) : [],
    organisations: null,
    results: { large: anonymous(results.large), small: anonymous(results.small) },
    attendance: {
      total: attendance.organisations.length >= FEWEST_ORGANISATIONS ? attendance.total : null,
      kinds: showableKinds(attendance.kinds),
      organisations: null,
    },
  };
}

const unnamed = <T extends object>(one: T) => ({ ...one, organisation: null });

/** The municipality's total is already among the sides, so it cannot serve to hide a partner's. */
function kindsBesideSides(kinds: YearFigures['kinds']): YearFigures['kinds'] {
  const isMunicipality = ({ kind }: { kind: string }): boolean => kind === 'municipality';
  const shown = showableKinds(kinds.filter((kind) => !isMunicipality(kind)));
  return kinds.filter(
    (kind) => shown.includes(kind) || (isMunicipality(kind) && kind.organisations >= FEWEST_ORGANISATIONS),
  );
}
