import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsIn } from 'class-validator';
import { IsCalendarDate } from '../platform/common/is-calendar-date.js';
import { IsId, IsLine, IsNumberInQuery, IsProse, Nullable, Omittable } from '../platform/common/input.js';
import { PagingDto } from '../platform/common/paging.js';
import { PatchOf } from '../platform/common/patch-of.js';
import { IsAmount } from './budgets.dto.js';
import { INITIATIVE_STATES, type InitiativeState } from './initiative.entity.js';

export class CreateInitiativeDto {
  /** The budget it is requested from. */
  @IsId()
  budgetId: string;
  /** What it is, without names or addresses of residents. */
  @IsLine()
  title: string;
  /** The organisation that asks; omitted for residents. */
  @Nullable()
  @IsId()
  requestedById?: string | null;
  /** The theme of the wijkagenda it belongs to. */
  @Nullable()
  @IsLine(100)
  theme?: string | null;
  /** In euros. */
  @IsAmount(1)
  requested: string;
  /** The day it was requested; defaults to today. */
  @Omittable()
  @IsCalendarDate()
  requestedOn?: string;
  /** The zaaknummer. */
  @Nullable()
  @IsLine(100)
  reference?: string | null;
  /** Whether its line is on the public page, once granted. */
  @Omittable()
  @IsBoolean()
  isPublic?: boolean;
}

/** What may be left open, and cleared. */
export const INITIATIVE_DETAILS = [
  ...(['requestedById', 'theme', 'reference'] as const),
] satisfies (keyof CreateInitiativeDto)[];

export class ChangeInitiativeDto extends PatchOf(CreateInitiativeDto, {
  omittable: ['title', 'requested', 'requestedOn', 'isPublic'],
  nullable: INITIATIVE_DETAILS,
}) {
  /** What it actually cost once granted, in euros. */
  @Nullable()
  @IsAmount()
  spent?: string | null;
  /** Whether the money granted has been accounted for. */
  @Omittable()
  @IsBoolean()
  isAccountedFor?: boolean;
  /** The result, for the review and the public page. */
  @Nullable()
  @IsProse(2000)
  result?: string | null;
}

export const OUTCOMES = ['granted', 'refused'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export class DecideInitiativeDto {
  /** What was decided. */
  @IsIn(OUTCOMES)
  outcome: Outcome;
  /** In euros; defaults to the amount requested. */
  @Omittable()
  @IsAmount(1)
  granted?: string;
  /** Required when it is refused, and when more is granted than is left. */
  @Omittable()
  @IsProse(2000)
  reason?: string;
  /** The day of the decision; defaults to that of the session, else today. */
  @Omittable()
  @IsCalendarDate()
  decidedOn?: string;
  /** The session that decided; omitted for a decision by mandate. */
  @Omittable()
  @IsId()
  sessionId?: string;
  /** The agenda item of that session, which must not be confidential. */
  @Omittable()
  @IsId()
  agendaItemId?: string;
}

export class InitiativeActionsDto {
  /** The actions that carry it out; confidential ones cannot. */
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsId({ each: true })
  actionIds: string[];
}

export class InitiativeListDto extends PagingDto {
  /** Including the areas below it. */
  @Omittable()
  @IsId()
  area?: string;
  /** Only those of this budget. */
  @Omittable()
  @IsId()
  budget?: string;
  /** Only those of budgets of this year. */
  @Omittable()
  @IsNumberInQuery(2000, 2100)
  year?: number;
  /** Only those in this state. */
  @Omittable()
  @IsIn(INITIATIVE_STATES)
  state?: InitiativeState;
  /** Only those of this theme. */
  @Omittable()
  @IsLine(100)
  theme?: string;
  /** Only those decided in this session. */
  @Omittable()
  @IsId()
  session?: string;
  /** Part of the title. */
  @Omittable()
  @IsLine()
  q?: string;
}
