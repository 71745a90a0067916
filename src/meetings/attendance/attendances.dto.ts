import { IsBoolean, IsIn } from 'class-validator';
import { IsId, IsLine, Omittable } from '../../platform/common/input.js';
import { PatchOf } from '../../platform/common/patch-of.js';
import { ATTENDANCE_STATUSES, type AttendanceStatus } from './attendance.entity.js';
import type { InvitationRole } from '../invitation.entity.js';

/** Either a known person (`personId`) or a guest (`guestName`). */
export class CreateAttendanceDto {
  @Omittable()
  @IsId()
  personId?: string;
  @Omittable()
  @IsLine()
  guestName?: string;
  /** The organisation this person or guest represents. */
  @Omittable()
  @IsId()
  organisationId?: string;
  /** A guest who is the vervanger of the organisation. */
  @Omittable()
  @IsBoolean()
  isReplacement?: boolean;
  @IsIn(ATTENDANCE_STATUSES)
  status: AttendanceStatus;
}

export class PutAttendanceDto {
  @IsIn(ATTENDANCE_STATUSES)
  status: AttendanceStatus;
  /** The organisation this person represents; defaults to the invited one. */
  @Omittable()
  @IsId()
  organisationId?: string;
}

export class ChangeAttendanceDto extends PatchOf(CreateAttendanceDto, {
  omittable: ['status', 'guestName', 'isReplacement'],
  nullable: ['organisationId'],
}) {}

export interface AttendanceView {
  /** Null while nothing is recorded for someone expected. */
  id: string | null;
  sessionId: string;
  /** Null for a guest, and for an invited organisation without anyone who can receive mail. */
  personId: string | null;
  guestName: string | null;
  name: string | null;
  organisationId: string | null;
  organisationName: string | null;
  function: string | null;
  /** Null for someone who was not expected. */
  role: InvitationRole | null;
  isReplacement: boolean;
  status: AttendanceStatus | null;
  version: number | null;
}

export interface OrganisationPresence {
  organisationId: string;
  name: string;
  status: AttendanceStatus | null;
}

export const ATTENDANCE_EXAMPLE = {
  id: '019300a0-0000-7000-8000-000000000071',
  sessionId: '019300a0-0000-7000-8000-000000000051',
  personId: '019300a0-0000-7000-8000-000000000041',
  guestName: null,
  name: 'wijkagent Boskoop',
  organisationId: '019300a0-0000-7000-8000-000000000011',
  organisationName: 'Politie',
  function: 'wijkagent',
  role: 'participant',
  isReplacement: false,
  status: 'present',
  version: 1,
} satisfies AttendanceView;

export const ATTENDANCES_EXAMPLE = {
  items: [ATTENDANCE_EXAMPLE],
  total: 1,
  page: 1,
  pageSize: 1,
  organisations: [{ organisationId: '019300a0-0000-7000-8000-000000000011', name: 'Politie', status: 'present' }],
} satisfies { items: AttendanceView[]; organisations: OrganisationPresence[]; [key: string]: unknown };
