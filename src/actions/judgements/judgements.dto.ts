import { IsIn } from 'class-validator';
import { IsId, IsProse, Omittable } from '../../platform/common/input.js';
import { type Judged, JUDGEMENTS } from './judgement.entity.js';

export class JudgeDto {
  /** Whether it was realised, according to your organisation. */
  @IsIn(JUDGEMENTS)
  judgement: Judged;
  /** An explanation of the judgement. */
  @Omittable()
  @IsProse(2000)
  comment?: string;
  /** The caller's organisation; members of a single organisation can omit it. */
  @Omittable()
  @IsId()
  organisationId?: string;
}

/** @schema Judgement */
export interface JudgementView {
  id: string;
  goalId: string | null;
  actionId: string | null;
  organisationId: string;
  organisationName: string;
  judgement: Judged;
  comment: string | null;
  judgedOn: string;
  isCurrent: boolean;
}
