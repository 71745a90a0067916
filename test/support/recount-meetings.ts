import { amsterdam, daysFrom, holdsOn, isYes, middle, share, text, type Raw, type Tables } from './recount-rows.js';

/** 2 present, 1 excused, 0 absent: the best among an organisation's people and its replacement. */
export function bestOf(tables: Tables, sessionId: string, organisationId: string): number {
  const marks = tables.attendances
    .filter((row) => row.sessionId === sessionId && row.organisationId === organisationId)
    .filter((row) => row.personId !== null || isYes(row.isReplacement))
    .map(({ status }) => (status === 'present' ? 2 : status === 'excused' ? 1 : 0));
  return Math.max(0, ...marks);
}

export const meetingsIn = (tables: Tables, areaIds: readonly string[]): Raw[] =>
  tables.meetings.filter(({ areaId }) => areaIds.includes(text(areaId)));

export const participantsOf = (tables: Tables, session: Raw): string[] => [
  ...new Set(
    tables.invitations
      .filter((row) => row.meetingId === session.meetingId && row.role === 'participant' && row.agendaItemId === null)
      .filter((row) => row.organisationId !== null && holdsOn(row, text(session.heldOn)))
      .map(({ organisationId }) => text(organisationId)),
  ),
];

/** Sessions held, minutes sent and adopted, and attendance in a period. */
export function recountMeetings(tables: Tables, areaIds: readonly string[], fromOn: string, asOf: string) {
  const meetingIds = meetingsIn(tables, areaIds).map(({ id }) => id);
  const within = tables.sessions.filter(
    ({ meetingId, heldOn, state }) =>
      meetingIds.includes(meetingId) && text(heldOn) >= fromOn && text(heldOn) <= asOf && state !== 'cancelled',
  );
  const held = within.filter(({ state }) => state === 'closed');
  const minutesOf = (session: Raw) => tables.minutes.find(({ sessionId }) => sessionId === session.id);
  const isBy = (moment: unknown): moment is string => typeof moment === 'string' && amsterdam(moment) <= asOf;
  const sent = held.filter((session) => isBy(minutesOf(session)?.sentAt));
  const days = sent.map((session) => daysFrom(text(session.heldOn), amsterdam(text(minutesOf(session)!.sentAt))));
  const taken = held.filter(({ id }) =>
    tables.attendances.some(({ sessionId, status }) => sessionId === id && status !== 'excused'),
  );
  const seats = taken.flatMap((session) =>
    participantsOf(tables, session).map((id) => ({ id, best: bestOf(tables, text(session.id), id) })),
  );
  const attendance = (group: typeof seats) => {
    const of = (best: number): number => group.filter((seat) => seat.best === best).length;
    return {
      invited: group.length,
      present: of(2),
      excused: of(1),
      absent: of(0),
      presentShare: share(of(2), group.length),
    };
  };
  const kindOf = new Map(tables.organisations.map(({ id, kind }) => [text(id), text(kind)]));
  const grouped = (keyOf: (id: string) => string) =>
    new Map(
      [...new Set(seats.map(({ id }) => keyOf(id)))].map((key) => [
        key,
        attendance(seats.filter(({ id }) => keyOf(id) === key)),
      ]),
    );
  return {
    collaboration: {
      sessionsHeld: held.length,
      attendanceTaken: taken.length,
      minutesSent: sent.length,
      minutesSentShare: share(sent.length, held.length),
      minutesAdopted: held.filter((session) => isBy(minutesOf(session)?.adoptedAt)).length,
    },
    daysToSending: middle(days),
    notClosed: within.length - held.length,
    total: attendance(seats),
    organisations: grouped((id) => id),
    kinds: grouped((id) => kindOf.get(id)!),
  };
}

/** "Minutes sent within n days", for a goal's period up to a day: in time, late, and not due yet. */
export function recountMinutesGoal(tables: Tables, goal: Raw, areaIds: readonly string[], asOf: string) {
  const { days } = JSON.parse(text(goal.metric)) as { days: number };
  const meetingIds = meetingsIn(tables, areaIds).map(({ id }) => id);
  const cases = tables.sessions
    .filter(({ meetingId, state }) => meetingIds.includes(meetingId) && (state === 'open' || state === 'closed'))
    .filter(({ heldOn }) => text(heldOn) >= text(goal.startsOn) && text(heldOn) <= asOf)
    .filter(({ heldOn }) => goal.endsOn === null || text(heldOn) <= text(goal.endsOn))
    .map((session) => {
      const sentAt = tables.minutes.find(({ sessionId }) => sessionId === session.id)?.sentAt ?? null;
      const sentOn = sentAt === null ? null : amsterdam(text(sentAt));
      const isSent = sentOn !== null && sentOn <= asOf;
      const after = daysFrom(text(session.heldOn), isSent ? sentOn : asOf);
      return isSent ? (after <= days ? 'for' : 'against') : after > days ? 'against' : 'notDue';
    });
  const of = (what: string): number => cases.filter((one) => one === what).length;
  return {
    for: of('for'),
    against: of('against'),
    notDue: of('notDue'),
    value: share(of('for'), of('for') + of('against')),
  };
}
