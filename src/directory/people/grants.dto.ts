import { IsIn } from 'class-validator';
import { GRANTED_ROLES, type GrantedRole } from '../../platform/access/permissions.js';
import { IsCalendarDate } from '../../platform/common/is-calendar-date.js';
import { IsId, Omittable } from '../../platform/common/input.js';
import { PagingDto } from '../../platform/common/paging.js';
import { PatchOf } from '../../platform/common/patch-of.js';

export class CreateGrantDto {
  /** The person who gets the role. */
  @IsId()
  personId: string;
  /** The role, which applies in the area and everything below it. */
  @IsIn(GRANTED_ROLES)
  role: GrantedRole;
  /** Includes everything below it; must be the root for an administrator. */
  @IsId()
  areaId: string;
  /** The first day; defaults to today. */
  @Omittable()
  @IsCalendarDate()
  fromOn?: string;
  /** The last day. */
  @Omittable()
  @IsCalendarDate()
  untilOn?: string;
}

/** Null clears the last day. Yesterday ends the grant immediately. */
export class ChangeGrantDto extends PatchOf(CreateGrantDto, { nullable: ['untilOn'] }) {}

export class GrantListDto extends PagingDto {
  /** Only grants of this person. */
  @Omittable()
  @IsId()
  person?: string;
  /** Including the areas below it. */
  @Omittable()
  @IsId()
  area?: string;
  /** Only grants of this role. */
  @Omittable()
  @IsIn(GRANTED_ROLES)
  role?: GrantedRole;
}

export interface GrantView {
  id: string;
  personId: string;
  personName: string;
  role: GrantedRole;
  areaId: string;
  areaName: string;
  fromOn: string;
  untilOn: string | null;
  version: number;
}
