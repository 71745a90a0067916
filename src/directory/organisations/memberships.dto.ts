import { IsCalendarDate } from '../../platform/common/calendar-date.js';
import { IsId, IsLine, Omittable } from '../../platform/common/input.js';
import { PatchOf } from '../../platform/common/patch-of.js';

export class CreateMembershipDto {
  @IsId()
  organisationId: string;
  @Omittable()
  @IsLine()
  function?: string;
  /** The first day; defaults to today. */
  @Omittable()
  @IsCalendarDate()
  fromOn?: string;
  /** The last day. */
  @Omittable()
  @IsCalendarDate()
  untilOn?: string;
}

/** Null clears the last day. */
export class ChangeMembershipDto extends PatchOf(CreateMembershipDto, { nullable: ['function', 'untilOn'] }) {}

export interface MembershipView {
  id: string;
  personId: string;
  organisationId: string;
  organisationName: string;
  function: string | null;
  fromOn: string;
  untilOn: string | null;
  version: number;
}

export const MEMBERSHIP_EXAMPLE = {
  id: '019300a0-0000-7000-8000-000000000031',
  personId: '019300a0-0000-7000-8000-000000000021',
  organisationId: '019300a0-0000-7000-8000-000000000011',
  organisationName: 'Politie',
  function: 'wijkagent',
  fromOn: '2026-01-01',
  untilOn: null,
  version: 1,
} satisfies MembershipView;
