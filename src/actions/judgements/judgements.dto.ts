import { IsIn } from 'class-validator';
import { IsId, IsProse, Omittable } from '../../platform/common/input.js';
import { type Judged, JUDGEMENTS } from './judgement.entity.js';

export class JudgeDto {
  @IsIn(JUDGEMENTS)
  judgement: Judged;
  @Omittable()
  @IsProse(2000)
  comment?: string;
  /** The caller's organisation; members of a single organisation can omit it. */
  @Omittable()
  @IsId()
  organisationId?: string;
}

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

export const JUDGEMENT_EXAMPLE = {
  id: '019300a0-0000-7000-8000-000000000e01',
  goalId: '019300a0-0000-7000-8000-000000000a01',
  actionId: null,
  organisationId: '019300a0-0000-7000-8000-000000000301',
  organisationName: 'Politie',
  judgement: 'partly',
  comment: 'De verslagen komen, maar zonder de acties van de corporatie.',
  judgedOn: '2026-12-01',
  isCurrent: true,
} satisfies JudgementView;
