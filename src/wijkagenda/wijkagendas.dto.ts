import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsBoolean, IsIn, ValidateNested } from 'class-validator';
import { IsId, IsLine, IsNumberInQuery, IsProse, IsYear, Nullable, Omittable } from '../platform/common/input.js';
import { PagingDto } from '../platform/common/paging.js';
import { PatchOf } from '../platform/common/patch-of.js';
import { WIJKAGENDA_STATES, type WijkagendaState } from './wijkagenda.entity.js';

export class CreateWijkagendaDto {
  /** The area of the wijkagenda. */
  @IsId()
  areaId: string;
  /** The calendar year. */
  @IsYear()
  year: number;
  /** The text above the goals. */
  @Nullable()
  @IsProse()
  introduction?: string | null;
  /** The themes of the setting if omitted. */
  @Omittable()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsLine(100, 1, { each: true })
  themes?: string[];
  /** The goals on it, in this order. */
  @Omittable()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsId({ each: true })
  goalIds?: string[];
}

export class ChangeWijkagendaDto extends PatchOf(CreateWijkagendaDto, {
  omittable: ['themes'],
  nullable: ['introduction'],
}) {}

export class PlacedGoalDto {
  /** The goal. */
  @IsId()
  goalId: string;
  /** Whether it is included in the publication. */
  @Omittable()
  @IsBoolean()
  isPublic?: boolean;
}

export class PlaceGoalsDto {
  /** All goals on the wijkagenda, in this order. */
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => PlacedGoalDto)
  goals: PlacedGoalDto[];
}

export class AdoptWijkagendaDto {
  /** The session in which it was adopted. */
  @IsId()
  sessionId: string;
  /** The parties that adopted it. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsId({ each: true })
  organisationIds: string[];
}

export class WijkagendaListDto extends PagingDto {
  /** Including the areas below it. */
  @Omittable()
  @IsId()
  area?: string;
  /** Only wijkagendas of this calendar year. */
  @Omittable()
  @IsNumberInQuery(2000, 2100)
  year?: number;
  /** Only wijkagendas in this state. */
  @Omittable()
  @IsIn(WIJKAGENDA_STATES)
  state?: WijkagendaState;
}

export class ProposalDto {
  /** The area of the new wijkagenda. */
  @IsId()
  area: string;
  /** The calendar year of the new wijkagenda. */
  @IsNumberInQuery(2000, 2100)
  year: number;
}
