import { Entity, Index } from 'typeorm';
import { Id, Line, Moment, Prose, Reference } from '../platform/database/columns.js';
import { Session } from '../meetings/session.entity.js';
import { Person } from '../directory/people/person.entity.js';
import { MinutesVersion } from './minutes-version.entity.js';
import { Minutes } from './minutes.entity.js';

export const MINUTES_EVENT_KINDS = [
  'composed',
  'sent',
  'remark',
  'objection',
  'corrected',
  'adopted',
  'reopened',
  'redacted',
  'destroyed',
] as const;
export type MinutesEventKind = (typeof MINUTES_EVENT_KINDS)[number];

/** The events of minutes, in order. */
@Entity('minutes_events')
@Index(['minutesId'])
export class MinutesEvent {
  @Id()
  id: string;
  @Reference(() => Minutes)
  minutesId: string;
  @Line(20)
  kind: MinutesEventKind;
  @Moment()
  at: string;
  @Reference(() => Person, { nullable: true })
  byId: string | null;
  @Reference(() => Session, { nullable: true })
  sessionId: string | null;
  @Reference(() => MinutesVersion, { nullable: true })
  versionId: string | null;
  @Prose({ nullable: true })
  text: string | null;
  /** The agenda item a remark is about, or the part that was redacted. */
  @Line(20, { nullable: true })
  itemNumber: string | null;
}
