import { IsCalendarDate } from '../../platform/common/is-calendar-date.js';
import { IsId, Nullable, Omittable } from '../../platform/common/input.js';
import { PagingDto } from '../../platform/common/paging.js';
import { PatchOf } from '../../platform/common/patch-of.js';

/** Who gets mail, as worded in the OpenAPI document. */
export const WHO_GETS_MAIL =
  "Mail about an action goes to the owner's person if one is named, otherwise to the contact of the organisation in the " +
  'area, otherwise to its general contact; being a member brings no mail.';

export class CreateContactDto {
  /** The organisation that can be reached through this person. */
  @IsId()
  organisationId: string;
  /** Omitted or null for the general contact. */
  @Nullable()
  @IsId()
  areaId?: string | null;
  /** The person who is its contact in this area. */
  @IsId()
  personId: string;
  /** The first day; defaults to today. The current contact ends the day before. */
  @Omittable()
  @IsCalendarDate()
  fromOn?: string;
  /** The last day. */
  @Omittable()
  @IsCalendarDate()
  untilOn?: string;
}

/** Null clears the last day. */
export class ChangeContactDto extends PatchOf(CreateContactDto, { nullable: ['untilOn'] }) {}

export class ContactListDto extends PagingDto {
  /** Only contacts of this organisation. */
  @Omittable()
  @IsId()
  organisation?: string;
  /** Including the areas below it. */
  @Omittable()
  @IsId()
  area?: string;
  /** Only contacts that are this person. */
  @Omittable()
  @IsId()
  person?: string;
}

export interface ContactView {
  id: string;
  organisationId: string;
  organisationName: string;
  areaId: string | null;
  areaName: string | null;
  personId: string;
  personName: string;
  fromOn: string;
  untilOn: string | null;
  version: number;
}
