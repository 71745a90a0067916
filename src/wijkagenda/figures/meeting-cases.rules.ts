import { dayOf } from '../../platform/common/calendar-date.js';
import { type AttendanceCaseRow, isHeld, type SessionRow, wasAdopted, wasSent } from './collaboration.rules.js';
import type { AttendanceFigure, FigureCase, SessionFigure } from './figure-names.js';

const COUNTS: Record<SessionFigure, (session: SessionRow, asOf: string, knownAt: string) => boolean> = {
  sessionsHeld: isHeld,
  notClosed: (session) => !isHeld(session),
  minutesSent: wasSent,
  minutesAdopted: wasAdopted,
};

/** The sessions a figure counts, as of a day and as known at a moment (ISO 8601, UTC). */
export const sessionCases = (
  name: SessionFigure,
  found: readonly SessionRow[],
  { asOf, knownAt }: { asOf: string; knownAt: string },
): FigureCase[] => found.filter((session) => COUNTS[name](session, asOf, knownAt)).map(toCase);

function toCase(session: SessionRow): FigureCase {
  const { sessionId, meeting, area, heldOn, state, sentAt } = session;
  return {
    type: 'session',
    id: sessionId,
    number: null,
    title: meeting,
    area,
    theme: null,
    organisation: null,
    // A session closed after that moment was then still open.
    status: isHeld(session) ? 'closed' : state === 'closed' ? 'open' : state,
    on: heldOn,
    dueOn: null,
    doneOn: sentAt && dayOf(sentAt),
    judgement: null,
  };
}

const STATUSES = ['absent', 'excused', 'present'] as const;

/** Which organisations attended, were excused or were absent: one case per session and organisation invited. */
export function attendanceCases(name: AttendanceFigure, found: readonly AttendanceCaseRow[]): FigureCase[] {
  const wanted = name.slice('attendance.'.length);
  return found
    .map(({ sessionId, meeting, area, heldOn, organisation, best }) => ({
      ...{ type: 'session' as const, id: sessionId, number: null, title: meeting, area, theme: null, organisation },
      ...{ status: STATUSES[best ?? 0], on: heldOn, dueOn: null, doneOn: null, judgement: null },
    }))
    .filter(({ status }) => wanted === 'invited' || status === wanted);
}
