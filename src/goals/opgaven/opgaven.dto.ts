import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, ValidateNested } from 'class-validator';
import { IsCalendarDate } from '../../platform/common/is-calendar-date.js';
import { IsId, IsLine, IsProse, Nullable, Omittable } from '../../platform/common/input.js';
import { PagingDto } from '../../platform/common/paging.js';
import { PatchOf } from '../../platform/common/patch-of.js';

export class DepartmentDto {
  /** The department. */
  @IsId()
  organisationId: string;
  /** Whether it leads; exactly one department does. */
  @IsBoolean()
  isLead: boolean;
  /** Its contribution to the opgave. */
  @IsProse(2000)
  part: string;
}

export class CreateOpgaveDto {
  /** The area it covers, including everything below it. */
  @IsId()
  areaId: string;
  /** The opgave in one line. */
  @IsLine()
  title: string;
  /** What is to change, and for whom. */
  @Nullable()
  @IsProse()
  description?: string | null;
  /** Its origin. */
  @IsProse(2000)
  origin: string;
  /** The member of the college responsible for it. */
  @IsId()
  bestuurderId: string;
  /** The person who directs the process. */
  @IsId()
  procesregisseurId: string;
  /** The first day. */
  @Nullable()
  @IsCalendarDate()
  startsOn?: string | null;
  /** The last day. */
  @Nullable()
  @IsCalendarDate()
  endsOn?: string | null;
  /** At least two, one of them the lead. */
  @IsArray()
  @ArrayMinSize(2)
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => DepartmentDto)
  departments: DepartmentDto[];
}

/** If given, the list of departments is complete; one whose part changes must confirm it again. */
export class ChangeOpgaveDto extends PatchOf(CreateOpgaveDto, {
  omittable: ['title', 'origin', 'bestuurderId', 'procesregisseurId', 'departments'],
  nullable: ['description', 'startsOn', 'endsOn'],
}) {}

export class OpgaveListDto extends PagingDto {
  /** Part of the title. */
  @Omittable()
  @IsLine()
  q?: string;
  /** A department responsible for a part. */
  @Omittable()
  @IsId()
  organisation?: string;
}

/** @schema OpgaveDepartment */
interface DepartmentView {
  organisationId: string;
  organisationName: string;
  isLead: boolean;
  part: string;
  /** Null until the department itself confirms its part. */
  confirmedOn: string | null;
}

/** @schema OpgavePerson */
interface NamedView {
  id: string;
  name: string;
  /** False for someone who has left; they stay named until replaced. */
  isActive: boolean;
}

export interface OpgaveView {
  id: string;
  areaId: string;
  areaName: string;
  title: string;
  description: string | null;
  origin: string;
  bestuurder: NamedView;
  procesregisseur: NamedView;
  startsOn: string | null;
  endsOn: string | null;
  departments: DepartmentView[];
  /** Whether all departments have confirmed their parts. */
  isConfirmed: boolean;
  version: number;
}
