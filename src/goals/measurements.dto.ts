import { IsCalendarDate } from '../platform/common/calendar-date.js';
import { IsId, IsLine, Omittable } from '../platform/common/input.js';
import { IsQuantity } from './goals.dto.js';

export class MeasureDto {
  @IsCalendarDate()
  measuredOn: string;
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
}

export const MEASUREMENT_EXAMPLE = {
  id: '019300a0-0000-7000-8000-000000000c01',
  goalId: '019300a0-0000-7000-8000-000000000a01',
  measuredOn: '2026-06-02',
  value: 65,
  source: 'telling van het secretariaat',
  correctsId: null,
  isCurrent: true,
} satisfies MeasurementView;
