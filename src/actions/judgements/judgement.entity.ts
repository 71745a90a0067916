import { Column, Entity, Index } from 'typeorm';
import { Day, Flag, Id, Line, Moment, Prose, Reference } from '../../platform/database/columns.js';
import { Organisation } from '../../directory/organisations/organisation.entity.js';
import { Person } from '../../directory/people/person.entity.js';

export const JUDGEMENTS = ['realised', 'partly', 'not'] as const;
export type Judged = (typeof JUDGEMENTS)[number];

/**
 * One party's judgement ("Is het gelukt, volgens u?") of a goal or action. It changes no status; earlier ones remain.
 */
@Entity('judgements')
@Index(['goalId'])
@Index(['actionId'])
export class Judgement {
  @Id()
  id: string;
  /** A goal, or */
  @Column({ type: 'uuid', nullable: true })
  goalId: string | null;
  /** an action. */
  @Column({ type: 'uuid', nullable: true })
  actionId: string | null;
  @Reference(() => Organisation)
  organisationId: string;
  @Line(10)
  judgement: Judged;
  @Prose({ nullable: true })
  comment: string | null;
  @Day()
  judgedOn: string;
  /** Whether it is the latest judgement of this party. */
  @Flag(true)
  isCurrent: boolean;
  @Reference(() => Person)
  recordedById: string;
  @Moment()
  recordedAt: string;
}
