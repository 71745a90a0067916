import { ArrayMaxSize, ArrayMinSize, IsArray } from 'class-validator';
import { IsId } from '../platform/common/input.js';

export class PutPartiesDto {
  /** All organisations that may know the item; must include the caller's own. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @IsId({ each: true })
  partyIds: string[];
}
