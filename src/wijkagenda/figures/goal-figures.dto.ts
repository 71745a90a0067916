import { IsCalendarDate } from '../../platform/common/is-calendar-date.js';
import { Omittable } from '../../platform/common/input.js';
import type { Metric } from '../../goals/goal.entity.js';
import type { Outcome } from './goal-figures.rules.js';

export class AsOfDto {
  /** The reference date (peildatum); defaults to today. */
  @Omittable()
  @IsCalendarDate()
  asOf?: string;
}

/** One session or action behind a figure. */
export interface GoalCase {
  kind: 'session' | 'action';
  id: string;
  /** Null for a caller who may read the goal but not its actions. */
  title: string | null;
  number: string | null;
  organisation: string | null;
  /** The day of the session; for an action the day it was done, else its deadline. */
  on: string | null;
  outcome: Outcome;
}

export interface GoalFigureView {
  goalId: string;
  metric: Metric;
  unit: string | null;
  fromOn: string;
  asOf: string;
  /** A whole percentage or a number; null means "niet gemeten". */
  value: number | null;
  for: number;
  against: number;
  /** The number of cases not due yet, which count neither for nor against. */
  notDue: number;
  /** At most 1000 are listed; all of them count. */
  cases: GoalCase[];
}
