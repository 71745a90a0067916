import { Entity, Index, Unique } from 'typeorm';
import { Id, Line, Moment, Prose, Reference, Version } from '../database/columns.js';
import { Organisation } from '../organisations/organisation.entity.js';
import { Person } from '../organisations/person.entity.js';
import { Action } from './action.entity.js';

export const VERDICTS = ['realised', 'partly', 'not'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** "Is het gelukt, volgens u?": what another party thinks of an action, beside the owner's own status. */
@Entity('action_judgements')
@Unique(['actionId', 'organisationId'])
@Index(['organisationId'])
export class ActionJudgement {
  @Id()
  id: string;
  @Reference(() => Action)
  actionId: string;
  @Reference(() => Organisation)
  organisationId: string;
  @Line(10)
  verdict: Verdict;
  @Prose({ nullable: true })
  explanation: string | null;
  /** Who said it last, and when. */
  @Reference(() => Person)
  judgedById: string;
  @Moment()
  judgedAt: string;
  @Version()
  version: number;
}
