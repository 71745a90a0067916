import { addDays, daysBetween, momentOf } from '../../platform/common/calendar-date.js';
import { isHoliday } from '../../platform/holidays/holidays.rules.js';
import { Invitation, type InvitationRole } from '../../meetings/invitation.entity.js';
import { Meeting } from '../../meetings/meeting.entity.js';
import { Session, type SessionState } from '../../meetings/session.entity.js';
import { withNulls } from '../../platform/database/shapes.js';
import type { Dice } from '../dice.js';
import { CHAIRS, DEFAULT_AGENDA, type MeetingData, MEETINGS, REVIEWED_AREAS } from '../data/meetings.data.js';
import type { OrganisationKey } from '../data/organisations.data.js';
import type { Registers } from './registers.seed.js';
import type { Rows } from '../rows.js';
import { isChristmasBreak, isWeekend, type StoryDates } from '../story-dates.js';

const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const YEAR = 365;

/** A standing meeting with its sessions, oldest first: those of the past year or years, and the next two. */
export interface Series {
  data: MeetingData;
  meeting: Meeting;
  sessions: Session[];
}

/** Generates meetings and invitations, and plans the sessions without writing them yet. */
export function layMeetings(rows: Rows, registers: Registers, dice: Dice, today: string, story: StoryDates): Series[] {
  return MEETINGS.map((data) => {
    const next = nextDay(data, today);
    const step = data.everyWeeks * 7;
    const past = Math.floor(daysBetween(beginsOn(data, today, story), next) / step);
    const days = Array.from({ length: past + 2 }, (_, index) => freeDay(addDays(next, (index - past) * step), today));
    const meeting = rows.add(Meeting, toMeeting(data, registers, dice.id(days[0]), next));
    invite(rows, registers, dice, data, meeting);
    const sessions = days.map((day, index) => {
      const state: SessionState = index >= past ? 'planned' : isCancelled(data, past - index) ? 'cancelled' : 'closed';
      return toSession(meeting, registers, data, dice.id(days[0]), day, state);
    });
    return { data, meeting, sessions };
  });
}

const isCancelled = (data: MeetingData, sessionsAgo: number): boolean => data.area === 'KZN' && sessionsAgo === 3;

/** The day of the coming session. On a weekend, today's session was held last Friday and is still to be entered. */
function nextDay({ nextInDays }: MeetingData, today: string): string {
  let day = addDays(today, nextInDays);
  while (isWeekend(day)) day = addDays(day, nextInDays === 0 ? -1 : 1);
  return day;
}

function beginsOn({ area, kind }: MeetingData, today: string, story: StoryDates): string {
  const isReviewed = kind === 'professionals' && REVIEWED_AREAS.some((code) => code === area);
  return isReviewed ? story.fromOn : addDays(today, -YEAR);
}

/** A session on a public holiday or around New Year's Eve is held a week later, so that one may still be due. */
function freeDay(day: string, today: string): string {
  const isFree = !isHoliday(day) && !day.endsWith('01-02') && (day === today || !isChristmasBreak(day));
  return isFree ? day : freeDay(addDays(day, 7), today);
}

const weekday = (day: string): number => new Date(day).getUTCDay();

function toMeeting(data: MeetingData, registers: Registers, id: string, day: string): Meeting {
  const { kind, name, place, minutesForm } = data;
  return {
    id,
    areaId: registers.areaId(data.area),
    kind,
    name,
    rhythm: `FREQ=WEEKLY;INTERVAL=${data.everyWeeks};BYDAY=${WEEKDAYS[weekday(day)]}`,
    rhythmSince: null,
    startTime: '10:00',
    durationMinutes: 90,
    place,
    defaultAgenda: [...DEFAULT_AGENDA],
    minutesForm,
    skipsHolidays: true,
    allowsWrittenAdoption: false,
    isOpenToReaders: kind === 'residents',
    hasOpenAnnex: null,
    endedOn: null,
    successorId: null,
    version: 1,
  };
}

function invite(rows: Rows, registers: Registers, dice: Dice, data: MeetingData, { id: meetingId }: Meeting): void {
  const { fromOn } = registers;
  const add = (role: InvitationRole, key: OrganisationKey, personId: string | null): void => {
    rows.add(Invitation, {
      id: dice.id(fromOn),
      meetingId,
      organisationId: registers.organisationId(key),
      personId,
      role,
      agendaItemId: null,
      fromOn,
      untilOn: null,
      version: 1,
    });
  };
  for (const name of CHAIRS[data.team]) add('chair', 'W&K', registers.personId(name));
  for (const key of data.participants) add('participant', key, null);
  for (const key of data.informed) add('informed', key, null);
}

/** Between 11:10 and 11:30; for some sessions nobody recorded when they ended. */
function endOn(heldOn: string): string | null {
  const day = Number(heldOn.slice(8));
  return day % 7 === 0 ? null : `11:${10 + (day % 5) * 5}`;
}

function toSession(
  meeting: Meeting,
  registers: Registers,
  data: MeetingData,
  id: string,
  heldOn: string,
  state: SessionState,
): Session {
  const [chair, secretary] = CHAIRS[data.team];
  const isHeld = state === 'closed';
  return withNulls(Session, {
    id,
    meetingId: meeting.id,
    heldOn,
    startTime: '10:00',
    endTime: isHeld ? '11:30' : null,
    heldUntil: isHeld ? endOn(heldOn) : null,
    place: data.place,
    state,
    isExtra: false,
    chairId: registers.personId(chair),
    secretaryId: registers.personId(secretary),
    cancellationReason: state === 'cancelled' ? 'Te veel afmeldingen door de vakantie.' : null,
    openedAt: isHeld ? momentOf(heldOn, '10:02') : null,
    closedAt: isHeld ? momentOf(heldOn, '11:36') : null,
    lastItemNumber: 0,
    lastConfidentialItemNumber: 0,
    calendarSequence: 0,
    version: 1,
  });
}
