import { applyDecorators } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsNumber, IsObject, Max, Min, ValidateNested } from 'class-validator';
import { IsCalendarDate } from '../platform/common/is-calendar-date.js';
import { IsId, IsLine, IsProse, Nullable, Omittable } from '../platform/common/input.js';
import { PagingDto } from '../platform/common/paging.js';
import {
  COURSE_KINDS,
  type CourseKind,
  type Direction,
  DIRECTIONS,
  GOAL_KINDS,
  GOAL_STATES,
  type GoalKind,
  type GoalState,
  type MetricKind,
  METRICS,
} from './goal.entity.js';

const MOST = 1_000_000_000_000;

/** A number, possibly with a fraction. */
export const IsQuantity = (minimum = -MOST): PropertyDecorator =>
  applyDecorators(IsNumber({ allowNaN: false, allowInfinity: false }), Min(minimum), Max(MOST));

/** A number of people. */
const IsHeadCount = (): PropertyDecorator => applyDecorators(IsInt(), Min(0), Max(1_000_000));

/** A figure computed from our own data. */
export class MetricDto {
  /** Which figure of our own data it is. */
  @IsIn(METRICS)
  kind: MetricKind;
  /** `minutes_sent`: within how many days. */
  @Omittable()
  @IsInt()
  @Min(0)
  @Max(365)
  days?: number;
  /** `attendance`: whose, everybody's if omitted; `judged_realised`: by whom. */
  @Omittable()
  @IsId()
  organisationId?: string;
  /** `actions_on_time`: against the latest deadline (default) or the original one. */
  @Omittable()
  @IsIn(['last', 'original'])
  against?: 'last' | 'original';
}

class GoalFieldsDto {
  /** The theme of the wijkagenda it belongs to. */
  @Nullable()
  @IsLine(100)
  theme?: string | null;
  /** The opgave it serves. */
  @Nullable()
  @IsId()
  opgaveId?: string | null;
  /** What the goal means, in more words than its title. */
  @Nullable()
  @IsProse()
  description?: string | null;
  /** The situation once it is reached. */
  @Nullable()
  @IsProse()
  endResult?: string | null;
  /** What is measured. */
  @Nullable()
  @IsLine()
  indicator?: string | null;
  /** The unit of baseline, target and measurements, such as "procent". */
  @Nullable()
  @IsLine(50)
  unit?: string | null;
  /** The value to reach, in the goal's unit. */
  @Nullable()
  @IsQuantity()
  target?: number | null;
  /** Whether a higher or a lower value is better. */
  @Nullable()
  @IsIn(DIRECTIONS)
  direction?: Direction | null;
  /** The source of the figures. */
  @Nullable()
  @IsLine()
  source?: string | null;
  /** Omitted if measured manually. */
  @Nullable()
  @IsObject()
  @ValidateNested()
  @Type(() => MetricDto)
  metric?: MetricDto | null;
  /** The value at the start, in the goal's unit. */
  @Nullable()
  @IsQuantity()
  baseline?: number | null;
  /** The day on which the baseline was measured. */
  @Nullable()
  @IsCalendarDate()
  baselineOn?: string | null;
  /** The day by which the nulmeting is to be done. */
  @Nullable()
  @IsCalendarDate()
  baselinePlannedOn?: string | null;
  /** How many people were asked about the goal. */
  @Nullable()
  @IsHeadCount()
  peopleAsked?: number | null;
  /** How many of them answered. */
  @Nullable()
  @IsHeadCount()
  peopleAnswered?: number | null;
  /** How many of those who answered are in favour. */
  @Nullable()
  @IsHeadCount()
  peopleInFavour?: number | null;
  /** The council policy framework it fits in. */
  @Nullable()
  @IsProse(2000)
  framework?: string | null;
  /** Euros; omitted if no money is involved. */
  @Nullable()
  @IsQuantity(0)
  budget?: number | null;
  /** The most it may cost, in euros. */
  @Nullable()
  @IsQuantity(0)
  budgetCeiling?: number | null;
  /** The first day of the goal. */
  @Nullable()
  @IsCalendarDate()
  startsOn?: string | null;
  /** The last day of the goal. */
  @Nullable()
  @IsCalendarDate()
  endsOn?: string | null;
  /** How its expected value develops from baseline to target. */
  @Omittable()
  @IsIn(COURSE_KINDS)
  courseKind?: CourseKind;
}

export class CreateGoalDto extends GoalFieldsDto {
  /** The area of the goal. */
  @IsId()
  areaId: string;
  /** What kind of goal it is. */
  @IsIn(GOAL_KINDS)
  kind: GoalKind;
  /** The goal in one line. */
  @IsLine()
  title: string;
}

export class ChangeGoalDto extends GoalFieldsDto {
  /** What kind of goal it is. */
  @Omittable()
  @IsIn(GOAL_KINDS)
  kind?: GoalKind;
  /** The goal in one line. */
  @Omittable()
  @IsLine()
  title?: string;
}

export class GoalListDto extends PagingDto {
  /** Including the areas below it. */
  @Omittable()
  @IsId()
  area?: string;
  /** Only goals in this state. */
  @Omittable()
  @IsIn(GOAL_STATES)
  state?: GoalState;
  /** Only goals of this kind. */
  @Omittable()
  @IsIn(GOAL_KINDS)
  kind?: GoalKind;
  /** Only goals of this theme. */
  @Omittable()
  @IsLine(100)
  theme?: string;
  /** Only goals that serve this opgave. */
  @Omittable()
  @IsId()
  opgave?: string;
  /** Part of the title. */
  @Omittable()
  @IsLine()
  q?: string;
}
