import { Entity, Index, Unique } from 'typeorm';
import { Day, Id, Moment, Prose, Reference, Whole } from '../../platform/database/columns.js';
import { Person } from '../../directory/organisations/person.entity.js';
import { Action } from '../action.entity.js';

/** One step of "aan de bel trekken": a person who is asked, with what, and the decision that came back. */
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
  /** The director or bestuurder who is asked. */
  @Reference(() => Person)
  personId: string;
  /** As it was read before it went; the owner got the same. */
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
  /** By when what was decided is to be done. */
  @Day({ nullable: true })
  decidedFor: string | null;
  @Moment({ nullable: true })
  answeredAt: string | null;
}
