import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsInt, Max, Min, ValidateNested } from 'class-validator';
import { IsId, IsLine, IsProse, Nullable, Omittable } from '../../platform/common/input.js';
import { PagingDto } from '../../platform/common/paging.js';
import { QUARTERLY_STATES, type QuarterlyLine, type QuarterlyState } from './quarterly-result.entity.js';

export class CreateQuarterlyResultDto {
  @IsId()
  areaId: string;
  @IsInt()
  @Min(2000)
  @Max(2999)
  year: number;
  @IsInt()
  @Min(1)
  @Max(4)
  quarter: number;
}

export class QuarterlyLineDto {
  /** The number of the action, as in the draft. */
  @IsLine(20)
  number: string;
  @IsProse(1000)
  text: string;
  @IsBoolean()
  isStruck: boolean;
}

export class ChangeQuarterlyResultDto {
  /** An introduction above the results; null removes it. */
  @Nullable()
  @IsProse(2000)
  introduction?: string | null;
  /** All lines of the draft, in the order of presentation. */
  @Omittable()
  @IsArray()
  @ArrayMaxSize(400)
  @ValidateNested({ each: true })
  @Type(() => QuarterlyLineDto)
  lines?: QuarterlyLineDto[];
}

export class QuarterlyResultListDto extends PagingDto {
  /** Including the areas below it. */
  @Omittable()
  @IsId()
  area?: string;
  @Omittable()
  @IsIn(QUARTERLY_STATES)
  state?: QuarterlyState;
}

export interface QuarterlyResultSummary {
  id: string;
  areaId: string;
  areaName: string;
  year: number;
  quarter: number;
  state: QuarterlyState;
  sentAt: string | null;
  publishedAt: string | null;
  version: number;
}

export interface QuarterlyResultView extends QuarterlyResultSummary {
  introduction: string | null;
  /** Excludes those of actions that are now confidential; once sent, also struck ones. */
  lines: QuarterlyLine[];
}

/** The public part of it: results of actions that are public now. */
export interface PublicQuarterlyResult {
  id: string;
  areaName: string;
  year: number;
  quarter: number;
  publishedAt: string;
  introduction: string | null;
  lines: { number: string; text: string }[];
}

export const QUARTERLY_SUMMARY_EXAMPLE = {
  id: '019300a0-0000-7000-8000-000000000b01',
  areaId: '019300a0-0000-7000-8000-000000000002',
  areaName: 'Boskoop',
  year: 2026,
  quarter: 2,
  state: 'sent',
  sentAt: '2026-07-06T09:12:45.120Z',
  publishedAt: null,
  version: 3,
} satisfies QuarterlyResultSummary;

export const QUARTERLY_EXAMPLE = {
  ...QUARTERLY_SUMMARY_EXAMPLE,
  introduction: 'Dit is er gelukt, met dank aan iedereen die meedeed.',
  lines: [{ number: 'BOS-12', text: 'Geen klachten meer bij de skatebaan.', isStruck: false }],
} satisfies QuarterlyResultView;

export const PUBLIC_QUARTERLY_EXAMPLE = {
  id: QUARTERLY_EXAMPLE.id,
  areaName: 'Boskoop',
  year: 2026,
  quarter: 2,
  publishedAt: '2026-07-07T09:12:45.120Z',
  introduction: QUARTERLY_EXAMPLE.introduction,
  lines: [{ number: 'BOS-12', text: 'Geen klachten meer bij de skatebaan.' }],
} satisfies PublicQuarterlyResult;
