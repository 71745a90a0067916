import { IsIn, ValidateIf } from 'class-validator';
import { IsId, IsProse, Omittable } from '../common/input.js';
import { type Verdict, VERDICTS } from './action-judgement.entity.js';

export class CreateJudgementDto {
  @IsIn(VERDICTS)
  verdict: Verdict;
  @Omittable()
  @IsProse(2000)
  explanation?: string;
  /** For which of the own organisations; may be left out by who is of one. */
  @Omittable()
  @IsId()
  organisationId?: string;
}

export class ChangeJudgementDto {
  @Omittable()
  @IsIn(VERDICTS)
  verdict?: Verdict;
  @Omittable()
  @ValidateIf((_, value) => value !== null)
  @IsProse(2000)
  explanation?: string | null;
}

export interface JudgementView {
  id: string;
  actionId: string;
  organisationId: string;
  organisationName: string;
  verdict: Verdict;
  explanation: string | null;
  judgedById: string;
  judgedByName: string;
  judgedAt: string;
  version: number;
}

export const JUDGEMENT_EXAMPLE = {
  id: '019300a0-0000-7000-8000-000000000a01',
  actionId: '019300a0-0000-7000-8000-000000000701',
  organisationId: '019300a0-0000-7000-8000-000000000203',
  organisationName: 'Dorpsraad Boskoop',
  verdict: 'partly',
  explanation: 'In het weekend is er nog overlast.',
  judgedById: '019300a0-0000-7000-8000-000000000102',
  judgedByName: 'voorzitter dorpsraad',
  judgedAt: '2026-07-01T10:00:00.000Z',
  version: 1,
} satisfies JudgementView;
