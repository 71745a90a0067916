import { IsIn } from 'class-validator';
import { IsId, IsProse, Omittable } from '../platform/common/input.js';
import { type Course, COURSES } from './goal-course.entity.js';

export class DecideCourseDto {
  @IsIn(COURSES)
  course: Course;
  /** Required for orange and red, like consequence and measure. */
  @Omittable()
  @IsProse(2000)
  cause?: string;
  @Omittable()
  @IsProse(2000)
  consequence?: string;
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
}

export const DECISION_EXAMPLE = {
  id: '019300a0-0000-7000-8000-000000000d01',
  goalId: '019300a0-0000-7000-8000-000000000a01',
  decidedOn: '2026-06-02',
  course: 'orange',
  proposed: 'orange',
  cause: 'De notulist was zes weken afwezig.',
  consequence: 'Drie verslagen zijn te laat verstuurd.',
  measure: 'Er is een tweede notulist.',
  partiesView: 'De partijen herkennen dit.',
  sessionId: null,
  isCurrent: true,
} satisfies DecisionView;

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

export const COURSE_EXAMPLE = {
  goalId: '019300a0-0000-7000-8000-000000000a01',
  course: 'orange',
  proposed: 'orange',
  reason: 'Gemeten is 55; op de rechte lijn was dat 60,88.',
  lastMeasurement: { measuredOn: '2026-06-02', value: 55, source: 'telling van het secretariaat' },
  expected: 60.88,
  progress: 30,
  history: [DECISION_EXAMPLE],
} satisfies CourseView;
