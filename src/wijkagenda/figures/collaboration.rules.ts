import { daysBetween, dayOf } from '../../platform/common/calendar-date.js';
import type { SessionState } from '../../meetings/session.entity.js';
import { median, percentage } from './figures.rules.js';

/** A session in the period that was not cancelled, with its minutes. */
export interface SessionRow {
  sessionId: string;
  meeting: string;
  area: string;
  heldOn: string;
  state: SessionState;
  /** Closed as known at the requested moment; reopening it later makes no difference. */
  isClosed: boolean;
  /** Somebody is recorded as present or absent. */
  isAttendanceTaken: boolean;
  sentAt: string | null;
  adoptedAt: string | null;
}

const happened = (moment: string | null, asOf: string, knownAt: string): boolean =>
  moment !== null && moment <= knownAt && dayOf(moment) <= asOf;

export const isHeld = ({ isClosed }: Pick<SessionRow, 'isClosed'>): boolean => isClosed;

/** Whether its minutes had been sent on the day. */
export const wasSent = (session: SessionRow, asOf: string, knownAt: string): boolean =>
  isHeld(session) && happened(session.sentAt, asOf, knownAt);

/** Whether its minutes had been adopted on the day. */
export const wasAdopted = (session: SessionRow, asOf: string, knownAt: string): boolean =>
  isHeld(session) && happened(session.adoptedAt, asOf, knownAt);

/** Sessions held and the state of their minutes, as of a day and as known at a moment (ISO 8601, UTC). */
export function collaborationOf(sessions: readonly SessionRow[], asOf: string, knownAt: string) {
  const held = sessions.filter((session) => isHeld(session));
  const sent = held.filter((session) => wasSent(session, asOf, knownAt)).map(toDispatch);
  return {
    sessionsHeld: held.length,
    /** Those at which attendance was taken; the others are not included in any attendance figure. */
    attendanceTaken: held.filter(({ isAttendanceTaken }) => isAttendanceTaken).length,
    minutesSent: sent.length,
    minutesSentShare: percentage(sent.length, held.length),
    minutesAdopted: held.filter((session) => wasAdopted(session, asOf, knownAt)).length,
    daysToSending: { median: median(sent.map(({ days }) => ({ value: days, count: 1 }))), sessions: sent },
    /** Sessions in the period that were not closed; not included in any other figure. */
    notClosed: sessions
      .filter((session) => !isHeld(session))
      .map(({ sessionId, meeting, area, heldOn }) => ({ sessionId, meeting, area, heldOn })),
  };
}

/** Minutes sent before the day of their session, which used to be possible, count as 0 days. */
function toDispatch({ sessionId, meeting, area, heldOn, sentAt }: SessionRow) {
  return { sessionId, meeting, area, heldOn, days: Math.max(0, daysBetween(heldOn, dayOf(sentAt!))) };
}

/** The sessions held of one meeting, those whose end was entered, and the total duration of these in minutes. */
export interface MeetingHours {
  meetingId: string;
  meeting: string;
  held: number;
  timed: number;
  minutes: number;
}

/** Minutes × people present of one kind of organisation, and how many organisations they came from. */
export interface KindHours {
  kind: string;
  organisations: number;
  minutes: number;
}

/** With fewer organisations, the hours would reveal those of a single one. */
const FEWEST_ORGANISATIONS = 3;

/**
 * The hours in session, from the start to the end that was entered: per meeting, and per kind of organisation if at
 * least three organisations attended (duration × people present). Never per person or organisation, and never as a
 * ratio to results.
 */
export function hoursOf(meetings: readonly MeetingHours[], kinds: readonly KindHours[]) {
  const sum = (name: 'held' | 'timed' | 'minutes') => meetings.reduce((total, one) => total + one[name], 0);
  return {
    held: sum('held'),
    /** Sessions whose end was entered; the others are not counted. */
    timed: sum('timed'),
    minutes: sum('minutes'),
    meetings: [...meetings],
    kinds: kinds.filter(({ organisations }) => organisations >= FEWEST_ORGANISATIONS),
  };
}

/** How often one organisation was invited and attended. */
export interface AttendanceRow {
  organisationId: string;
  name: string;
  kind: string;
  invited: number;
  present: number;
  excused: number;
}

/** One organisation invited to one session: `best` is 2 if present, 1 if excused, else 0 or null. */
export interface AttendanceCaseRow {
  sessionId: string;
  meeting: string;
  area: string;
  heldOn: string;
  organisation: string;
  best: number | null;
}

type AttendanceCounts = Pick<AttendanceRow, 'invited' | 'present' | 'excused'>;

/** The combined attendance of several organisations; excused is counted separately from absent. */
export function attendanceOf(group: readonly AttendanceCounts[]) {
  const sum = (name: keyof AttendanceCounts): number => group.reduce((total, row) => total + row[name], 0);
  const [invited, present, excused] = [sum('invited'), sum('present'), sum('excused')];
  return { invited, present, excused, absent: invited - present - excused, presentShare: percentage(present, invited) };
}

/** Attendance per kind of organisation, with the number of organisations invited. */
export function attendancePerKind(found: readonly AttendanceRow[]) {
  const kinds = [...new Set(found.map(({ kind }) => kind))].sort();
  return kinds.map((kind) => {
    const group = found.filter((one) => one.kind === kind);
    return { kind, organisations: group.length, ...attendanceOf(group) };
  });
}
