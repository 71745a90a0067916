import { dueMeasurement, isOver } from '../../goals/measurements.rules.js';
import type { YearGoal } from '../../wijkagenda/figures/year-goals.service.js';
import type { ReviewView } from '../reviews.dto.js';

const MEASURED_BY_HAND = { state: 'active', metric: null, baselinePlannedOn: null } as const;

/** What is not recorded yet, so that a draft cannot tell it, each with the page where its chair does so. */
export function tasksOf({ figures: { collaboration, goals } }: ReviewView, page: string, today: string) {
  const open = collaboration.notClosed.length;
  return [
    ...(open > 0 ? [{ href: `${page}/cijfers/notClosed`, ...sessionWords(open) }] : []),
    ...goals.items.flatMap((goal) => {
      const what = missingOf(goal, today);
      return what === null ? [] : [{ href: `/doelen/${goal.goalId}`, label: goal.title, what }];
    }),
  ];
}

const sessionWords = (count: number) => ({
  label: count === 1 ? '1 vergadering' : `${count} vergaderingen`,
  what: 'nog niet afgesloten, en daarom niet meegeteld',
});

/** What is missing of a goal that has ended; null if nothing is, or if it goes on. */
function missingOf(goal: YearGoal, today: string): string | null {
  const due = dueMeasurement({ ...goal, ...MEASURED_BY_HAND }, goal.lastMeasurement, today);
  if (goal.ownFigure === null && due !== null) return 'niet gemeten is hoe het doel afliep';
  return goal.course === 'grey' && isOver(goal, today) ? 'de koers is nog niet bepaald' : null;
}
