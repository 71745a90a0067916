import { dueMeasurement } from '../../goals/measurements.rules.js';
import type { YearGoal } from '../../wijkagenda/figures/year-goals.service.js';
import type { ReviewView } from '../reviews.dto.js';

const MEASURED_BY_HAND = { state: 'active', metric: null, baselinePlannedOn: null } as const;

/** What is not recorded yet, so that a draft cannot tell it, each with the page where its chair does so. */
export function tasksOf({ figures: { collaboration, goals } }: ReviewView, page: string, today: string) {
  const open = collaboration.notClosed.length;
  const unmeasured = goals.items.filter((goal) => isUnmeasured(goal, today));
  const undecided = goals.items.filter(
    (goal) => goal.course === 'grey' && hasEnded(goal, today) && !isUnmeasured(goal, today),
  );
  const about = ({ goalId, title }: YearGoal, what: string) => ({ href: `/doelen/${goalId}`, label: title, what });
  return [
    ...(open > 0 ? [{ href: `${page}/cijfers/notClosed`, ...sessionWords(open) }] : []),
    ...unmeasured.map((goal) => about(goal, 'niet gemeten is hoe het doel afliep')),
    ...undecided.map((goal) => about(goal, 'de koers is nog niet bepaald')),
  ];
}

const sessionWords = (count: number) => ({
  label: count === 1 ? '1 vergadering' : `${count} vergaderingen`,
  what: 'nog niet afgesloten, en daarom niet meegeteld',
});

const hasEnded = ({ endsOn }: YearGoal, today: string): boolean => endsOn !== null && endsOn < today;

/** Of a goal that was measured by hand. */
const isUnmeasured = (goal: YearGoal, today: string): boolean =>
  goal.ownFigure === null && dueMeasurement({ ...goal, ...MEASURED_BY_HAND }, goal.lastMeasurement, today) === 'final';
