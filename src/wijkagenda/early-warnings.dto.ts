import { IsIn } from 'class-validator';
import { IsId, Omittable } from '../platform/common/input.js';
import { PagingDto } from '../platform/common/paging.js';
import { type EarlyWarning, WARNING_KINDS, type WarningKind } from './early-warnings.rules.js';

export class EarlyWarningListDto extends PagingDto {
  /** Including the areas below it. */
  @Omittable()
  @IsId()
  area?: string;
  @Omittable()
  @IsIn(WARNING_KINDS)
  kind?: WarningKind;
}

export const EARLY_WARNING_EXAMPLE = {
  kind: 'postponed',
  areaId: '019300a0-0000-7000-8000-000000000002',
  areaName: 'Boskoop',
  subject: { type: 'action', id: '019300a0-0000-7000-8000-000000000801', name: 'BOS-12 Skatebaan opknappen' },
  reason: 'Al 3 keer uitgesteld.',
} satisfies EarlyWarning;
