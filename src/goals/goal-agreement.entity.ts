import { Entity, Index } from 'typeorm';
import { Day, Flag, Id, Moment, Prose, Reference } from '../platform/database/columns.js';
import { Session } from '../meetings/session.entity.js';
import { Organisation } from '../directory/organisations/organisation.entity.js';
import { Person } from '../directory/organisations/person.entity.js';
import { Goal } from './goal.entity.js';

/** Whether a party agrees to a goal. Its earlier answers stay. */
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
  /** Why not, or under which condition. */
  @Prose({ nullable: true })
  comment: string | null;
  @Day()
  answeredOn: string;
  /** The session in which it was said. */
  @Reference(() => Session, { nullable: true })
  sessionId: string | null;
  /** Whether it is the last answer of this party. */
  @Flag(true)
  isCurrent: boolean;
  @Reference(() => Person)
  recordedById: string;
  @Moment()
  recordedAt: string;
}
