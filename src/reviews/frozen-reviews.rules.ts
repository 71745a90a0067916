import { type Counts, COUNTS } from '../wijkagenda/figures/figures.rules.js';
import { budgetFiguresOf } from '../wijkagenda/figures/budget-figures.rules.js';
import { questionFiguresOf } from '../wijkagenda/figures/question-figures.rules.js';
import { hoursOf } from '../wijkagenda/figures/collaboration.rules.js';
import { escalationsOf, goalsOf } from '../wijkagenda/figures/story.rules.js';
import type { FrozenReview } from './reviews.dto.js';

type Collaboration = FrozenReview['figures']['collaboration'];
type Older = Partial<FrozenReview> & { figures: Partial<FrozenReview['figures']> };

const NO_COUNTS = Object.fromEntries(COUNTS.map((name) => [name, 0])) as Counts;

/**
 * Adapts a frozen review to today's pages and files. The frozen document itself is unchanged, as is its hash; figures
 * introduced later are shown as absent.
 */
export function asWhole(frozen: FrozenReview): FrozenReview {
  const { figures, yearBefore, ...document } = frozen as Older;
  const counted = <T extends object>(groups: readonly T[] | undefined): T[] =>
    (groups ?? []).map((group) => ({ ...NO_COUNTS, ...group }));
  return {
    opgave: null,
    ratings: null,
    reactions: [],
    frozenEarlyReason: null,
    ...document,
    yearBefore: yearBefore ? { ...yearBefore, total: { ...NO_COUNTS, ...yearBefore.total } } : null,
    figures: {
      ...figures,
      total: { ...NO_COUNTS, ...figures.total },
      areas: counted(figures.areas),
      themes: counted(figures.themes),
      domains: counted(figures.domains),
      opgaven: counted(figures.opgaven),
      sides: counted(figures.sides),
      kinds: counted(figures.kinds),
      organisations: counted(figures.organisations),
      judgedActions: figures.judgedActions ?? [],
      collaboration: withAttendanceTaken(figures.collaboration!),
      goals: figures.goals ?? goalsOf([]),
      escalations: figures.escalations ?? escalationsOf([]),
      budget: figures.budget ?? budgetFiguresOf([], []),
      questions: figures.questions ?? questionFiguresOf([]),
      hours: figures.hours ?? hoursOf([], []),
    },
  } as FrozenReview;
}

/** Formerly each session held was included in the attendance figures. */
const withAttendanceTaken = (collaboration: Partial<Collaboration> & { sessionsHeld: number }) => ({
  ...collaboration,
  attendanceTaken: collaboration.attendanceTaken ?? collaboration.sessionsHeld,
});
