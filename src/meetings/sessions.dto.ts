import { IsBoolean, IsIn } from 'class-validator';
import { IsCalendarDate } from '../platform/common/is-calendar-date.js';
import { IsId, IsLine, IsLocalTime, Omittable } from '../platform/common/input.js';
import { PagingDto } from '../platform/common/paging.js';
import { PatchOf } from '../platform/common/patch-of.js';
import { SESSION_STATES, type Session, type SessionState } from './session.entity.js';

export class CreateSessionDto {
  /** May be in the past, for a session entered days later. */
  @IsCalendarDate()
  heldOn: string;
  /** Defaults to that of the meeting. */
  @Omittable()
  @IsLocalTime()
  startTime?: string;
  /** When it ends, `HH:MM` in Dutch time; not later than the start means in the night that follows, within eight hours. */
  @Omittable()
  @IsLocalTime()
  endTime?: string;
  /** Defaults to that of the meeting. */
  @Omittable()
  @IsLine()
  place?: string;
  /** Whether it is held in addition to the rhythm of the meeting; defaults to false. */
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

/** What may be left open, and cleared. */
export const SESSION_DETAILS = [
  ...(['startTime', 'endTime', 'place', 'chairId', 'secretaryId'] as const),
] satisfies (keyof CreateSessionDto & keyof Session)[];
type SessionDetails = Pick<Session, (typeof SESSION_DETAILS)[number]>;

/** Another day moves the session, which is possible only while it is planned. */
export class ChangeSessionDto extends PatchOf(CreateSessionDto, {
  omittable: ['heldOn'],
  nullable: SESSION_DETAILS,
}) {}

export class MeetingSessionListDto extends PagingDto {
  /** Only sessions in this state. */
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
  /** Only sessions of this meeting. */
  @Omittable()
  @IsId()
  meeting?: string;
}

export interface SessionView extends SessionDetails {
  id: string;
  meetingId: string;
  meetingName: string;
  areaId: string;
  areaName: string;
  heldOn: string;
  /** When it actually ended, as entered at closing; null if it was not entered. */
  heldUntil: string | null;
  state: SessionState;
  isExtra: boolean;
  chairName: string | null;
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
