import { Entity, Index, Unique } from 'typeorm';
import { Day, Flag, Id, Line, Moment, Quantity, Reference } from '../platform/database/columns.js';
import { Person } from '../directory/people/person.entity.js';
import { Goal } from './goal.entity.js';

/** A manual measurement. Never deleted: a newer one can correct it. */
@Entity('goal_measurements')
@Index(['goalId', 'measuredOn'])
@Unique(['correctsId'])
export class GoalMeasurement {
  @Id()
  id: string;
  @Reference(() => Goal)
  goalId: string;
  @Day()
  measuredOn: string;
  @Quantity()
  value: number;
  @Line()
  source: string;
  @Reference(() => GoalMeasurement, { nullable: true })
  correctsId: string | null;
  /** False once corrected by a newer one. */
  @Flag(true)
  isCurrent: boolean;
  @Reference(() => Person)
  recordedById: string;
  @Moment()
  recordedAt: string;
}
