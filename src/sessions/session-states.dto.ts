import { IsProse } from '../platform/common/input.js';

export class ReasonDto {
  /** The reason, which is stored. */
  @IsProse(2000)
  reason: string;
}
