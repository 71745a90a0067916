import { IsIn, IsInt, Max, Min } from 'class-validator';
import { IsId, IsNumberInQuery, IsProse, Omittable } from '../../platform/common/input.js';
import { PagingDto } from '../../platform/common/paging.js';
import { RATING_ANSWERS, type RatingAnswer } from './rating.entity.js';
import type { RatingResults } from './ratings.rules.js';

export class CreateRatingRoundDto {
  @IsId()
  areaId: string;
  @IsInt()
  @Min(2000)
  @Max(2999)
  year: number;
}

export class RatingRoundListDto extends PagingDto {
  /** Including the areas below it. */
  @Omittable()
  @IsId()
  area?: string;
  @Omittable()
  @IsNumberInQuery(2000, 2999)
  year?: number;
}

export class GiveRatingDto {
  @IsInt()
  @Min(1)
  @Max(10)
  mark: number;
  /** "Spreekt de gemeente met één mond?" */
  @IsIn(RATING_ANSWERS)
  speaksAsOne: RatingAnswer;
  /** "Zijn afspraken nagekomen?" */
  @IsIn(RATING_ANSWERS)
  keptAgreements: RatingAnswer;
  @Omittable()
  @IsProse(2000)
  wentWell?: string;
  @Omittable()
  @IsProse(2000)
  canBeBetter?: string;
}

/** The answer of someone who was asked. */
export interface OwnRating {
  id: string;
  roundId: string;
  mark: number | null;
  speaksAsOne: RatingAnswer | null;
  keptAgreements: RatingAnswer | null;
  wentWell: string | null;
  canBeBetter: string | null;
  answeredAt: string | null;
  version: number;
}

export interface RatingRoundView {
  id: string;
  areaId: string;
  areaName: string;
  year: number;
  openedAt: string;
  closedAt: string | null;
  /** The numbers of people asked and of answers; null for someone who was only asked. */
  asked: number | null;
  answered: number | null;
  /** Null until the round is closed, and for someone who was only asked. */
  results: RatingResults | null;
  resultsYearBefore: RatingResults | null;
  /** Null for someone who was not asked. */
  own: OwnRating | null;
  version: number;
}

const SUMMARY = {
  answered: 6,
  mark: 7.3,
  speaksAsOne: { yes: 2, partly: 3, no: 1 },
  keptAgreements: { yes: 4, partly: 2, no: 0 },
};
export const RATING_RESULTS_EXAMPLE: RatingResults = {
  total: SUMMARY,
  kinds: [],
  wentWell: ['De lijnen zijn kort.'],
  canBeBetter: ['Eerder laten weten wat niet lukt.'],
};

export const OWN_RATING_EXAMPLE = {
  id: '019300a0-0000-7000-8000-000000000062',
  roundId: '019300a0-0000-7000-8000-000000000061',
  mark: 7,
  speaksAsOne: 'partly',
  keptAgreements: 'yes',
  wentWell: 'De lijnen zijn kort.',
  canBeBetter: null,
  answeredAt: '2026-01-12T09:12:44.900Z',
  version: 2,
} satisfies OwnRating;

export const RATING_ROUND_EXAMPLE = {
  id: '019300a0-0000-7000-8000-000000000061',
  areaId: '019300a0-0000-7000-8000-000000000002',
  areaName: 'Boskoop',
  year: 2025,
  openedAt: '2026-01-06T09:12:44.900Z',
  closedAt: '2026-01-27T09:12:44.900Z',
  asked: 8,
  answered: 6,
  results: RATING_RESULTS_EXAMPLE,
  resultsYearBefore: { ...RATING_RESULTS_EXAMPLE, wentWell: [], canBeBetter: [] },
  own: null,
  version: 2,
} satisfies RatingRoundView;
