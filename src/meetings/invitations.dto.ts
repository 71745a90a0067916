import { IsIn } from 'class-validator';
import { IsCalendarDate } from '../platform/common/is-calendar-date.js';
import { IsId, Omittable } from '../platform/common/input.js';
import { PagingDto } from '../platform/common/paging.js';
import { PatchOf } from '../platform/common/patch-of.js';
import { INVITATION_ROLES, type InvitationRole } from './invitation.entity.js';

export class CreateInvitationDto {
  /** Omitted for a chair only. */
  @Omittable()
  @IsId()
  organisationId?: string;
  /** The person who attends; defaults to the organisation's contact. */
  @Omittable()
  @IsId()
  personId?: string;
  /** The part the organisation or person has in the meeting. */
  @IsIn(INVITATION_ROLES)
  role: InvitationRole;
  /** Defaults to today. */
  @Omittable()
  @IsCalendarDate()
  fromOn?: string;
  /** The last day. */
  @Omittable()
  @IsCalendarDate()
  untilOn?: string;
  /** Invited for this item only. */
  @Omittable()
  @IsId()
  agendaItemId?: string;
}

/** Null clears the last day. */
export class ChangeInvitationDto extends PatchOf(CreateInvitationDto, {
  omittable: ['role'],
  nullable: ['personId', 'untilOn'],
}) {}

export class InvitationListDto extends PagingDto {
  /** Only those in force on this day. */
  @Omittable()
  @IsCalendarDate()
  on?: string;
  /** Only invitations with this role. */
  @Omittable()
  @IsIn(INVITATION_ROLES)
  role?: InvitationRole;
}

export interface InvitationView {
  id: string;
  meetingId: string;
  organisationId: string | null;
  organisationName: string | null;
  personId: string | null;
  personName: string | null;
  role: InvitationRole;
  agendaItemId: string | null;
  fromOn: string;
  untilOn: string | null;
  version: number;
}
