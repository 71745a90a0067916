import type { ReviewDocument, ReviewSummary, ReviewView, ShownFigures } from './reviews.dto.js';
import type { FieldError } from '../platform/common/problems.js';
import type { RatingResults } from './ratings/ratings.rules.js';
import { FEWEST_ORGANISATIONS, showableKinds } from '../wijkagenda/figures/figures.rules.js';
import type { YearFigures } from '../wijkagenda/figures/figures.service.js';

/** Stands in every review, whether there are any or not. */
export const NOTICE = 'Vertrouwelijke acties tellen in dit overzicht niet mee.';
const LONGEST_YEARS = 5;

/** Everything that is wrong with a period; both ends count. */
export function periodErrors({ fromOn, asOf }: { fromOn: string; asOf: string }, today: string): FieldError[] {
  const errors: FieldError[] = [];
  const tooLong = `${String(Number(fromOn.slice(0, 4)) + LONGEST_YEARS).padStart(4, '0')}${fromOn.slice(4)}`;
  if (fromOn > asOf) errors.push({ field: 'fromOn', message: 'fromOn must not lie after asOf' });
  if (asOf >= tooLong)
    errors.push({ field: 'fromOn', message: `the period must not be longer than ${LONGEST_YEARS} years` });
  if (asOf > today) errors.push({ field: 'asOf', message: 'asOf must not lie in the future' });
  return errors;
}

/** How long the parties can count on being heard. */
export const DAYS_TO_REACT = 14;

/** The same day a year earlier; 29 February becomes 28 February. */
export function yearEarlier(day: string): string {
  const earlier = `${String(Number(day.slice(0, 4)) - 1).padStart(4, '0')}${day.slice(4)}`;
  return earlier.endsWith('-02-29') ? earlier.replace('-29', '-28') : earlier;
}

/** Why a draft is not ripe for freezing without a reason; null once the parties had their fourteen days. */
export function freezingViolation(
  review: { circulatedAt: string | null; reactionsUntilOn: string | null },
  today: string,
) {
  if (review.circulatedAt === null || review.reactionsUntilOn === null) {
    return {
      code: 'REVIEW_NOT_CIRCULATED',
      detail: 'Send the draft to the parties first, or say with a reason why not.',
    };
  }
  if (today > review.reactionsUntilOn) return null;
  return {
    code: 'REVIEW_CIRCULATING',
    detail: `The parties can react until ${review.reactionsUntilOn}. Freeze it after that, or give a reason.`,
  };
}

/** A review as one may see it; without organisations for who may not see those. */
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
 * A published review: the municipality against its partners and kinds of at least three, results of public actions only
 * (by `publicTitles`, per action number), no organisation, no words of others, no lists of meetings, escalations and goals: only how
 * many there were.
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
      const title = publicTitles.get(line.number);
      return title === undefined ? [] : [{ ...line, title }];
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
 * Leaves out what says how one organisation did: kinds with fewer than three organisations, the partners when there are
 * fewer than three of them, and who did what in the result lines.
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

/** The municipality's total stands among the sides already, so it covers for no partner. */
function kindsBesideSides(kinds: YearFigures['kinds']): YearFigures['kinds'] {
  const isMunicipality = ({ kind }: { kind: string }): boolean => kind === 'municipality';
  const shown = showableKinds(kinds.filter((kind) => !isMunicipality(kind)));
  return kinds.filter(
    (kind) => shown.includes(kind) || (isMunicipality(kind) && kind.organisations >= FEWEST_ORGANISATIONS),
  );
}
