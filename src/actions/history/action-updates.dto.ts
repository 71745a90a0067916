import { Equals, IsIn } from 'class-validator';
import { IsCalendarDate } from '../../platform/common/is-calendar-date.js';
import { IsId, IsProse, Nullable, Omittable } from '../../platform/common/input.js';
import {
  ACTION_STATUSES,
  type ActionStatus,
  DUE_KINDS,
  type DueKind,
  type Realisation,
  REALISATIONS,
  RESULT_SIZES,
  type ResultSize,
} from '../action.entity.js';

/** Domain rules, as worded in the OpenAPI document. */
export const POSTPONEMENTS =
  'Moving the deadline to a later date, or from a date to none, counts as a postponement and needs a reason. An earlier ' +
  'date, a first date, a date that follows the next session, and a change in the session of origin on the day of ' +
  'recording do not count.';
export const ON_HOLD =
  'On hold, an action is never overdue. From its resume date it reads as open and its deadline counts again; a resume date ' +
  'after the deadline leaves the deadline as it is, counts as a postponement, and makes the action overdue from the resume date.';

/** A status, deadline, owner, handing back or just a comment; several at once are one update. */
export class CreateUpdateDto {
  /** The new status; omitted, it stays. */
  @Omittable()
  @IsIn(ACTION_STATUSES)
  status?: ActionStatus;
  /** Required for blocked, on_hold, cancelled, a reopening, a postponement and handing back. */
  @Omittable()
  @IsProse(2000)
  reason?: string;
  /** The day from which an action on hold counts as open again. */
  @Omittable()
  @IsCalendarDate()
  resumeOn?: string;
  /** With `done`: whether all or part of it was realised; defaults to `full`. */
  @Omittable()
  @IsIn(REALISATIONS)
  realisation?: Realisation;
  /** The outcome, in one line. */
  @Omittable()
  @IsProse(2000)
  result?: string;
  /** How large the result is, for the yearly review. */
  @Omittable()
  @IsIn(RESULT_SIZES)
  resultSize?: ResultSize;
  /** Defaults to `date` if only dueOn is given. */
  @Omittable()
  @IsIn(DUE_KINDS)
  dueKind?: DueKind;
  /** The new deadline, the last day on which it is in time. */
  @Omittable()
  @IsCalendarDate()
  dueOn?: string;
  /**
   * Postpones the deadline: must be later than the current one and not before today; 400 otherwise, or with a status
   * that ends the action. An alternative to `dueOn`, which moves a deadline in either direction.
   */
  @Omittable()
  @IsCalendarDate()
  laterDueOn?: string;
  /** The organisation to hand the action over to. */
  @Omittable()
  @IsId()
  ownerId?: string;
  /** A person of the owner; null for none. */
  @Nullable()
  @IsId()
  ownerPersonId?: string | null;
  /** "Niet voor ons": returns the action to the chair; requires a reason. */
  @Omittable()
  @Equals(true)
  handBack?: true;
  /**
   * Asks to discuss it in the next session of its meeting, where it comes first. Only if it is at least 56 days
   * overdue, and not together with a status, deadline or owner; 400 otherwise.
   */
  @Omittable()
  @Equals(true)
  discuss?: true;
  /** Remarks that change nothing. */
  @Omittable()
  @IsProse(5000)
  comment?: string;
  /** The day it happened; defaults to the day of the session, else today. */
  @Omittable()
  @IsCalendarDate()
  effectiveOn?: string;
  /** The party on whose behalf the chair enters it. */
  @Omittable()
  @IsId()
  onBehalfOfId?: string;
  /** The open session in which it was said. */
  @Omittable()
  @IsId()
  sessionId?: string;
}
