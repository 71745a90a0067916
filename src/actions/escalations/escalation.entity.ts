import { Entity, Index, Unique } from 'typeorm';
import { Day, Id, Moment, Prose, Reference, Whole } from '../../platform/database/columns.js';
import { Person } from '../../directory/people/person.entity.js';
import { Action } from '../action.entity.js';

/** One step of an escalation: the person asked, the question, and the decision returned. */
@Entity('action_escalations')
@Unique(['actionId', 'step'])
@Unique(['actionId', 'personId'])
@Index(['personId'])
export class Escalation {
  @Id()
  id: string;
  @Reference(() => Action)
  actionId: string;
  @Whole()
  step: number;
  /** The director or bestuurder asked to decide. */
  @Reference(() => Person)
  personId: string;
  /** The text as reviewed before sending; the owner received the same. */
  @Prose()
  text: string;
  @Reference(() => Person)
  askedById: string;
  @Day()
  askedOn: string;
  @Moment()
  askedAt: string;
  @Prose({ nullable: true })
  decision: string | null;
  /** The day by which the decision is to be carried out. */
  @Day({ nullable: true })
  decidedFor: string | null;
  @Moment({ nullable: true })
  answeredAt: string | null;
}
