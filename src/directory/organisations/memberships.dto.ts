import { IsCalendarDate } from '../../platform/common/calendar-date.js';
import { IsId, IsLine, Nullable, Omittable } from '../../platform/common/input.js';

export class CreateMembershipDto {
  @IsId()
  organisationId: string;
  @Omittable()
  @IsLine()
  function?: string;
  /** The first day; today when left out. */
  @Omittable()
  @IsCalendarDate()
  fromOn?: string;
  /** The last day. */
  @Omittable()
  @IsCalendarDate()
  untilOn?: string;
}

export class ChangeMembershipDto {
  @Nullable()
  @IsLine()
  function?: string | null;
  /** The last day; null takes the end away. */
  @Nullable()
  @IsCalendarDate()
  untilOn?: string | null;
}

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
