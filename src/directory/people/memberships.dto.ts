import { IsCalendarDate } from '../../platform/common/is-calendar-date.js';
import { IsId, IsLine, Omittable } from '../../platform/common/input.js';
import { PatchOf } from '../../platform/common/patch-of.js';

export class CreateMembershipDto {
  /** The organisation the person acts for. */
  @IsId()
  organisationId: string;
  /** The person's function there. */
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
