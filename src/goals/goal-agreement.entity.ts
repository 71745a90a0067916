import { Entity, Index } from 'typeorm';
import { Day, Flag, Id, Moment, Prose, Reference } from '../platform/database/columns.js';
import { Session } from '../meetings/session.entity.js';
import { Organisation } from '../directory/organisations/organisation.entity.js';
import { Person } from '../directory/people/person.entity.js';
import { Goal } from './goal.entity.js';

/** Whether a party agrees to a goal. Earlier answers are kept. */
@Entity('goal_agreements')
@Index(['goalId', 'organisationId'])
export class GoalAgreement {
  @Id()
  id: string;
  @Reference(() => Goal)
  goalId: string;
  @Reference(() => Organisation)
  organisationId: string;
  @Flag()
  agrees: boolean;
  /** Why not, or on what condition. */
  @Prose({ nullable: true })
  comment: string | null;
  @Day()
  answeredOn: string;
  /** The session in which the answer was given. */
  @Reference(() => Session, { nullable: true })
  sessionId: string | null;
  /** Whether it is this party's latest answer. */
  @Flag(true)
  isCurrent: boolean;
  @Reference(() => Person)
  recordedById: string;
  @Moment()
  recordedAt: string;
}
