import { IsBoolean, IsIn } from 'class-validator';
import { IsCalendarDate } from '../platform/common/calendar-date.js';
import { IsId, IsLine, IsLocalTime, Omittable } from '../platform/common/input.js';
import { PagingDto } from '../platform/common/paging.js';
import { PatchOf } from '../platform/common/patch-of.js';
import { SESSION_STATES, type SessionState } from './session.entity.js';

export class CreateSessionDto {
  /** May be in the past, for a session entered days later. */
  @IsCalendarDate()
  heldOn: string;
  /** Defaults to that of the meeting. */
  @Omittable()
  @IsLocalTime()
  startTime?: string;
  @Omittable()
  @IsLocalTime()
  endTime?: string;
  /** Defaults to that of the meeting. */
  @Omittable()
  @IsLine()
  place?: string;
  @Omittable()
  @IsBoolean()
  isExtra?: boolean;
  /** The voorzitter. */
  @Omittable()
  @IsId()
  chairId?: string;
  /** The notulist. */
  @Omittable()
  @IsId()
  secretaryId?: string;
  /** Skips the meeting's default agenda. */
  @Omittable()
  @IsBoolean()
  withoutAgenda?: boolean;
}

/** Another day moves the session, which is possible only while it is planned. */
export class ChangeSessionDto extends PatchOf(CreateSessionDto, {
  omittable: ['heldOn'],
  nullable: ['startTime', 'endTime', 'place', 'chairId', 'secretaryId'],
}) {}

export class MeetingSessionListDto extends PagingDto {
  @Omittable()
  @IsIn(SESSION_STATES)
  state?: SessionState;
  /** The first day. */
  @Omittable()
  @IsCalendarDate()
  from?: string;
  /** The last day. */
  @Omittable()
  @IsCalendarDate()
  until?: string;
}

export class SessionListDto extends MeetingSessionListDto {
  /** An area, including everything below it. */
  @Omittable()
  @IsId()
  area?: string;
  @Omittable()
  @IsId()
  meeting?: string;
}

export interface SessionView {
  id: string;
  meetingId: string;
  meetingName: string;
  areaId: string;
  areaName: string;
  heldOn: string;
  startTime: string | null;
  endTime: string | null;
  place: string | null;
  state: SessionState;
  isExtra: boolean;
  chairId: string | null;
  chairName: string | null;
  secretaryId: string | null;
  secretaryName: string | null;
  cancellationReason: string | null;
  reopeningReason: string | null;
  openedAt: string | null;
  closedAt: string | null;
  calendarSequence: number;
  /** Only what is visible to the caller. */
  counts: { agendaItems: number; proposedItems: number; discussions: number; actions: number; present: number };
  version: number;
}

export const SESSION_EXAMPLE = {
  id: '019300a0-0000-7000-8000-000000000051',
  meetingId: '019300a0-0000-7000-8000-000000000021',
  meetingName: 'Professionaloverleg Boskoop',
  areaId: '019300a0-0000-7000-8000-000000000002',
  areaName: 'Boskoop',
  heldOn: '2026-06-02',
  startTime: '10:00',
  endTime: null,
  place: 'Dorpshuis',
  state: 'open',
  isExtra: false,
  chairId: '019300a0-0000-7000-8000-000000000042',
  chairName: 'gebiedsadviseur Boskoop',
  secretaryId: null,
  secretaryName: null,
  cancellationReason: null,
  reopeningReason: null,
  openedAt: '2026-06-02T08:00:00.000Z',
  closedAt: null,
  calendarSequence: 0,
  counts: { agendaItems: 7, proposedItems: 0, discussions: 4, actions: 1, present: 6 },
  version: 2,
} satisfies SessionView;
