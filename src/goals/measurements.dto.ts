import { IsCalendarDate } from '../platform/common/is-calendar-date.js';
import { IsId, IsLine, Omittable } from '../platform/common/input.js';
import { IsQuantity } from './goals.dto.js';

export class MeasureDto {
  /** The day of the measurement; not in the future. */
  @IsCalendarDate()
  measuredOn: string;
  /** The value, in the goal's unit. */
  @IsQuantity()
  value: number;
  /** The source of the value. */
  @IsLine()
  source: string;
  /** The measurement that this one corrects. */
  @Omittable()
  @IsId()
  correctsId?: string;
}

export interface MeasurementView {
  id: string;
  goalId: string;
  measuredOn: string;
  value: number;
  source: string;
  correctsId: string | null;
  isCurrent: boolean;
  /** Who entered it; null for callers who may not see names of people. */
  recordedByName: string | null;
}
