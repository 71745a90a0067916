import { Injectable } from '@nestjs/common';
import type { Source } from '../platform/database/rows.js';
import type { Measured } from './course.rules.js';
import type { Metric } from './goal.entity.js';
import { type GoalRow, type GoalView, toGoalView } from './goals.views.js';

interface MeasurableGoal {
  areaId: string;
  metric: Metric | null;
  startsOn: string | null;
  endsOn: string | null;
}

type Count = (goal: MeasurableGoal & { metric: Metric }, asOf: string, source?: Source) => Promise<number | null>;

/** Computes goals from our own data; the module that knows sessions, minutes and actions registers how. */
@Injectable()
export class OwnFigures {
  private count: Count | undefined;

  countedBy(count: Count): void {
    this.count = count;
  }

  /**
   * The figure as of a day, dated at most on the end of the goal; null if measured manually or not computable yet. In a
   * transaction, pass its manager.
   */
  async of(goal: MeasurableGoal, day: string, source?: Source): Promise<Measured | null> {
    const { metric, startsOn, endsOn } = goal;
    if (!metric || !this.count || !startsOn || day < startsOn) return null;
    const value = await this.count({ ...goal, metric }, day, source);
    return value === null ? null : { measuredOn: endsOn && endsOn < day ? endsOn : day, value };
  }

  /** The views of goals; those measured from our own data are computed one by one, since a page has few of them. */
  async viewsOf(goals: readonly GoalRow[], day: string, source?: Source): Promise<GoalView[]> {
    const views: GoalView[] = [];
    for (const goal of goals) views.push(toGoalView(goal, day, await this.of(goal, day, source)));
    return views;
  }
}
