import { Column, Entity, Index } from 'typeorm';
import { Day, Id, Line, Moment, Prose } from './columns.js';

/**
 * What a row of another table contained until it was changed. Kept only for what reviews count, so that a review
 * repeated for the same day and point in time gives the same result.
 */
@Entity('former_states')
@Index('former_states_of_row', ['rowId'])
@Index('former_states_by_moment', ['tableName', 'untilAt'])
export class FormerState {
  /** Ids sort by creation time: the first one of a row is the oldest. */
  @Id()
  id: string;
  @Line(30)
  tableName: string;
  @Column({ type: 'uuid' })
  rowId: string;
  /** The columns that reviews read, as JSON; null when the row did not exist yet. */
  @Prose({ nullable: true })
  state: string | null;
  /** The state was current until this moment. */
  @Moment()
  untilAt: string;
  /** The day from which the change takes effect; null for a correction of what was never true. */
  @Day({ nullable: true })
  countsFrom: string | null;
}
