import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, ValidateNested } from 'class-validator';
import { IsCalendarDate } from '../../platform/common/calendar-date.js';
import { IsId, IsLine, IsProse, Nullable, Omittable } from '../../platform/common/input.js';
import { PagingDto } from '../../platform/common/paging.js';
import { PatchOf } from '../../platform/common/patch-of.js';

export class DepartmentDto {
  @IsId()
  organisationId: string;
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
  @IsLine()
  title: string;
  @Nullable()
  @IsProse()
  description?: string | null;
  /** Its origin. */
  @IsProse(2000)
  origin: string;
  @IsId()
  bestuurderId: string;
  @IsId()
  procesregisseurId: string;
  @Nullable()
  @IsCalendarDate()
  startsOn?: string | null;
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

export interface DepartmentView {
  organisationId: string;
  organisationName: string;
  isLead: boolean;
  part: string;
  /** Null until the department itself confirms its part. */
  confirmedOn: string | null;
}

export interface OpgaveView {
  id: string;
  areaId: string;
  areaName: string;
  title: string;
  description: string | null;
  origin: string;
  bestuurder: { id: string; name: string };
  procesregisseur: { id: string; name: string };
  startsOn: string | null;
  endsOn: string | null;
  departments: DepartmentView[];
  /** Whether all departments have confirmed their parts. */
  isConfirmed: boolean;
  version: number;
}

export const OPGAVE_EXAMPLE = {
  id: '019300a0-0000-7000-8000-000000000401',
  areaId: '019300a0-0000-7000-8000-000000000001',
  areaName: 'Alphen aan den Rijn',
  title: 'Jongeren met een plek',
  description: 'Een eigen plek voor jongeren in elke kern.',
  origin: 'Coalitieakkoord 2026-2030',
  bestuurder: { id: '019300a0-0000-7000-8000-000000000501', name: 'wethouder jeugd' },
  procesregisseur: { id: '019300a0-0000-7000-8000-000000000502', name: 'procesregisseur jeugd' },
  startsOn: '2026-01-01',
  endsOn: '2029-12-31',
  departments: [
    {
      organisationId: '019300a0-0000-7000-8000-000000000302',
      organisationName: 'Maatschappelijke ontwikkeling',
      isLead: true,
      part: 'Jongerenwerk in elke kern.',
      confirmedOn: '2026-01-20',
    },
    {
      organisationId: '019300a0-0000-7000-8000-000000000303',
      organisationName: 'Beheer openbare ruimte',
      isLead: false,
      part: 'Inrichting en onderhoud van de plekken.',
      confirmedOn: null,
    },
  ],
  isConfirmed: false,
  version: 2,
} satisfies OpgaveView;
