import { Column, Entity, Index } from 'typeorm';
import { Person } from '../directory/people/person.entity.js';
import { Day, Flag, Id, Line, Moment, Reference, Whole } from '../platform/database/columns.js';
import { Initiative, type InitiativeState } from './initiative.entity.js';

export const CHANGE_VERBS = ['recorded', 'changed', 'granted', 'refused', 'undecided'] as const;
export type ChangeVerb = (typeof CHANGE_VERBS)[number];

/** The figures of an initiative after a change. Append-only; it contains no text, which might have to be removed. */
@Entity('initiative_changes')
@Index(['initiativeId'])
@Index(['sessionId'])
export class InitiativeChange {
  @Id()
  id: string;
  @Reference(() => Initiative)
  initiativeId: string;
  @Line(10)
  verb: ChangeVerb;
  @Line(10)
  state: InitiativeState;
  @Whole()
  requestedCents: number;
  @Whole({ nullable: true })
  grantedCents: number | null;
  @Whole({ nullable: true })
  spentCents: number | null;
  @Flag()
  isAccountedFor: boolean;
  @Day({ nullable: true })
  decidedOn: string | null;
  /** The session of the decision; for `undecided`, of the decision that was undone. */
  @Column({ type: 'uuid', nullable: true })
  sessionId: string | null;
  @Reference(() => Person)
  recordedById: string;
  @Moment()
  recordedAt: string;
}
