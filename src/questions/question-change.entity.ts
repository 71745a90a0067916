import { Column, Entity, Index } from 'typeorm';
import { Person } from '../directory/people/person.entity.js';
import { Day, Id, Line, Moment, Reference } from '../platform/database/columns.js';
import { Question, type QuestionOutcome } from './question.entity.js';

export const QUESTION_VERBS = ['recorded', 'changed', 'agreed', 'settled', 'reopened'] as const;
export type QuestionVerb = (typeof QUESTION_VERBS)[number];

/** What happened to a question. Append-only; it contains no text, which might have to be removed. */
@Entity('question_changes')
@Index(['questionId'])
@Index(['sessionId'])
export class QuestionChange {
  @Id()
  id: string;
  @Reference(() => Question)
  questionId: string;
  @Line(10)
  verb: QuestionVerb;
  /** The outcome. */
  @Line(20, { nullable: true })
  outcome: QuestionOutcome | null;
  /** The agenda item, action or initiative that it became. */
  @Column({ type: 'uuid', nullable: true })
  subjectId: string | null;
  /** The session in which it was entered. */
  @Column({ type: 'uuid', nullable: true })
  sessionId: string | null;
  /** The deadline of the question when it was settled. */
  @Day({ nullable: true })
  dueOn: string | null;
  @Reference(() => Person)
  recordedById: string;
  @Moment()
  recordedAt: string;
}
