import { Entity, Index } from 'typeorm';
import { Id, Line, PeriodColumns, Reference, Version } from '../platform/database/columns.js';
import { Organisation } from '../directory/organisations/organisation.entity.js';
import { Person } from '../directory/people/person.entity.js';
import { AgendaItem } from './agenda/agenda-item.entity.js';
import { Meeting } from './meeting.entity.js';

export const INVITATION_ROLES = ['chair', 'participant', 'informed'] as const;
export type InvitationRole = (typeof INVITATION_ROLES)[number];

/** The members of a series: its chairs, its participants, and those who only receive the papers. */
@Entity('invitations')
@Index(['meetingId'])
@Index(['organisationId'])
@Index(['personId'])
export class Invitation extends PeriodColumns {
  @Id()
  id: string;
  @Reference(() => Meeting)
  meetingId: string;
  /** Null for a chair only. */
  @Reference(() => Organisation, { nullable: true })
  organisationId: string | null;
  /** Null when the organisation sends its contact. */
  @Reference(() => Person, { nullable: true })
  personId: string | null;
  @Line(20)
  role: InvitationRole;
  /** Invited for this item only. */
  @Reference(() => AgendaItem, { nullable: true })
  agendaItemId: string | null;
  @Version()
  version: number;
}
