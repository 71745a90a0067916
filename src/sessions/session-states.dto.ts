import { IsFlagInQuery, IsLocalTime, IsProse, Omittable } from '../platform/common/input.js';

export class ReasonDto {
  /** The reason, which is stored. */
  @IsProse(2000)
  reason: string;
}

export class CloseSessionDto {
  /**
   * When it ended, `HH:MM` in Dutch time, after it began; from the next day on also at most eight hours later in the night
   * that followed. If omitted, an end that was given before is kept.
   */
  @Omittable()
  @IsLocalTime()
  heldUntil?: string;
}

export class UndoOpeningDto {
  /** Also discards the attendance that was recorded at the table; for chairs of the area. */
  @Omittable()
  @IsFlagInQuery()
  discardsAttendance?: boolean;
}
