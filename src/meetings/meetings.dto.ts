import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsInt, Max, Min, ValidateBy, ValidateNested } from 'class-validator';
import { IsCalendarDate } from '../platform/common/is-calendar-date.js';
import { IsId, IsLine, IsLocalTime, Nullable, Omittable } from '../platform/common/input.js';
import { PagingDto } from '../platform/common/paging.js';
import { PatchOf } from '../platform/common/patch-of.js';
import {
  type DefaultAgendaItem,
  ITEM_KINDS,
  type ItemKind,
  MEETING_KINDS,
  type MeetingKind,
  MINUTES_FORMS,
  type MinutesForm,
} from './meeting.entity.js';
import { isRhythm } from './rhythm.rules.js';

/** The value of an RFC 5545 RRULE. */
function IsRhythm(): PropertyDecorator {
  return ValidateBy({
    name: 'isRhythm',
    validator: {
      validate: isRhythm,
      defaultMessage: () => '$property must be an RFC 5545 RRULE, daily or less often: FREQ=MONTHLY;BYDAY=1TU',
    },
  });
}

class DefaultAgendaItemDto {
  /** What kind of item it is. */
  @IsIn(ITEM_KINDS)
  kind: ItemKind;
  /** The subject, as printed on the agenda. */
  @IsLine()
  title: string;
}

export class CreateMeetingDto {
  /** The area the meeting is about. */
  @IsId()
  areaId: string;
  /** What kind of meeting it is. */
  @IsIn(MEETING_KINDS)
  kind: MeetingKind;
  /** The name as printed. */
  @IsLine()
  name: string;
  /** An RFC 5545 RRULE in local time, such as `FREQ=MONTHLY;BYDAY=1TU`. */
  @Omittable()
  @IsRhythm()
  rhythm?: string;
  /** When its sessions start, `HH:MM` in Dutch time. */
  @Omittable()
  @IsLocalTime()
  startTime?: string;
  /** How long its sessions last, in minutes. */
  @Omittable()
  @IsInt()
  @Min(1)
  @Max(1440)
  durationMinutes?: number;
  /** Where its sessions are held. */
  @Omittable()
  @IsLine()
  place?: string;
  /** The agenda of every new session. Defaults to opening, verslag vorige keer, actielijst, rondvraag, sluiting. */
  @Omittable()
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => DefaultAgendaItemDto)
  defaultAgenda?: DefaultAgendaItemDto[];
  /** Whether its minutes contain what was said, or only decisions and actions. */
  @Omittable()
  @IsIn(MINUTES_FORMS)
  minutesForm?: MinutesForm;
  /** Whether sessions on public holidays are left out. */
  @Omittable()
  @IsBoolean()
  skipsHolidays?: boolean;
  /** Whether its minutes can be adopted without a session, if nobody objects. */
  @Omittable()
  @IsBoolean()
  allowsWrittenAdoption?: boolean;
  /** Whether readers may read its adopted minutes. */
  @Omittable()
  @IsBoolean()
  isOpenToReaders?: boolean;
  /** Whether its minutes have an annex with the earlier actions that are still open. */
  @Omittable()
  @IsBoolean()
  hasOpenAnnex?: boolean;
}

export class ChangeMeetingDto extends PatchOf(CreateMeetingDto, {
  omittable: [
    'areaId',
    'kind',
    'name',
    'defaultAgenda',
    'minutesForm',
    'skipsHolidays',
    'allowsWrittenAdoption',
    'isOpenToReaders',
    'hasOpenAnnex',
  ],
  nullable: ['rhythm', 'startTime', 'durationMinutes', 'place'],
}) {
  /** The last day on which a session can be held. */
  @Nullable()
  @IsCalendarDate()
  endedOn?: string | null;
}

export class MeetingListDto extends PagingDto {
  /** An area, including everything below it. */
  @Omittable()
  @IsId()
  area?: string;
  /** Only meetings of this kind. */
  @Omittable()
  @IsIn(MEETING_KINDS)
  kind?: MeetingKind;
  /** Part of the name. */
  @Omittable()
  @IsLine()
  q?: string;
}

export interface MeetingView {
  id: string;
  areaId: string;
  areaName: string;
  kind: MeetingKind;
  name: string;
  rhythm: string | null;
  startTime: string | null;
  durationMinutes: number | null;
  place: string | null;
  defaultAgenda: DefaultAgendaItem[];
  minutesForm: MinutesForm;
  skipsHolidays: boolean;
  allowsWrittenAdoption: boolean;
  isOpenToReaders: boolean;
  hasOpenAnnex: boolean;
  endedOn: string | null;
  version: number;
}
