import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, ValidateNested } from 'class-validator';
import { IsCalendarDate } from '../../platform/common/is-calendar-date.js';
import { IsId, Nullable, Omittable } from '../../platform/common/input.js';

export const ACTION_FATES = ['meeting', 'no_meeting', 'cancelled'] as const;
type ActionFate = (typeof ACTION_FATES)[number];

const MOST_ACTIONS = 1000;

export class EndedActionDto {
  /** An open action of the meeting. */
  @IsId()
  actionId: string;
  /** Whether it moves to another meeting, continues without one, or is cancelled. */
  @IsIn(ACTION_FATES)
  fate: ActionFate;
  /** The other meeting; required with `meeting`. */
  @Omittable()
  @IsId()
  meetingId?: string;
}

export class EndMeetingDto {
  /** The last day on which a session can be held. */
  @IsCalendarDate()
  endedOn: string;
  /** Whether its last minutes can be adopted without a session; defaults to the meeting's current setting. */
  @Omittable()
  @IsBoolean()
  allowsWrittenAdoption?: boolean;
  /** Where some of its open actions go. */
  @Omittable()
  @IsArray()
  @ArrayMaxSize(MOST_ACTIONS)
  @ValidateNested({ each: true })
  @Type(() => EndedActionDto)
  actions?: EndedActionDto[];
  /**
   * The meeting that takes over all other actions, including those the caller may not know; null if they continue
   * without one.
   */
  @Nullable()
  @IsId()
  restToId: string | null;
}
