import { IsProse } from '../common/input.js';

export class ReasonDto {
  @IsProse(2000)
  reason: string;
}
