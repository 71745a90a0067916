import { IsCalendarDate } from '../../platform/common/calendar-date.js';
import { Omittable } from '../../platform/common/input.js';
import type { Metric } from '../../goals/goal.entity.js';
import type { Outcome } from './goal-figures.rules.js';

export class AsOfDto {
  /** The peildatum; today if omitted. */
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

export const GOAL_FIGURE_EXAMPLE = {
  goalId: '019300a0-0000-7000-8000-000000000a01',
  metric: { kind: 'minutes_sent', days: 14 },
  unit: 'procent',
  fromOn: '2026-01-01',
  asOf: '2026-06-02',
  value: 75,
  for: 3,
  against: 1,
  notDue: 1,
  cases: [
    {
      kind: 'session',
      id: '019300a0-0000-7000-8000-000000000701',
      title: 'Professionaloverleg Boskoop',
      number: null,
      organisation: null,
      on: '2026-03-03',
      outcome: 'for',
    },
  ],
} satisfies GoalFigureView;
