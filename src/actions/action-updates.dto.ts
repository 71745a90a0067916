import { Equals, IsIn } from 'class-validator';
import { IsCalendarDate } from '../platform/common/calendar-date.js';
import { IsId, IsProse, Nullable, Omittable } from '../platform/common/input.js';
import {
  ACTION_STATUSES,
  type ActionStatus,
  DUE_KINDS,
  type DueKind,
  type Realisation,
  REALISATIONS,
  RESULT_SIZES,
  type ResultSize,
} from './action.entity.js';

/** A status, a deadline, an owner, handing back or only a comment; several at once are one update. */
export class CreateUpdateDto {
  @Omittable()
  @IsIn(ACTION_STATUSES)
  status?: ActionStatus;
  /** Needed for blocked, on_hold, cancelled, a reopening, a postponement and handing back. */
  @Omittable()
  @IsProse(2000)
  reason?: string;
  /** From this day an action on hold reads as open. */
  @Omittable()
  @IsCalendarDate()
  resumeOn?: string;
  @Omittable()
  @IsIn(REALISATIONS)
  realisation?: Realisation;
  /** What came of it, in a line. */
  @Omittable()
  @IsProse(2000)
  result?: string;
  @Omittable()
  @IsIn(RESULT_SIZES)
  resultSize?: ResultSize;
  /** `date` when only dueOn is given. */
  @Omittable()
  @IsIn(DUE_KINDS)
  dueKind?: DueKind;
  @Omittable()
  @IsCalendarDate()
  dueOn?: string;
  /**
   * Asks for more time: a deadline later than the present one and not before today; 400 otherwise, and with a status that
   * ends the action. In the place of dueOn, which sets a deadline in either direction.
   */
  @Omittable()
  @IsCalendarDate()
  laterDueOn?: string;
  /** Handing over to this organisation. */
  @Omittable()
  @IsId()
  ownerId?: string;
  @Nullable()
  @IsId()
  ownerPersonId?: string | null;
  /** "Niet voor ons": back to the chair, with a reason. */
  @Omittable()
  @Equals(true)
  handBack?: true;
  @Omittable()
  @IsProse(5000)
  comment?: string;
  /** The day it happened; today when left out, in a session the day of the session. */
  @Omittable()
  @IsCalendarDate()
  effectiveOn?: string;
  /** The party for which the chair enters it. */
  @Omittable()
  @IsId()
  onBehalfOfId?: string;
  /** The open session in which it is said. */
  @Omittable()
  @IsId()
  sessionId?: string;
}
