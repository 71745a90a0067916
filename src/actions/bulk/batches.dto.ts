import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsInt, Min, ValidateNested } from 'class-validator';
import { CreateUpdateDto } from '../action-updates.dto.js';
import { IsId, Omittable } from '../../platform/common/input.js';
import type { Problem } from '../../platform/common/problem.filter.js';

export const MOST_IN_A_BATCH = 200;

/** One row: the update of one action. */
export class BatchItemDto extends CreateUpdateDto {
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

const UPDATED: BatchRow = {
  actionId: '019300a0-0000-7000-8000-000000000701',
  result: 'updated',
  updateId: '019300a0-0000-7000-8000-000000000801',
  version: 3,
  problem: null,
};
const REFUSED: BatchRow = {
  actionId: '019300a0-0000-7000-8000-000000000702',
  result: 'refused',
  updateId: null,
  version: null,
  problem: {
    status: 400,
    title: 'Bad Request',
    detail: 'The request has invalid fields.',
    code: 'INVALID_INPUT',
    errors: [{ field: 'reason', message: 'reason is required for the status blocked' }],
  },
};

export const BATCH_EXAMPLE = { items: [REFUSED, UPDATED], updated: 1, refused: 1 } satisfies BatchView;
