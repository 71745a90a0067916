import { Entity, Index } from 'typeorm';
import { Day, Flag, Id, Line, Moment, Prose, Reference, Version, Whole } from '../platform/database/columns.js';
import { Person } from '../directory/people/person.entity.js';
import { Meeting } from './meeting.entity.js';

export const SESSION_STATES = ['planned', 'open', 'closed', 'cancelled'] as const;
export type SessionState = (typeof SESSION_STATES)[number];

/** One dated meeting of a series. */
@Entity('sessions')
@Index(['meetingId', 'heldOn'])
@Index('sessions_by_chair', ['chairId'])
@Index('sessions_by_secretary', ['secretaryId'])
export class Session {
  @Id()
  id: string;
  @Reference(() => Meeting)
  meetingId: string;
  @Day()
  heldOn: string;
  /** The day it was planned for, if it was moved since: the rhythm continues from there. */
  @Day({ nullable: true })
  rhythmOn: string | null;
  @Line(5, { nullable: true })
  startTime: string | null;
  /** When it was planned to end. */
  @Line(5, { nullable: true })
  endTime: string | null;
  /** When it actually ended, entered at closing; null if it was not entered. */
  @Line(5, { nullable: true })
  heldUntil: string | null;
  @Line(200, { nullable: true })
  place: string | null;
  @Line(20)
  state: SessionState;
  @Flag()
  isExtra: boolean;
  /** The voorzitter of this session. */
  @Reference(() => Person, { nullable: true })
  chairId: string | null;
  /** The notulist. */
  @Reference(() => Person, { nullable: true })
  secretaryId: string | null;
  @Prose({ nullable: true })
  cancellationReason: string | null;
  @Prose({ nullable: true })
  reopeningReason: string | null;
  @Moment({ nullable: true })
  openedAt: string | null;
  @Moment({ nullable: true })
  closedAt: string | null;
  /** No longer used: the numbers of items follow their order. */
  @Whole({ default: 0 })
  lastItemNumber: number;
  @Whole({ default: 0 })
  lastConfidentialItemNumber: number;
  /** Increases with every change of day, time or place, for calendar clients. */
  @Whole({ default: 0 })
  calendarSequence: number;
  @Version()
  version: number;
}
