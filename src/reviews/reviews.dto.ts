import { IsIn, Matches, ValidateBy } from 'class-validator';
import { isCalendarDate } from '../platform/common/calendar-date.js';
import { IsCalendarDate } from '../platform/common/is-calendar-date.js';
import { IsFlagInQuery, IsId, IsLine, IsProse, Nullable, Omittable } from '../platform/common/input.js';
import { PagingDto } from '../platform/common/paging.js';
import { type Figures, type Side, SIDES } from '../wijkagenda/figures/figures.rules.js';
import type { YearFigures } from '../wijkagenda/figures/figures.service.js';
import { ORGANISATION_KINDS, type OrganisationKind } from '../directory/organisations/organisation.entity.js';
import type { RatingResults } from './ratings/ratings.rules.js';
import { REVIEW_STATES, type ReviewState } from './review.entity.js';

export class CreateReviewDto {
  /** The area that is reviewed, with everything below it. */
  @IsId()
  areaId: string;
  /** Only what serves this opgave in the area and below it. */
  @Omittable()
  @IsId()
  opgaveId?: string;
  /** The first day of the period. */
  @IsCalendarDate()
  fromOn: string;
  /** The reference date (peildatum); the period includes both days. */
  @IsCalendarDate()
  asOf: string;
}

/** The chair's texts beside the figures; null clears a text. */
export class ChangeReviewDto {
  /** What succeeded. */
  @Nullable()
  @IsProse(4000)
  succeeded?: string | null;
  /** What did not succeed. */
  @Nullable()
  @IsProse(4000)
  notSucceeded?: string | null;
  /** What was learned. */
  @Nullable()
  @IsProse(4000)
  learned?: string | null;
  /** What it means for next year. */
  @Nullable()
  @IsProse(4000)
  nextYear?: string | null;
}

export class ReviewListDto extends PagingDto {
  /** Including the areas below it. */
  @Omittable()
  @IsId()
  area?: string;
  /** Only reviews in this state. */
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
      defaultMessage: () => '$property must be a UTC date and time in the format YYYY-MM-DDTHH:MM:SSZ',
    },
  });
}

export class ReadReviewDto {
  /** Computes a draft as known at that moment (ISO 8601, UTC); defaults to now. */
  @Omittable()
  @IsMoment()
  knownAt?: string;

  /** Prints the photos of its results in the PDF: those of actions you may read in full, at most 12. */
  @Omittable()
  @IsFlagInQuery()
  photos?: boolean;
}

/** Which cases of a figure: all, or those of one group. */
export class FigureCasesDto extends PagingDto {
  /** Only cases of this theme. */
  @Omittable()
  @IsLine(100)
  theme?: string;
  /** Those without a theme. */
  @Omittable()
  @IsFlagInQuery()
  withoutTheme?: boolean;
  /** Those whose theme belongs to this domain, as in `THEME_DOMAINS`; none if there is no such domain. */
  @Omittable()
  @IsLine(50)
  domain?: string;
  /** Those without a theme, or with one that belongs to no domain. */
  @Omittable()
  @IsFlagInQuery()
  withoutDomain?: boolean;
  /** Those of one owner; requires access to figures per organisation. */
  @Omittable()
  @IsId()
  organisation?: string;
  /** Those that served one opgave. */
  @Omittable()
  @IsId()
  opgave?: string;
  /** Those of one area, excluding the areas below it. */
  @Omittable()
  @IsId()
  area?: string;
  /** Those of the municipality or of its partners; requires access to figures per organisation. */
  @Omittable()
  @IsIn(SIDES)
  side?: Side;
  /** Those of one kind of organisation; requires access to figures per organisation. */
  @Omittable()
  @IsIn(ORGANISATION_KINDS)
  kind?: OrganisationKind;
  /** Those done in one calendar quarter, such as `2026-Q2`; only for figures of what was done. */
  @Omittable()
  @Matches(/^\d{4}-Q[1-4]$/, { message: 'quarter must have the format 2026-Q2' })
  quarter?: string;
  /** Computes a draft as known at that moment; defaults to now. */
  @Omittable()
  @IsMoment()
  knownAt?: string;
}

export interface ReviewSummary {
  id: string;
  areaId: string;
  /** The area's name on `asOf`. */
  areaName: string;
  /** Null for a review of everything in the area. */
  opgaveId: string | null;
  /** The title of that opgave. */
  opgave: string | null;
  fromOn: string;
  asOf: string;
  state: ReviewState;
  /** When the draft was sent to the parties, and the last day on which reactions are awaited. */
  circulatedAt: string | null;
  reactionsUntilOn: string | null;
  frozenAt: string | null;
  hash: string | null;
  /** Null unless published. */
  publishedAt: string | null;
  version: number;
}

/** A party's reaction to the draft, unchanged. */
export interface ReactionView {
  id: string;
  /** Null without access to figures per organisation. */
  organisation: string | null;
  text: string;
  reactedOn: string;
}

/** The frozen part: everything except the state of the row itself. */
export interface ReviewDocument<F> {
  areaName: string;
  /** The title of its opgave; null for a review of everything in the area. */
  opgave: string | null;
  /** The area and those below it on `asOf`. */
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
  /** The same period a year earlier; null if nothing happened then. */
  yearBefore: {
    fromOn: string;
    asOf: string;
    total: Figures;
    leadTimeDays: number | null;
    sessionsHeld: number;
    minutesSent: number;
    minutesSentShare: number | null;
  } | null;
  /** The parties' ratings of the collaboration; null without a closed round for that year. */
  ratings: { year: number; results: RatingResults; yearBefore: RatingResults | null } | null;
  reactions: ReactionView[];
  /** Why it was frozen before the fourteen days were over; null otherwise. */
  frozenEarlyReason: string | null;
}

type Results = YearFigures['results']['large'];
/** The number of an action is null for everyone: it means nothing to residents. */
type ShownResults = Omit<Results, 'lines'> & {
  lines: (Omit<Results['lines'][number], 'number'> & { number: string | null })[];
};

/** The figures as visible to the caller; those of individual organisations are null without access to them. */
export type ShownFigures = Omit<YearFigures, 'organisations' | 'attendance' | 'results'> & {
  results: { large: ShownResults; small: ShownResults };
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
  /** Required before the fourteen days are over; printed in the review. */
  @Omittable()
  @IsProse(1000)
  reason?: string;
}

export class ReactDto {
  /** What your organisation says about the review. */
  @IsProse(4000)
  text: string;
}
