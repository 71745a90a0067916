import { IsIn, IsInt, Max, Min } from 'class-validator';
import { IsId, IsNumberInQuery, IsProse, Omittable } from '../../platform/common/input.js';
import { PagingDto } from '../../platform/common/paging.js';
import { RATING_ANSWERS, type RatingAnswer } from './rating.entity.js';
import type { RatingResults } from './ratings.rules.js';

export class CreateRatingRoundDto {
  /** The area whose collaboration is rated. */
  @IsId()
  areaId: string;
  /** The calendar year that is rated. */
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
  /** Only rounds about this calendar year. */
  @Omittable()
  @IsNumberInQuery(2000, 2999)
  year?: number;
}

export class GiveRatingDto {
  /** The mark, from 1 to 10. */
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
  /** What went well. */
  @Omittable()
  @IsProse(2000)
  wentWell?: string;
  /** What can be better. */
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
