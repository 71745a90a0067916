import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsInt, Max, Min, ValidateNested } from 'class-validator';
import { IsId, IsLine, IsProse, Nullable, Omittable } from '../../platform/common/input.js';
import { PagingDto } from '../../platform/common/paging.js';
import { QUARTERLY_STATES, type QuarterlyLine, type QuarterlyState } from './quarterly-result.entity.js';
import { LINE_LENGTH } from './quarterly-results.rules.js';

export class CreateQuarterlyResultDto {
  /** The area the results are about, including everything below it. */
  @IsId()
  areaId: string;
  /** The calendar year. */
  @IsInt()
  @Min(2000)
  @Max(2999)
  year: number;
  /** The quarter of that year, from 1 to 4. */
  @IsInt()
  @Min(1)
  @Max(4)
  quarter: number;
}

class QuarterlyLineDto {
  /** The number of the action, as in the draft. */
  @IsLine(20)
  number: string;
  /** The result, as worded for residents. */
  @IsProse(LINE_LENGTH)
  text: string;
  /** Whether it is left out. */
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
  /** Only results in this state. */
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
  lines: { text: string }[];
}

export type PublicQuarterlySummary = Omit<PublicQuarterlyResult, 'lines' | 'introduction'> & { areaId: string };
