import { IsIn } from 'class-validator';
import { IsId, IsProse, Omittable } from '../platform/common/input.js';
import { type Course, COURSES } from './goal-course.entity.js';

export class DecideCourseDto {
  /** The course as decided. */
  @IsIn(COURSES)
  course: Course;
  /** Required for orange and red, like consequence and measure. */
  @Omittable()
  @IsProse(2000)
  cause?: string;
  /** What follows from it if nothing changes; required for orange and red. */
  @Omittable()
  @IsProse(2000)
  consequence?: string;
  /** What will be done about it; required for orange and red. */
  @Omittable()
  @IsProse(2000)
  measure?: string;
  /** The parties' view of it. */
  @Omittable()
  @IsProse(2000)
  partiesView?: string;
  /** The session in which it was decided. */
  @Omittable()
  @IsId()
  sessionId?: string;
}

/** @schema CourseDecision */
export interface DecisionView {
  id: string;
  goalId: string;
  decidedOn: string;
  course: Course;
  proposed: Course;
  cause: string | null;
  consequence: string | null;
  measure: string | null;
  partiesView: string | null;
  sessionId: string | null;
  isCurrent: boolean;
  /** Who decided; null for callers who may not see names of people. */
  recordedByName: string | null;
}

/** @schema GoalCourse */
export interface CourseView {
  goalId: string;
  course: Course;
  proposed: Course;
  /** Why the service proposes this, in Dutch. */
  reason: string;
  lastMeasurement: { measuredOn: string; value: number; source: string } | null;
  /** The expected value on the day of the last measurement; null if there is none. */
  expected: number | null;
  progress: number | null;
  /** All decisions, latest first. */
  history: DecisionView[];
}
