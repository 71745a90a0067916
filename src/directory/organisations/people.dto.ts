import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsBoolean } from 'class-validator';
import { IsCalendarDate } from '../../platform/common/calendar-date.js';
import { IsFlagInQuery, IsId, IsLine, IsMailAddress, Nullable, Omittable } from '../../platform/common/input.js';
import { PagingDto } from '../../platform/common/paging.js';
import { PatchOf } from '../../platform/common/patch-of.js';
import { MEMBERSHIP_EXAMPLE, type MembershipView } from './memberships.dto.js';

/** An address in lower case: no two people have addresses that differ in case only. */
const IsFoldedAddress = (): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }) => (typeof value === 'string' ? value.toLowerCase() : value)),
    IsMailAddress(),
  );

export class CreatePersonDto {
  @IsLine()
  name: string;
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
  /** The first day of these; defaults to today. */
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
  @Nullable()
  @IsCalendarDate()
  replacementUntilOn?: string | null;
  /** No weekly digest until this day. */
  @Nullable()
  @IsCalendarDate()
  digestPausedUntilOn?: string | null;
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

const { personId, ...MEMBERSHIP } = MEMBERSHIP_EXAMPLE;

export const PERSON_EXAMPLE = {
  id: personId,
  name: 'wijkagent Boskoop',
  email: 'wijkagent.boskoop@politie.example',
  active: true,
  isShared: false,
  replacementId: null,
  replacementUntilOn: null,
  digestPausedUntilOn: null,
  isDigestStopped: false,
  memberships: [MEMBERSHIP],
  version: 1,
} satisfies PersonView;

export const PERSON_DETAIL_EXAMPLE = { ...PERSON_EXAMPLE, openActions: 3 } satisfies PersonDetailView;
