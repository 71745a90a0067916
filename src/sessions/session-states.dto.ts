import { IsProse } from '../platform/common/input.js';

export class ReasonDto {
  @IsProse(2000)
  reason: string;
}
