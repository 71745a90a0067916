import { Column, Entity, Index } from 'typeorm';
import { Day, Id, Line, Moment, Prose } from './columns.js';

/**
 * How a row of another table read until it was changed. The row itself says how it is; what it was is only kept of what
 * reviews count, so that a review asked again for the same day and the same moment says the same.
 */
@Entity('former_states')
@Index('former_states_of_row', ['rowId'])
@Index('former_states_by_moment', ['tableName', 'untilAt'])
export class FormerState {
  /** Ids sort by the moment they were made: of one row the first is the oldest. */
  @Id()
  id: string;
  @Line(30)
  tableName: string;
  @Column({ type: 'uuid' })
  rowId: string;
  /** Its columns that reviews read, as JSON; null when it was not there yet. */
  @Prose({ nullable: true })
  state: string | null;
  /** It was known so until this moment. */
  @Moment()
  untilAt: string;
  /** The day from which the change counts; null when it puts right what was never so. */
  @Day({ nullable: true })
  countsFrom: string | null;
}
