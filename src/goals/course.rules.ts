import { daysBetween } from '../platform/common/calendar-date.js';
import type { FieldError } from '../platform/common/problems.js';
import type { Course } from './goal-course.entity.js';
import type { CourseKind, Direction } from './goal.entity.js';

/** What a course is proposed from. */
export interface CourseGoal {
  courseKind: CourseKind;
  direction: Direction | null;
  baseline: number | null;
  target: number | null;
  startsOn: string | null;
  endsOn: string | null;
}

export interface Measured {
  measuredOn: string;
  value: number;
}

export interface Proposal {
  course: Course;
  /** Why, in Dutch. */
  reason: string;
}

const GREEN_FROM = 0.9;
const ORANGE_FROM = 0.6;
/** So that 0.27 of 0.3 is ninety per cent. */
const TOLERANCE = 1e-9;

/** The last of the measurements; the order in which they were entered does not matter. */
export function lastMeasurement<T extends { measuredOn: string }>(measurements: readonly T[]): T | null {
  return measurements.reduce<T | null>((last, one) => (last && last.measuredOn >= one.measuredOn ? last : one), null);
}

/** The value on the straight line from baseline to target on a day: at the start the baseline, at the end the target. */
export function expectedValue(
  { baseline, target, startsOn, endsOn }: { baseline: number; target: number; startsOn: string; endsOn: string },
  day: string,
): number {
  if (day <= startsOn) return baseline;
  if (day >= endsOn) return target;
  return baseline + (target - baseline) * (daysBetween(startsOn, day) / daysBetween(startsOn, endsOn));
}

/** How much of the way from baseline to target was gone, 0 to 100 and rounded; null when it was not measured. */
export function progressOf({ baseline, target }: CourseGoal, last: Measured | null): number | null {
  if (baseline === null || target === null || baseline === target || !last) return null;
  const share = (last.value - baseline) / (target - baseline);
  return Math.min(100, Math.max(0, Math.floor(share * 100 + 0.5)));
}

/** Whether the target was reached; null when it was not measured. */
export function isReached({ target, direction }: CourseGoal, last: Measured | null): boolean | null {
  if (target === null || !last) return null;
  return direction === 'down' ? last.value <= target : last.value >= target;
}

/** The course the service proposes; the chair decides. Grey before the start, without baseline and without measurement. */
export function proposedCourse(goal: CourseGoal, last: Measured | null, today: string): Proposal {
  if (!goal.startsOn || !goal.endsOn || goal.target === null) return grey('Het doel is nog niet meetbaar.');
  if (today < goal.startsOn) return grey('Het doel is nog niet begonnen.');
  if (goal.courseKind === 'milestone') return milestone(goal, last, today);
  if (!last) return grey('Nog niet gemeten.');
  if (goal.courseKind === 'at_end') return atEnd(goal, last);
  if (goal.baseline === null) return grey('De nulmeting is nog niet gedaan.');
  return onLine(
    { ...goal, baseline: goal.baseline, target: goal.target, startsOn: goal.startsOn, endsOn: goal.endsOn },
    last,
  );
}

/** Whether the chair may decide this course now: something that is not measured has no colour. */
export function mayDecide(goal: CourseGoal, course: Course, proposed: Course, today: string): boolean {
  if (course === 'grey' || proposed !== 'grey') return true;
  // Whether a milestone will be reached is judged along the way.
  return goal.courseKind === 'milestone' && goal.startsOn !== null && goal.startsOn <= today;
}

/** Orange and red need cause, consequence and measure. */
export function explanationGaps(decision: {
  course: Course;
  cause?: string;
  consequence?: string;
  measure?: string;
}): FieldError[] {
  if (decision.course !== 'orange' && decision.course !== 'red') return [];
  return (['cause', 'consequence', 'measure'] as const)
    .filter((field) => !decision[field])
    .map((field) => ({ field, message: `${field} must explain why the course is ${decision.course}` }));
}

type Line = Parameters<typeof expectedValue>[0];

/** Green from 90 % of the progress that was to be expected on the day of measuring, orange from 60 %, else red. */
function onLine(goal: Line, last: Measured): Proposal {
  const expected = expectedValue(goal, last.measuredOn) - goal.baseline;
  const made = last.value - goal.baseline;
  const sign = Math.sign(goal.target - goal.baseline);
  const reaches = (share: number): boolean =>
    made * sign >= expected * sign * share - TOLERANCE * Math.abs(goal.target - goal.baseline);
  const reason = `Gemeten is ${dutch(last.value)}; op de rechte lijn was dat ${dutch(expected + goal.baseline)}.`;
  return { course: reaches(GREEN_FROM) ? 'green' : reaches(ORANGE_FROM) ? 'orange' : 'red', reason };
}

/** Reached by its date or not. */
function milestone(goal: CourseGoal, last: Measured | null, today: string): Proposal {
  const isThere = isReached(goal, last);
  if (isThere && last!.measuredOn <= goal.endsOn!)
    return { course: 'green', reason: 'De mijlpaal is op tijd gehaald.' };
  if (isThere) return { course: 'orange', reason: 'De mijlpaal is gehaald, maar na de datum.' };
  if (today > goal.endsOn!) return { course: 'red', reason: 'De mijlpaal is niet op de datum gehaald.' };
  return grey('De datum van de mijlpaal is nog niet voorbij.');
}

function atEnd(goal: CourseGoal, last: Measured): Proposal {
  return isReached(goal, last)
    ? { course: 'green', reason: `De streefwaarde is gehaald: ${dutch(last.value)}.` }
    : { course: 'red', reason: `De streefwaarde is niet gehaald: ${dutch(last.value)}.` };
}

const grey = (reason: string): Proposal => ({ course: 'grey', reason });

/** A number as people write it, with a comma and at most two decimals. */
export const dutch = (value: number): string => value.toLocaleString('nl-NL', { maximumFractionDigits: 2 });
