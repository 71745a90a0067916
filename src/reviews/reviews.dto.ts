import { IsIn, Matches, ValidateBy } from 'class-validator';
import { isCalendarDate, IsCalendarDate } from '../platform/common/calendar-date.js';
import { IsFlagInQuery, IsId, IsLine, IsProse, Nullable, Omittable } from '../platform/common/input.js';
import { PagingDto } from '../platform/common/paging.js';
import { type Figures, type Side, SIDES } from '../wijkagenda/figures/figures.rules.js';
import type { YearFigures } from '../wijkagenda/figures/figures.service.js';
import { ORGANISATION_KINDS, type OrganisationKind } from '../directory/organisations/organisation.entity.js';
import type { RatingResults } from './ratings/ratings.rules.js';
import { REVIEW_STATES, type ReviewState } from './review.entity.js';

export class CreateReviewDto {
  @IsId()
  areaId: string;
  /** Only what serves this opgave in the area and below it. */
  @Omittable()
  @IsId()
  opgaveId?: string;
  @IsCalendarDate()
  fromOn: string;
  /** Peildatum; both ends count. */
  @IsCalendarDate()
  asOf: string;
}

/** What the chair writes beside the figures; null takes a text away. */
export class ChangeReviewDto {
  @Nullable()
  @IsProse(4000)
  succeeded?: string | null;
  @Nullable()
  @IsProse(4000)
  notSucceeded?: string | null;
  @Nullable()
  @IsProse(4000)
  learned?: string | null;
  @Nullable()
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
  /** Those that served one opgave. */
  @Omittable()
  @IsId()
  opgave?: string;
  /** Those of one area, without what is below it. */
  @Omittable()
  @IsId()
  area?: string;
  /** Those of the municipality or of its partners; for who may see figures per organisation. */
  @Omittable()
  @IsIn(SIDES)
  side?: Side;
  /** Those of one kind of organisation; for who may see figures per organisation. */
  @Omittable()
  @IsIn(ORGANISATION_KINDS)
  kind?: OrganisationKind;
  /** Those done in one calendar quarter, such as `2026-Q2`; of what was done only. */
  @Omittable()
  @Matches(/^\d{4}-Q[1-4]$/, { message: 'quarter must be written as 2026-Q2' })
  quarter?: string;
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
  /** Null for a review of everything in the area. */
  opgaveId: string | null;
  /** Its title. */
  opgave: string | null;
  fromOn: string;
  asOf: string;
  state: ReviewState;
  /** When the draft went to the parties, and until which day they can count on being heard. */
  circulatedAt: string | null;
  reactionsUntilOn: string | null;
  frozenAt: string | null;
  hash: string | null;
  /** Null unless the public can read it. */
  publishedAt: string | null;
  version: number;
}

/** What a party said of the draft, unchanged. */
export interface ReactionView {
  id: string;
  /** Null for who may not see figures per organisation. */
  organisation: string | null;
  text: string;
  reactedOn: string;
}

/** What is frozen: everything but the state of the row itself. */
export interface ReviewDocument<F> {
  areaName: string;
  /** The title of the opgave it is about; null for everything in the area. */
  opgave: string | null;
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
  /** The same period a year earlier; null when nothing happened then. */
  yearBefore: {
    fromOn: string;
    asOf: string;
    total: Figures;
    leadTimeDays: number | null;
    sessionsHeld: number;
    minutesSent: number;
    minutesSentShare: number | null;
  } | null;
  /** How the parties rated the collaboration; null without a closed round of that year. */
  ratings: { year: number; results: RatingResults; yearBefore: RatingResults | null } | null;
  reactions: ReactionView[];
  /** Why it was frozen before the parties had their fourteen days; null when they had. */
  frozenEarlyReason: string | null;
}

/** The figures as one may see them: those of single organisations are null for who may not see these. */
export type ShownFigures = Omit<YearFigures, 'organisations' | 'attendance'> & {
  organisations: YearFigures['organisations'] | null;
  attendance: {
    total: YearFigures['attendance']['total'] | null;
    kinds: YearFigures['attendance']['kinds'];
    organisations: YearFigures['attendance']['organisations'] | null;
  };
};

export type FrozenReview = ReviewDocument<YearFigures>;
export type ReviewView = ReviewSummary & ReviewDocument<ShownFigures>;

export class FreezeReviewDto {
  /** Needed before the parties had their fourteen days; it is printed in the review. */
  @Omittable()
  @IsProse(1000)
  reason?: string;
}

export class ReactDto {
  @IsProse(4000)
  text: string;
}
