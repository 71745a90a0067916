import { lastMeasurement, type Measured, progressOf, proposedCourse } from './course.rules.js';
import { selectOf, shapeOf } from '../platform/database/shapes.js';
import type { Course } from './goal-course.entity.js';
import { Goal } from './goal.entity.js';
import { dueMeasurement } from './measurements.rules.js';
import { isSmart, type Letter, smartCheck } from './smart.rules.js';

/** A goal with the parties' answers, its latest measurement and its course. */
export type GoalRow = Goal & {
  areaName: string;
  agreed: number;
  disagreed: number;
  measuredOn: string | null;
  measuredValue: number | null;
  measuredSource: string | null;
  course: Course | null;
  courseOn: string | null;
};

export const GOAL_COLUMNS = `${selectOf(Goal, 'g')}, a."name" AS "areaName",
  (SELECT count(*) FROM "goal_agreements" y WHERE y."goalId" = g."id" AND y."isCurrent" AND y."agrees") AS "agreed",
  (SELECT count(*) FROM "goal_agreements" y WHERE y."goalId" = g."id" AND y."isCurrent" AND NOT y."agrees") AS "disagreed",
  l."measuredOn", l."value" AS "measuredValue", l."source" AS "measuredSource", c."course", c."decidedOn" AS "courseOn"`;
/** At most one measurement per day is current, so the latest one is a single row. */
export const GOAL_TABLES = `"goals" g JOIN "areas" a ON a."id" = g."areaId"
  LEFT JOIN "goal_measurements" l ON l."goalId" = g."id" AND l."isCurrent" AND NOT EXISTS (
    SELECT 1 FROM "goal_measurements" n WHERE n."goalId" = g."id" AND n."isCurrent" AND n."measuredOn" > l."measuredOn")
  LEFT JOIN "goal_courses" c ON c."goalId" = g."id" AND c."isCurrent"`;
export const GOAL_SHAPE = shapeOf(Goal);

/** The latest measurement: manual, or the figure from our own data if passed in. */
export function measuredOf(goal: GoalRow, own: Measured | null = null): (Measured & { source: string }) | null {
  const { measuredOn, measuredValue: value, measuredSource: source } = goal;
  const byHand = measuredOn !== null && value !== null ? [{ measuredOn, value, source: source ?? '' }] : [];
  return lastMeasurement([...byHand, ...(own ? [{ ...own, source: 'eigen cijfers' }] : [])]);
}

/** `own` is its figure from our own data, if any. */
export function toGoalView(goal: GoalRow, today: string, own: Measured | null = null) {
  const { agreed, disagreed, measuredOn: _on, measuredValue: _value, measuredSource: _source, ...rest } = goal;
  const measured = measuredOf(goal, own);
  const missing: Letter[] = smartCheck(goal, { agreed, disagreed })
    .filter(({ holds }) => !holds)
    .map(({ letter }) => letter);
  return {
    ...rest,
    /** The label of a draft in the wijkagenda; null for an active goal. */
    label: goal.state === 'draft' ? 'richting, nog niet meetbaar' : null,
    missingLetters: missing,
    partiesAgreed: agreed,
    partiesDisagreed: disagreed,
    /** Null means not measured, which is not 0. */
    lastMeasurement: measured,
    /** What is still to be measured although its day has passed; null if nothing. */
    dueMeasurement: dueMeasurement(goal, measured, today),
    progress: progressOf(goal, measured),
    course: goal.course ?? 'grey',
    proposedCourse: proposedCourse(goal, measured, today).course,
  };
}

export type GoalView = ReturnType<typeof toGoalView>;

export function toSmartCheckView(goal: GoalRow) {
  const letters = smartCheck(goal, { agreed: goal.agreed, disagreed: goal.disagreed });
  return { goalId: goal.id, isSmart: isSmart(letters), letters };
}

export type SmartCheckView = ReturnType<typeof toSmartCheckView>;
