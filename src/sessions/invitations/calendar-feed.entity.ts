import { Entity, Index, Unique } from 'typeorm';
import { Id, Line, Moment, Reference, Version } from '../../platform/database/columns.js';
import { Meeting } from '../../meetings/meeting.entity.js';
import { Person } from '../../directory/organisations/person.entity.js';

/** A calendar to subscribe to, of a person; whoever has its address can read it. */
@Entity('calendar_feeds')
@Unique(['hash'])
@Index(['personId'])
export class CalendarFeed {
  @Id()
  id: string;
  @Reference(() => Person)
  personId: string;
  /** Null: all meetings at which the person sits, with the own deadlines. */
  @Reference(() => Meeting, { nullable: true })
  meetingId: string | null;
  /** SHA-256 of the token; the token itself is shown once. */
  @Line(64)
  hash: string;
  @Moment()
  createdAt: string;
  @Version()
  version: number;
}
