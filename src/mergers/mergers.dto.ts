import { IsId } from '../common/input.js';

export class MergeAreaDto {
  /** The area that goes on. */
  @IsId()
  intoId: string;
}
