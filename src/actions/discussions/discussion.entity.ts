import { Entity, Index, Unique } from 'typeorm';
import { Id, Line, Prose, Reference, Version } from '../../platform/database/columns.js';
import { Action } from '../action.entity.js';
import { Session } from '../../meetings/session.entity.js';

/**
 * `open`: not finished at the opening; `reported_done`: finished since the last session, listed once ("gereed gemeld").
 */
export const DISCUSSION_KINDS = ['open', 'reported_done'] as const;
export type DiscussionKind = (typeof DISCUSSION_KINDS)[number];
export const DISCUSSION_OUTCOMES = ['discussed', 'updated', 'accepted', 'not_discussed'] as const;
export type DiscussionOutcome = (typeof DISCUSSION_OUTCOMES)[number];

/** An action taken over by a session, by reference: one action, one number, never a copy. */
@Entity('discussions')
@Unique(['sessionId', 'actionId'])
@Index(['actionId'])
export class Discussion {
  @Id()
  id: string;
  @Reference(() => Session)
  sessionId: string;
  @Reference(() => Action)
  actionId: string;
  @Line(20)
  kind: DiscussionKind;
  /** Null until it is discussed. */
  @Line(20, { nullable: true })
  outcome: DiscussionOutcome | null;
  @Prose({ nullable: true })
  note: string | null;
  @Version()
  version: number;
}
