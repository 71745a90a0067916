import { applyDecorators } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsNumber, IsObject, Max, Min, ValidateNested } from 'class-validator';
import { IsCalendarDate } from '../platform/common/calendar-date.js';
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
  @Nullable()
  @IsLine(100)
  theme?: string | null;
  @Nullable()
  @IsId()
  opgaveId?: string | null;
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
  @Nullable()
  @IsLine(50)
  unit?: string | null;
  @Nullable()
  @IsQuantity()
  target?: number | null;
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
  @Nullable()
  @IsQuantity()
  baseline?: number | null;
  @Nullable()
  @IsCalendarDate()
  baselineOn?: string | null;
  /** The day by which the nulmeting is to be done. */
  @Nullable()
  @IsCalendarDate()
  baselinePlannedOn?: string | null;
  @Nullable()
  @IsHeadCount()
  peopleAsked?: number | null;
  @Nullable()
  @IsHeadCount()
  peopleAnswered?: number | null;
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
  @Nullable()
  @IsQuantity(0)
  budgetCeiling?: number | null;
  @Nullable()
  @IsCalendarDate()
  startsOn?: string | null;
  @Nullable()
  @IsCalendarDate()
  endsOn?: string | null;
  @Omittable()
  @IsIn(COURSE_KINDS)
  courseKind?: CourseKind;
}

export class CreateGoalDto extends GoalFieldsDto {
  @IsId()
  areaId: string;
  @IsIn(GOAL_KINDS)
  kind: GoalKind;
  @IsLine()
  title: string;
}

export class ChangeGoalDto extends GoalFieldsDto {
  @Omittable()
  @IsIn(GOAL_KINDS)
  kind?: GoalKind;
  @Omittable()
  @IsLine()
  title?: string;
}

export class GoalListDto extends PagingDto {
  /** Including the areas below it. */
  @Omittable()
  @IsId()
  area?: string;
  @Omittable()
  @IsIn(GOAL_STATES)
  state?: GoalState;
  @Omittable()
  @IsIn(GOAL_KINDS)
  kind?: GoalKind;
  @Omittable()
  @IsLine(100)
  theme?: string;
  @Omittable()
  @IsId()
  opgave?: string;
  /** Part of the title. */
  @Omittable()
  @IsLine()
  q?: string;
}
