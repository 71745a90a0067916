import { Column, Entity, Index } from 'typeorm';
import { Area } from '../directory/areas/area.entity.js';
import { Organisation } from '../directory/organisations/organisation.entity.js';
import { Person } from '../directory/people/person.entity.js';
import { Day, Flag, Id, Line, Prose, Reference, Version } from '../platform/database/columns.js';

export const QUESTION_OUTCOMES = ['agenda_item', 'action', 'initiative', 'answered', 'declined', 'passed_on'] as const;
export type QuestionOutcome = (typeof QUESTION_OUTCOMES)[number];

/**
 * A question of an organisation or of residents. It is never confidential, and nothing confidential can come of it: when the
 * item or action that came of it becomes confidential or is removed, it is an open question again.
 */
@Entity('questions')
@Index(['areaId', 'askedOn'])
@Index(['requestedById'])
@Index(['actionId'])
@Index(['agendaItemId'])
@Index(['initiativeId'])
@Index(['settledInId'])
export class Question {
  @Id()
  id: string;
  @Reference(() => Area)
  areaId: string;
  @Line()
  title: string;
  @Prose({ nullable: true })
  details: string | null;
  /** Null if residents asked. */
  @Reference(() => Organisation, { nullable: true })
  requestedById: string | null;
  /** The member of the organisation who asked; null if a chair recorded it. */
  @Reference(() => Person, { nullable: true })
  askedById: string | null;
  @Day()
  askedOn: string;
  /** Six weeks after it was asked: the deadline if there is no `dueSessionId`, or if that session is cancelled. */
  @Day()
  dueOn: string;
  /** The session by which it is to be answered: the deadline moves with it. */
  @Column({ type: 'uuid', nullable: true })
  dueSessionId: string | null;
  /** Null while it is open. */
  @Line(20, { nullable: true })
  outcome: QuestionOutcome | null;
  /** These may be removed later. */
  @Column({ type: 'uuid', nullable: true })
  agendaItemId: string | null;
  @Column({ type: 'uuid', nullable: true })
  actionId: string | null;
  @Column({ type: 'uuid', nullable: true })
  initiativeId: string | null;
  /** The answer, or why it is not taken up. */
  @Prose({ nullable: true })
  answer: string | null;
  /** Who has it now, if it was passed on. */
  @Line(200, { nullable: true })
  passedTo: string | null;
  /** Its reference number there. */
  @Line(100, { nullable: true })
  reference: string | null;
  @Day({ nullable: true })
  settledOn: string | null;
  /** The session in which that was done. */
  @Column({ type: 'uuid', nullable: true })
  settledInId: string | null;
  /** Whether its chair agrees to publish it. */
  @Flag()
  chairAgrees: boolean;
  /** Whether the organisation that asked agrees. */
  @Flag()
  askerAgrees: boolean;
  @Version()
  version: number;
}
