import { Column, Entity, Index } from 'typeorm';
import { Id, Line, Moment, Prose, Reference, Whole } from '../../platform/database/columns.js';
import { Discussion, type DiscussionOutcome } from './discussion.entity.js';

/** One answer clicked during the meeting, which can be undone while the session is open; deleted when it is closed. */
@Entity('treatments')
@Index(['discussionId'])
export class Treatment {
  @Id()
  id: string;
  @Reference(() => Discussion)
  discussionId: string;
  @Line(20, { nullable: true })
  outcomeBefore: DiscussionOutcome | null;
  @Prose({ nullable: true })
  noteBefore: string | null;
  /** The version of the discussion after the click: a note that was edited since is kept. */
  @Whole()
  versionAfter: number;
  /** The update of the action that the click recorded. */
  @Column({ type: 'uuid', nullable: true })
  updateId: string | null;
  @Moment()
  recordedAt: string;
}
