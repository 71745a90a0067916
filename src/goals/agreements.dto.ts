import { IsBoolean, ValidateIf } from 'class-validator';
import { IsId, IsProse, Omittable } from '../platform/common/input.js';

export class AnswerGoalDto {
  /** The answering party; optional for a member of one organisation. */
  @Omittable()
  @IsId()
  organisationId?: string;
  /** Whether your organisation agrees with the goal. */
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
