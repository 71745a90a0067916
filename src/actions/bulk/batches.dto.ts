import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsInt, Min, ValidateNested } from 'class-validator';
import { CreateUpdateDto } from '../history/action-updates.dto.js';
import { IsId, Omittable } from '../../platform/common/input.js';
import type { Problem } from '../../platform/server/problem.filter.js';

const MOST_IN_A_BATCH = 200;

/** One row: the update of one action. */
export class BatchItemDto extends CreateUpdateDto {
  /** The action to update. */
  @IsId()
  actionId: string;
  /** The version that was read; the row is rejected if the action was changed since. Omitted: no check. */
  @Omittable()
  @IsInt()
  @Min(1)
  version?: number;
}

export class EnterBatchDto {
  /** Each action at most once. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_IN_A_BATCH)
  @ArrayUnique((item: BatchItemDto | null) => String(item?.actionId).toLowerCase(), {
    message: 'items must contain each action only once',
  })
  @ValidateNested({ each: true })
  @Type(() => BatchItemDto)
  items: BatchItemDto[];
}

export interface BatchRow {
  actionId: string;
  result: 'updated' | 'refused';
  /** The update entered, and the version of the action after it. */
  updateId: string | null;
  version: number | null;
  /** Why the row was rejected: the problem the single request would have returned. */
  problem: Problem | null;
}

export interface BatchView {
  /** In the order of the request. */
  items: BatchRow[];
  updated: number;
  refused: number;
}
