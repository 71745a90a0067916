import { daysBetween } from '../platform/common/calendar-date.js';
import type { FieldError } from '../platform/common/problems.js';
import type { Course } from './goal-course.entity.js';
import type { CourseKind, Direction } from './goal.entity.js';

/** The input for proposing a course. */
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

interface Proposal {
  course: Course;
  /** The explanation, in Dutch. */
  reason: string;
}

const GREEN_FROM = 0.9;
const ORANGE_FROM = 0.6;
/** Makes 0.27 of 0.3 count as 90 %, despite rounding. */
const TOLERANCE = 1e-9;

/** The latest measurement by date, regardless of the order in which they were entered. */
export function lastMeasurement<T extends { measuredOn: string }>(measurements: readonly T[]): T | null {
  return measurements.reduce<T | null>((last, one) => (last && last.measuredOn >= one.measuredOn ? last : one), null);
}

/** The value on a straight line between the baseline at the start and the target at the end. */
export function expectedValue(
  { baseline, target, startsOn, endsOn }: { baseline: number; target: number; startsOn: string; endsOn: string },
  day: string,
): number {
  if (day <= startsOn) return baseline;
  if (day >= endsOn) return target;
  return baseline + (target - baseline) * (daysBetween(startsOn, day) / daysBetween(startsOn, endsOn));
}

/** Progress from baseline to target in whole per cent, 0 to 100; null if not measured. */
export function progressOf({ baseline, target }: CourseGoal, last: Measured | null): number | null {
  if (baseline === null || target === null || baseline === target || !last) return null;
  const share = (last.value - baseline) / (target - baseline);
  return Math.min(100, Math.max(0, Math.floor(share * 100 + 0.5)));
}

/** Whether the target was reached; null if not measured. */
export function isReached({ target, direction }: CourseGoal, last: Measured | null): boolean | null {
  if (target === null || !last) return null;
  return direction === 'down' ? last.value <= target : last.value >= target;
}

/** The course proposed by the service; the chair decides. Grey before the start, without baseline or measurement. */
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

/** Whether the chair may decide on this course now: a goal that was not measured has no colour. */
export function mayDecide(goal: CourseGoal, course: Course, proposed: Course, today: string): boolean {
  if (course === 'grey' || proposed !== 'grey') return true;
  // Whether a milestone will be reached can be judged in advance.
  return goal.courseKind === 'milestone' && goal.startsOn !== null && goal.startsOn <= today;
}

/** Orange and red require cause, consequence and measure. */
export function explanationViolations(decision: {
  course: Course;
  cause?: string;
  consequence?: string;
  measure?: string;
}): FieldError[] {
  if (decision.course !== 'orange' && decision.course !== 'red') return [];
  return (['cause', 'consequence', 'measure'] as const)
    .filter((field) => !decision[field])
    .map((field) => ({ field, message: `${field} is required when the course is ${decision.course}` }));
}

type Line = Parameters<typeof expectedValue>[0];

/** Green from 90 % of the progress expected on the day of the measurement, orange from 60 %, else red. */
function onLine(goal: Line, last: Measured): Proposal {
  const expected = expectedValue(goal, last.measuredOn) - goal.baseline;
  const made = last.value - goal.baseline;
  const sign = Math.sign(goal.target - goal.baseline);
  const reaches = (share: number): boolean =>
    made * sign >= expected * sign * share - TOLERANCE * Math.abs(goal.target - goal.baseline);
  const then = asPreciseAs(expected + goal.baseline, [goal.baseline, goal.target, last.value]);
  const reason = `Gemeten is ${dutch(last.value)}; op de rechte lijn was dat ${dutch(then)}.`;
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

/** A number as written in Dutch: decimal comma, at most two decimals. */
export const dutch = (value: number): string => value.toLocaleString('nl-NL', { maximumFractionDigits: 2 });

/** "31 meldingen", "90%"; without unit if there is none, or if it is a plain number ("aantal"). */
export const inUnit = (value: number, unit: string | null): string =>
  `${dutch(value)}${unit === '%' ? '%' : unit && unit.toLowerCase() !== 'aantal' ? ` ${unit}` : ''}`;

/** Rounded to the decimals of the value beside it: people are whole. */
export function asPreciseAs(value: number, others: readonly number[]): number {
  const decimals = Math.max(...others.map((other) => dutch(other).split(',')[1]?.length ?? 0));
  return Number(value.toFixed(decimals));
}
