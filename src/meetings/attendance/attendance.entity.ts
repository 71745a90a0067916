import { Column, Entity, Unique } from 'typeorm';
import { Flag, Id, Json, Line, Reference, Version } from '../../platform/database/columns.js';
import { Organisation } from '../../directory/organisations/organisation.entity.js';
import { Person } from '../../directory/people/person.entity.js';
import { Session } from '../session.entity.js';

export const ATTENDANCE_STATUSES = ['present', 'excused', 'absent'] as const;
export type AttendanceStatus = (typeof ATTENDANCE_STATUSES)[number];

@Entity('attendances')
@Unique(['sessionId', 'personId'])
export class Attendance {
  @Id()
  id: string;
  @Reference(() => Session)
  sessionId: string;
  /** Null for a guest. */
  @Reference(() => Person, { nullable: true })
  personId: string | null;
  @Line(200, { nullable: true })
  guestName: string | null;
  /** The organisation this person or guest represents. */
  @Reference(() => Organisation, { nullable: true })
  organisationId: string | null;
  /** The further organisations this person represents; null if there are none. */
  @Json({ nullable: true })
  alsoForIds?: string[] | null;
  /** A guest who is the vervanger of the organisation. */
  @Flag()
  isReplacement: boolean;
  /** The person replaced by a vervanger, if that person announced it beforehand. */
  @Column({ type: 'uuid', nullable: true })
  replacesId?: string | null;
  @Line(10)
  status: AttendanceStatus;
  @Version()
  version: number;
}
