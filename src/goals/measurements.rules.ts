import { daysBetween } from '../platform/common/calendar-date.js';
import { isReached, type Measured } from './course.rules.js';
import type { Goal } from './goal.entity.js';
import type { SmartFieldError } from './smart.rules.js';

/** Violations in a measurement: in the future, before the start, or without a unit. */
export function measurementViolations(
  goal: { unit: string | null; startsOn: string | null },
  { measuredOn }: { measuredOn: string },
  today: string,
): SmartFieldError[] {
  const violations: SmartFieldError[] = [];
  if (!goal.unit) {
    violations.push({ letter: 'M', field: 'value', message: 'the goal has no unit yet, so a value is meaningless' });
  }
  if (measuredOn > today) {
    violations.push({ letter: 'M', field: 'measuredOn', message: 'measuredOn must not be in the future' });
  }
  if (goal.startsOn && measuredOn < goal.startsOn) {
    violations.push({
      letter: 'M',
      field: 'measuredOn',
      message: `measuredOn must not be before the start, ${goal.startsOn}; a baseline is part of the goal`,
    });
  }
  return violations;
}

/**
 * The measurement that a goal lacks although its day has passed.
 * @schema DueMeasurement
 */
type DueMeasurement = 'baseline' | 'final';
type Measurable = Pick<
  Goal,
  'state' | 'metric' | 'courseKind' | 'direction' | 'baseline' | 'baselinePlannedOn' | 'target' | 'startsOn' | 'endsOn'
>;

/** Whether the last day of a goal has passed. */
export const isOver = ({ endsOn }: Pick<Goal, 'endsOn'>, today: string): boolean => endsOn !== null && endsOn < today;

/** For how many days after its end a chair is asked how a goal ended: until then the review of its year is made. */
export const ASKED_DAYS = 120;
/** A measurement in the last days of the period, or after it, says how a goal ended. */
const FINAL_DAYS = 31;

/**
 * What is still to be measured by hand: the nulmeting after the day that was agreed for it, and once the period is over
 * how the goal ended. A survey that was held, or a milestone that was reached, says so on any day. Null for a draft.
 */
export function dueMeasurement(goal: Measurable, last: Measured | null, today: string): DueMeasurement | null {
  const { state, metric, baseline, baselinePlannedOn, endsOn, courseKind } = goal;
  if (state === 'draft') return null;
  if (endsOn === null || !isOver(goal, today))
    return baseline === null && baselinePlannedOn !== null && baselinePlannedOn < today ? 'baseline' : null;
  if (metric !== null) return null;
  if (last === null) return 'final';
  if (courseKind === 'at_end' || (courseKind === 'milestone' && isReached(goal, last))) return null;
  return daysBetween(last.measuredOn, endsOn) >= FINAL_DAYS ? 'final' : null;
}
