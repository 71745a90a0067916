import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsBoolean } from 'class-validator';
import { IsCalendarDate } from '../../platform/common/is-calendar-date.js';
import { IsFlagInQuery, IsId, IsLine, IsMailAddress, Nullable, Omittable } from '../../platform/common/input.js';
import { PagingDto } from '../../platform/common/paging.js';
import { PatchOf } from '../../platform/common/patch-of.js';
import { type MembershipView } from './memberships.dto.js';

/** An address in lower case: no two people have addresses that differ only in case. */
const IsFoldedAddress = (): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }) => (typeof value === 'string' ? value.toLowerCase() : value)),
    IsMailAddress(),
  );

export class CreatePersonDto {
  /** The name as printed. */
  @IsLine()
  name: string;
  /** The address for sign-in and mail; stored in lower case, unique. */
  @IsFoldedAddress()
  email: string;
  /** A functional mailbox: a secretariat, a team working in shifts. */
  @Omittable()
  @IsBoolean()
  isShared: boolean = false;
  /** Also makes the person a member of this organisation. */
  @Omittable()
  @IsId()
  organisationId?: string;
  /** The function in that organisation. */
  @Omittable()
  @IsLine()
  function?: string;
  /** Also makes the person that organisation's contact in this area. */
  @Omittable()
  @IsId()
  contactAreaId?: string;
  /** The first day of the membership and contact; defaults to today. */
  @Omittable()
  @IsCalendarDate()
  fromOn?: string;
}

export class ChangePersonDto extends PatchOf(CreatePersonDto, { omittable: ['name', 'email', 'isShared'] }) {
  /** False ends all access of this person immediately: sessions, links and mail. */
  @Omittable()
  @IsBoolean()
  active?: boolean;
  /** Also receives this person's mail; null ends that. */
  @Nullable()
  @IsId()
  replacementId?: string | null;
  /** The last day of the replacement; null for no end. */
  @Nullable()
  @IsCalendarDate()
  replacementUntilOn?: string | null;
  /** No weekly digest until this day. */
  @Nullable()
  @IsCalendarDate()
  digestPausedUntilOn?: string | null;
  /** Whether the weekly mail is stopped. */
  @Omittable()
  @IsBoolean()
  isDigestStopped?: boolean;
}

export class PersonListDto extends PagingDto {
  /** Part of the name or the address. */
  @Omittable()
  @IsLine()
  q?: string;
  /** Its members, without former ones. */
  @Omittable()
  @IsId()
  organisation?: string;
  /** `true`: only people who can sign in; `false`: only others. */
  @Omittable()
  @IsFlagInQuery()
  active?: boolean;
}

export interface PersonView {
  id: string;
  name: string;
  /** Null once the person has been erased. */
  email: string | null;
  active: boolean;
  isShared: boolean;
  replacementId: string | null;
  replacementUntilOn: string | null;
  digestPausedUntilOn: string | null;
  isDigestStopped: boolean;
  memberships: Omit<MembershipView, 'personId'>[];
  version: number;
}

/** One person, with the number of their unfinished actions: to be handed over when the person leaves. */
export interface PersonDetailView extends PersonView {
  /** Counts what the caller may read; null for callers who read no actions by area. */
  openActions: number | null;
}
