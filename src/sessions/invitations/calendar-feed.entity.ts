import { Entity, Index, Unique } from 'typeorm';
import { Id, Line, Moment, Reference, Version } from '../../platform/database/columns.js';
import { Meeting } from '../../meetings/meeting.entity.js';
import { Person } from '../../directory/people/person.entity.js';

/** A person's calendar to subscribe to; readable by everyone who has its URL. */
@Entity('calendar_feeds')
@Unique(['hash'])
@Index(['personId'])
export class CalendarFeed {
  @Id()
  id: string;
  @Reference(() => Person)
  personId: string;
  /** Null: all meetings the person takes part in, with their own deadlines. */
  @Reference(() => Meeting, { nullable: true })
  meetingId: string | null;
  /** SHA-256 of the token; the token itself is shown only once. */
  @Line(64)
  hash: string;
  @Moment()
  createdAt: string;
  @Version()
  version: number;
}
