import { Entity, Index } from 'typeorm';
import { Day, Id, Json, Line, Prose, Quantity, Reference, Version, Whole } from '../platform/database/columns.js';
import { Area } from '../directory/areas/area.entity.js';
import { Opgave } from './opgaven/opgave.entity.js';

export const GOAL_KINDS = ['process', 'result'] as const;
export type GoalKind = (typeof GOAL_KINDS)[number];
export const GOAL_STATES = ['draft', 'active'] as const;
export type GoalState = (typeof GOAL_STATES)[number];
export const DIRECTIONS = ['up', 'down'] as const;
export type Direction = (typeof DIRECTIONS)[number];
export const COURSE_KINDS = ['line', 'milestone', 'at_end'] as const;
export type CourseKind = (typeof COURSE_KINDS)[number];

export const METRICS = [
  'minutes_sent',
  'sessions_held',
  'attendance',
  'actions_on_time',
  'actions_completed',
  'partner_share',
  'judged_realised',
] as const;
export type MetricKind = (typeof METRICS)[number];

/**
 * A figure computed from our own data instead of measured manually.
 * @schema GoalMetric
 */
export interface Metric {
  kind: MetricKind;
  /** `minutes_sent`: within how many days. */
  days?: number;
  /** `attendance`: whose, everybody's if omitted; `judged_realised`: by whom. */
  organisationId?: string;
  /** `actions_on_time`: against the latest deadline or the original one. */
  against?: 'last' | 'original';
}

/** A goal of an area. It is a draft until all five letters of SMART hold. */
@Entity('goals')
@Index(['areaId', 'state'])
@Index(['opgaveId'])
export class Goal {
  @Id()
  id: string;
  @Reference(() => Area)
  areaId: string;
  @Line(10)
  kind: GoalKind;
  @Line(10)
  state: GoalState;
  /** The first day it was active; null for a draft. */
  @Day({ nullable: true })
  activatedOn: string | null;
  @Line()
  title: string;
  @Line(100, { nullable: true })
  theme: string | null;
  @Reference(() => Opgave, { nullable: true })
  opgaveId: string | null;
  @Prose({ nullable: true })
  description: string | null;
  /** The situation once it is reached. */
  @Prose({ nullable: true })
  endResult: string | null;
  /** What is measured. */
  @Line(200, { nullable: true })
  indicator: string | null;
  @Line(50, { nullable: true })
  unit: string | null;
  @Quantity({ nullable: true })
  target: number | null;
  @Line(10, { nullable: true })
  direction: Direction | null;
  /** The source of the figures. */
  @Line(200, { nullable: true })
  source: string | null;
  /** Null if measured manually. */
  @Json({ nullable: true })
  metric: Metric | null;
  @Quantity({ nullable: true })
  baseline: number | null;
  /** The day of the nulmeting. */
  @Day({ nullable: true })
  baselineOn: string | null;
  /** The day by which the nulmeting is to be done. */
  @Day({ nullable: true })
  baselinePlannedOn: string | null;
  /** The number of people asked whether they agree; null if nobody was asked. */
  @Whole({ nullable: true })
  peopleAsked: number | null;
  @Whole({ nullable: true })
  peopleAnswered: number | null;
  @Whole({ nullable: true })
  peopleInFavour: number | null;
  /** The council policy framework it fits in. */
  @Prose({ nullable: true })
  framework: string | null;
  /** Euros; null if no money is involved. */
  @Quantity({ nullable: true })
  budget: number | null;
  @Quantity({ nullable: true })
  budgetCeiling: number | null;
  @Day({ nullable: true })
  startsOn: string | null;
  @Day({ nullable: true })
  endsOn: string | null;
  @Line(10)
  courseKind: CourseKind;
  @Version()
  version: number;
}
