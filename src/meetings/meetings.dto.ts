import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsInt, Max, Min, ValidateBy, ValidateNested } from 'class-validator';
import { IsCalendarDate } from '../platform/common/calendar-date.js';
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
import { DEFAULT_AGENDA } from './meetings.rules.js';
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

export class DefaultAgendaItemDto {
  @IsIn(ITEM_KINDS)
  kind: ItemKind;
  @IsLine()
  title: string;
}

export class CreateMeetingDto {
  @IsId()
  areaId: string;
  @IsIn(MEETING_KINDS)
  kind: MeetingKind;
  @IsLine()
  name: string;
  /** An RFC 5545 RRULE in local time, such as `FREQ=MONTHLY;BYDAY=1TU`. */
  @Omittable()
  @IsRhythm()
  rhythm?: string;
  @Omittable()
  @IsLocalTime()
  startTime?: string;
  @Omittable()
  @IsInt()
  @Min(1)
  @Max(1440)
  durationMinutes?: number;
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
  @Omittable()
  @IsIn(MINUTES_FORMS)
  minutesForm?: MinutesForm;
  @Omittable()
  @IsBoolean()
  skipsHolidays?: boolean;
  @Omittable()
  @IsBoolean()
  allowsWrittenAdoption?: boolean;
  /** Whether readers may read its adopted minutes. */
  @Omittable()
  @IsBoolean()
  isOpenToReaders?: boolean;
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
  endedOn: string | null;
  version: number;
}

export const MEETING_EXAMPLE = {
  id: '019300a0-0000-7000-8000-000000000021',
  areaId: '019300a0-0000-7000-8000-000000000002',
  areaName: 'Boskoop',
  kind: 'professionals',
  name: 'Professionaloverleg Boskoop',
  rhythm: 'FREQ=MONTHLY;BYDAY=1TU',
  startTime: '10:00',
  durationMinutes: 90,
  place: 'Dorpshuis',
  defaultAgenda: DEFAULT_AGENDA,
  minutesForm: 'full',
  skipsHolidays: true,
  allowsWrittenAdoption: false,
  isOpenToReaders: false,
  endedOn: null,
  version: 1,
} satisfies MeetingView;
