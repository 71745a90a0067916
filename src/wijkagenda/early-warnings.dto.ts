import { IsIn } from 'class-validator';
import { IsId, Omittable } from '../platform/common/input.js';
import { PagingDto } from '../platform/common/paging.js';
import { WARNING_KINDS, type WarningKind } from './early-warnings.rules.js';

export class EarlyWarningListDto extends PagingDto {
  /** Including the areas below it. */
  @Omittable()
  @IsId()
  area?: string;
  /** Only warnings of this kind. */
  @Omittable()
  @IsIn(WARNING_KINDS)
  kind?: WarningKind;
}
