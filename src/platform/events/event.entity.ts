import { Column, Entity, Index, Unique } from 'typeorm';
import { Id, Json, Line, Moment } from '../database/columns.js';

export const EVENT_KINDS = ['action.changed', 'action.overdue', 'session.closed', 'minutes.sent'] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** What happened, for subscribed systems: ids, numbers, states and dates, never text. */
@Entity('events')
@Unique(['dedupeKey'])
@Index('events_waiting', ['id'], { where: '"plannedAt" IS NULL' })
@Index(['plannedAt'])
export class Event {
  @Id()
  id: string;
  @Line(20)
  kind: EventKind;
  @Column({ type: 'uuid' })
  areaId: string;
  /** The action, session or minutes. */
  @Column({ type: 'uuid' })
  subjectId: string;
  @Json()
  data: Record<string, string | number | boolean | null>;
  @Moment()
  at: string;
  /** Appended once per key; null if duplicates are allowed. */
  @Line(100, { nullable: true })
  dedupeKey: string | null;
  /** When its deliveries were planned; null until then. */
  @Moment({ nullable: true })
  plannedAt: string | null;
}
