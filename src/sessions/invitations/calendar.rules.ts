import ical, {
  type ICalCalendar,
  ICalCalendarMethod,
  ICalEventBusyStatus,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';
import { addDays, isSkipped, momentOf } from '../../platform/common/calendar-date.js';
import { endOf } from '../../meetings/sessions.rules.js';

/** A session as a calendar event. */
export interface SessionEvent {
  id: string;
  title: string;
  heldOn: string;
  /** Local time; without it the event lasts all day. */
  startTime: string | null;
  endTime: string | null;
  durationMinutes: number | null;
  place: string | null;
  sequence: number;
  isCancelled: boolean;
  description: string | null;
}

/** A deadline as a calendar event. */
export interface DeadlineEvent {
  id: string;
  title: string;
  dueOn: string;
  sequence: number;
}

const PRODUCT = { company: 'Wijkagenda', product: 'Wijkagenda', language: 'NL' };
const DEFAULT_MINUTES = 60;
const HOUR_MS = 3_600_000;
/** The domain of all UIDs: independent of settings, so that an event keeps its UID for ever. */
const UID_DOMAIN = 'wijkagenda';

/** A calendar to subscribe to, as iCalendar. `at` is the time stamp of its events. */
export function feedOf(
  name: string,
  sessions: readonly SessionEvent[],
  deadlines: readonly DeadlineEvent[],
  at: Date,
): string {
  const calendar = ical({ name, prodId: PRODUCT, ttl: 3600 });
  for (const session of sessions) addSession(calendar, session, at);
  for (const { id, title, dueOn, sequence } of deadlines) {
    calendar.createEvent({
      id: `action-${id}@${UID_DOMAIN}`,
      sequence,
      stamp: at,
      start: dueOn,
      end: addDays(dueOn, 1),
      allDay: true,
      summary: title,
      transparency: ICalEventTransparency.TRANSPARENT,
      busystatus: ICalEventBusyStatus.FREE,
    });
  }
  return calendar.toString();
}

interface Letter {
  organizer: { name: string; email: string };
  attendee: { name: string; email: string };
  at: Date;
}

/** The invitation attached to a mail: asks the reader's calendar to add the event, or to cancel it. */
export function appointmentOf(session: SessionEvent, { organizer, attendee, at }: Letter): string {
  const method = session.isCancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST;
  const calendar = ical({ prodId: PRODUCT, method });
  const event = addSession(calendar, session, at);
  event.organizer(organizer);
  event.createAttendee({ ...attendee, rsvp: false });
  return calendar.toString();
}

/** Many sessions at once, for the reader to import into their own calendar. */
export function datesOf(sessions: readonly SessionEvent[], at: Date): string {
  const calendar = ical({ prodId: PRODUCT, method: ICalCalendarMethod.PUBLISH });
  for (const session of sessions) addSession(calendar, session, at);
  return calendar.toString();
}

export const contentTypeOf = ({ isCancelled }: Pick<SessionEvent, 'isCancelled'>): string =>
  `text/calendar; charset=utf-8; method=${isCancelled ? 'CANCEL' : 'REQUEST'}`;

function addSession(calendar: ICalCalendar, session: SessionEvent, at: Date) {
  const { id, title, heldOn, startTime, place, sequence, isCancelled, description } = session;
  const times =
    startTime === null
      ? { start: heldOn, end: addDays(heldOn, 1), allDay: true }
      : { start: new Date(momentOf(heldOn, startTime)), end: endMoment(session, startTime) };
  return calendar.createEvent({
    id: `session-${id}@${UID_DOMAIN}`,
    sequence,
    stamp: at,
    ...times,
    summary: title,
    location: place ?? undefined,
    description: description ?? undefined,
    status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  });
}

/** If the clock skips the start, which is then an hour later, so is the end: the session is as long as planned. */
function endMoment({ heldOn, endTime, durationMinutes }: SessionEvent, startTime: string): Date {
  const end = endTime ?? endOf(startTime, durationMinutes ?? DEFAULT_MINUTES) ?? '23:59';
  const moment = Date.parse(momentOf(end > startTime ? heldOn : addDays(heldOn, 1), end));
  const isLater = isSkipped(heldOn, startTime) && !isSkipped(heldOn, end);
  return new Date(isLater ? moment + HOUR_MS : moment);
}
