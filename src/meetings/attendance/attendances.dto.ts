import type { Page } from '../../platform/common/paging.js';
import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsIn } from 'class-validator';
import { IsId, IsLine, Omittable } from '../../platform/common/input.js';
import { PatchOf } from '../../platform/common/patch-of.js';
import { ATTENDANCE_STATUSES, type AttendanceStatus } from './attendance.entity.js';
import type { InvitationRole } from '../invitation.entity.js';

/** Either a known person (`personId`) or a guest (`guestName`). */
export class CreateAttendanceDto {
  /** The person who attended; an alternative to guestName. */
  @Omittable()
  @IsId()
  personId?: string;
  /** The name of somebody without an account; an alternative to personId. */
  @Omittable()
  @IsLine()
  guestName?: string;
  /** The organisation this person or guest represents. */
  @Omittable()
  @IsId()
  organisationId?: string;
  /** The further organisations a person represents; replaces the previous ones. */
  @Omittable()
  @IsArray()
  @ArrayMaxSize(10)
  @ArrayUnique()
  @IsId({ each: true })
  alsoForIds?: string[];
  /** A guest who is the vervanger of the organisation. */
  @Omittable()
  @IsBoolean()
  isReplacement?: boolean;
  /** Whether the person was present. */
  @IsIn(ATTENDANCE_STATUSES)
  status: AttendanceStatus;
}

export class PutAttendanceDto extends PatchOf(CreateAttendanceDto, { omittable: ['alsoForIds'] }) {
  /** Whether the person was present. */
  @IsIn(ATTENDANCE_STATUSES)
  status: AttendanceStatus;
  /** The organisation this person represents; defaults to the invited one. */
  @Omittable()
  @IsId()
  organisationId?: string;
}

export class ChangeAttendanceDto extends PatchOf(CreateAttendanceDto, {
  omittable: ['status', 'guestName', 'isReplacement', 'alsoForIds'],
  nullable: ['organisationId'],
}) {}

/** @schema RepresentedOrganisation */
export interface RepresentedView {
  organisationId: string;
  name: string;
}

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
  /** The further organisations this person represents, by name. */
  alsoFor: RepresentedView[];
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

/** Those who were recorded, then those who are still expected; always one page. */
export interface AttendanceListView extends Page<AttendanceView> {
  /** Each organisation that was present or is expected. */
  organisations: OrganisationPresence[];
}
