import { Injectable } from '@nestjs/common';
import type { Measured } from './course.rules.js';
import type { Metric } from './goal.entity.js';

export interface MeasurableGoal {
  areaId: string;
  metric: Metric | null;
  startsOn: string | null;
  endsOn: string | null;
}

type Count = (goal: MeasurableGoal & { metric: Metric }, asOf: string) => Promise<number | null>;

/** Counts goals from our own data: the module that knows sessions, minutes and actions says how. */
@Injectable()
export class OwnFigures {
  private count: Count | undefined;

  countedBy(count: Count): void {
    this.count = count;
  }

  /** The figure as of a day, at most its end; null when it is measured by hand, not begun, or nothing can be counted yet. */
  async of(goal: MeasurableGoal, day: string): Promise<Measured | null> {
    const { metric, startsOn, endsOn } = goal;
    if (!metric || !this.count || !startsOn || day < startsOn) return null;
    const asOf = endsOn && endsOn < day ? endsOn : day;
    const value = await this.count({ ...goal, metric }, asOf);
    return value === null ? null : { measuredOn: asOf, value };
  }
}
