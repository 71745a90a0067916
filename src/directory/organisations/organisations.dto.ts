import { ArrayMaxSize, ArrayUnique, IsArray, IsIn } from 'class-validator';
import { IsLine, IsName, Omittable } from '../../platform/common/input.js';
import { PagingDto } from '../../platform/common/paging.js';
import { PatchOf } from '../../platform/common/patch-of.js';
import { ORGANISATION_KINDS, type OrganisationKind } from './organisation.entity.js';

export class CreateOrganisationDto {
  /** The name as printed; unique. */
  @IsName()
  name: string;
  /** What kind of organisation it is. */
  @IsIn(ORGANISATION_KINDS)
  kind: OrganisationKind;
  /** Other names by which it is known and found. */
  @Omittable()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsLine(200, 1, { each: true })
  aliases: string[] = [];
}

/** New aliases replace all existing ones. */
export class ChangeOrganisationDto extends PatchOf(CreateOrganisationDto, { omittable: ['name', 'kind', 'aliases'] }) {}

export class OrganisationListDto extends PagingDto {
  /** Part of the name or of an alias. */
  @Omittable()
  @IsLine()
  q?: string;
  /** Only organisations of this kind. */
  @Omittable()
  @IsIn(ORGANISATION_KINDS)
  kind?: OrganisationKind;
}

export interface OrganisationView {
  id: string;
  name: string;
  kind: OrganisationKind;
  aliases: string[];
  mergedIntoId: string | null;
  version: number;
}
