import { IsIn, ValidateBy, ValidateIf } from 'class-validator';
import { isCalendarDate, IsCalendarDate } from '../common/calendar-date.js';
import { IsFlagInQuery, IsId, IsLine, IsProse, Omittable } from '../common/input.js';
import { PagingDto } from '../common/paging.js';
import { REVIEW_STATES, type ReviewState } from './review.entity.js';
import type { ShownFigures } from './reviews.rules.js';

export class CreateReviewDto {
  @IsId()
  areaId: string;
  @IsCalendarDate()
  fromOn: string;
  /** Peildatum; both ends count. */
  @IsCalendarDate()
  asOf: string;
}

/** What the chair writes beside the figures; null takes a text away. */
export class ChangeReviewDto {
  @Omittable()
  @ValidateIf((_, value) => value !== null)
  @IsProse(4000)
  succeeded?: string | null;
  @Omittable()
  @ValidateIf((_, value) => value !== null)
  @IsProse(4000)
  notSucceeded?: string | null;
  @Omittable()
  @ValidateIf((_, value) => value !== null)
  @IsProse(4000)
  learned?: string | null;
  @Omittable()
  @ValidateIf((_, value) => value !== null)
  @IsProse(4000)
  nextYear?: string | null;
}

export class ReviewListDto extends PagingDto {
  /** Includes what is below it. */
  @Omittable()
  @IsId()
  area?: string;
  @Omittable()
  @IsIn(REVIEW_STATES)
  state?: ReviewState;
}

const MOMENT = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{3})?Z$/;

/** A moment in UTC: ISO 8601 with seconds. */
function IsMoment(): PropertyDecorator {
  return ValidateBy({
    name: 'isMoment',
    validator: {
      validate: (value) => typeof value === 'string' && MOMENT.test(value) && isCalendarDate(value.slice(0, 10)),
      defaultMessage: () => '$property must be a moment in UTC, written YYYY-MM-DDTHH:MM:SSZ',
    },
  });
}

export class ReadReviewDto {
  /** Counts a draft by what was known at that moment (ISO 8601, UTC); now when left out. */
  @Omittable()
  @IsMoment()
  knownAt?: string;
}

/** Which cases of a figure: all, or those of one theme or owner. */
export class FigureCasesDto extends PagingDto {
  @Omittable()
  @IsLine(100)
  theme?: string;
  /** Those without a theme. */
  @Omittable()
  @IsFlagInQuery()
  withoutTheme?: boolean;
  /** Those of one owner; for who may see figures per organisation. */
  @Omittable()
  @IsId()
  organisation?: string;
  /** Counts a draft by what was known at that moment; now when left out. */
  @Omittable()
  @IsMoment()
  knownAt?: string;
}

export interface ReviewSummary {
  id: string;
  areaId: string;
  /** The name the area had on `asOf`. */
  areaName: string;
  fromOn: string;
  asOf: string;
  state: ReviewState;
  frozenAt: string | null;
  hash: string | null;
  version: number;
}

/** What is frozen: everything but the state of the row itself. */
export interface ReviewDocument<F> {
  areaName: string;
  /** The area and what was below it on `asOf`. */
  areas: { id: string; name: string }[];
  fromOn: string;
  asOf: string;
  knownAt: string;
  notice: string;
  succeeded: string | null;
  notSucceeded: string | null;
  learned: string | null;
  nextYear: string | null;
  figures: F;
}

export type ReviewView = ReviewSummary & ReviewDocument<ShownFigures>;
