import { Entity, Index, Unique } from 'typeorm';
import { Id, Line, Moment, Reference, Version, Whole } from '../platform/database/columns.js';
import { Session } from '../meetings/session.entity.js';

export const MINUTES_STATES = ['concept', 'sent', 'adopted'] as const;
export type MinutesState = (typeof MINUTES_STATES)[number];

/** The minutes of a session; their text is stored in versions and parts. */
@Entity('minutes')
@Unique(['sessionId'])
@Index('minutes_in_concept', ['sessionId'], { where: `"state" = 'concept'` })
export class Minutes {
  @Id()
  id: string;
  @Reference(() => Session)
  sessionId: string;
  @Line(10)
  state: MinutesState;
  /** The number of the version in force. */
  @Whole()
  currentNumber: number;
  /** Counts for process goals. */
  @Moment({ nullable: true })
  sentAt: string | null;
  @Moment({ nullable: true })
  adoptedAt: string | null;
  /** The session that adopted them; null if not adopted, or adopted in writing. */
  @Reference(() => Session, { nullable: true })
  adoptedInId: string | null;
  @Version()
  version: number;
}
