import { IsBoolean, ValidateIf } from 'class-validator';
import { IsId, IsProse, Omittable } from '../platform/common/input.js';

export class AnswerGoalDto {
  /** The answering party; optional for a member of one organisation. */
  @Omittable()
  @IsId()
  organisationId?: string;
  @IsBoolean()
  agrees: boolean;
  /** Required when not agreeing. */
  @ValidateIf(({ agrees, comment }: AnswerGoalDto) => agrees === false || comment !== undefined)
  @IsProse(2000)
  comment?: string;
  /** The session in which the answer was given. */
  @Omittable()
  @IsId()
  sessionId?: string;
}

export interface AgreementView {
  id: string;
  goalId: string;
  organisationId: string;
  organisationName: string;
  agrees: boolean;
  comment: string | null;
  answeredOn: string;
  sessionId: string | null;
  isCurrent: boolean;
}

export const AGREEMENT_EXAMPLE = {
  id: '019300a0-0000-7000-8000-000000000b01',
  goalId: '019300a0-0000-7000-8000-000000000a01',
  organisationId: '019300a0-0000-7000-8000-000000000301',
  organisationName: 'Politie',
  agrees: true,
  comment: null,
  answeredOn: '2026-01-06',
  sessionId: null,
  isCurrent: true,
} satisfies AgreementView;
