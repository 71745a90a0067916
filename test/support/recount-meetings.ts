import {
  amsterdam,
  daysFrom,
  daysLater,
  holdsOn,
  isYes,
  middle,
  type Raw,
  share,
  type Tables,
  text,
} from './recount-rows.js';
import { isClosedStatus, isLate, isListed, statusThen } from './recount-actions.js';

/** 2 present, 1 excused, 0 absent: the best of an organisation's people and its vervanger. */
function bestOf(tables: Tables, sessionId: string, organisationId: string): number {
  const marks = tables.attendances
    .filter((row) => row.sessionId === sessionId && row.organisationId === organisationId)
    .filter((row) => row.personId !== null || isYes(row.isReplacement))
    .map(({ status }) => (status === 'present' ? 2 : status === 'excused' ? 1 : 0));
  return Math.max(0, ...marks);
}

const meetingsIn = (tables: Tables, areaIds: readonly string[]): Raw[] =>
  tables.meetings.filter(({ areaId }) => areaIds.includes(text(areaId)));

const participantsOf = (tables: Tables, session: Raw): string[] => [
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
  const seats = held.flatMap((session) =>
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

/** "Minutes sent within n days", of a goal's period up to a day: in time, late, and not due yet. */
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

interface Open extends Raw {
  silent: number;
  since: number;
}

/** The unfinished actions of some areas on a day, confidential ones left out. */
export function openActions(tables: Tables, areaIds: readonly string[], today: string): Open[] {
  return tables.actions
    .filter((action) => action.closedOn === null && isListed(action) && !isYes(action.isConfidential))
    .filter(({ areaId }) => areaIds.includes(text(areaId)))
    .map((action) => {
      const moments = tables.action_updates.filter(({ actionId }) => actionId === action.id);
      const last = moments
        .map(({ recordedAt }) => text(recordedAt))
        .sort()
        .at(-1)!;
      return { ...action, silent: daysFrom(amsterdam(last), today), since: 0 };
    });
}

const isOpenEscalation = (tables: Tables, action: Raw): number =>
  tables.action_escalations.filter(({ actionId, answeredAt }) => actionId === action.id && answeredAt === null).length;

function stalled(tables: Tables, actions: readonly Raw[], today: string) {
  return {
    overdue: actions.filter((action) => isLate(action, today)).length,
    blocked: actions.filter((action) => statusThen(action, today) === 'blocked').length,
    // The demo has sent no digest, so that nobody was silent in four of them.
    unresponsive: 0,
    unansweredEscalations: actions.reduce((sum, action) => sum + isOpenEscalation(tables, action), 0),
  };
}

/** One line of the koersoverzicht. */
export function recountCourse(tables: Tables, areaId: string, today: string) {
  const open = openActions(tables, [areaId], today);
  const kindOf = new Map(tables.organisations.map(({ id, kind }) => [id, kind]));
  const goals = tables.goals.filter((goal) => goal.areaId === areaId && goal.state === 'active');
  const coloured = (colour: string): number | null =>
    goals.length === 0
      ? null
      : goals.filter(({ id }) =>
          tables.goal_courses.some((row) => row.goalId === id && isYes(row.isCurrent) && row.course === colour),
        ).length;
  const meetingIds = meetingsIn(tables, [areaId]).map(({ id }) => id);
  const sentOf = new Map(tables.minutes.map(({ sessionId, sentAt }) => [sessionId, sentAt]));
  const isPartner = ({ ownerId }: Raw) => ownerId !== null && kindOf.get(ownerId) !== 'municipality';
  const departmentIds = [...new Set(open.flatMap(({ ownerId }) => ownerId ?? []))].filter(
    (id) => kindOf.get(id) === 'municipality',
  );
  return {
    area: {
      ...stalled(tables, open, today),
      goalsOrange: coloured('orange'),
      goalsRed: coloured('red'),
      sessionsWithoutMinutes: tables.sessions.filter(
        ({ id, meetingId, state, heldOn }) =>
          meetingIds.includes(meetingId) &&
          (state === 'open' || state === 'closed') &&
          daysFrom(text(heldOn), today) > 14 &&
          (sentOf.get(id) ?? null) === null,
      ).length,
    },
    partners: stalled(tables, open.filter(isPartner), today),
    departments: new Map(
      departmentIds.map((id) => [
        text(id),
        stalled(
          tables,
          open.filter(({ ownerId }) => ownerId === id),
          today,
        ),
      ]),
    ),
  };
}

/** Whether anybody of the owner can be mailed: its person, its contact on the way up from the area, or a general one. */
function hasContact(tables: Tables, action: Raw, today: string): boolean {
  const isReachable = (id: unknown): boolean =>
    tables.people.some((person) => person.id === id && isYes(person.active) && person.email !== null);
  if (action.ownerId === null || isReachable(action.ownerPersonId)) return true;
  const path: unknown[] = [];
  for (let at: unknown = action.areaId; at !== null && at !== undefined;) {
    path.push(at);
    at = tables.area_parents.find((row) => row.areaId === at && holdsOn(row, today))?.parentId;
  }
  return tables.contacts.some(
    (row) =>
      row.organisationId === action.ownerId &&
      holdsOn(row, today) &&
      isReachable(row.personId) &&
      (row.areaId === null || path.includes(row.areaId)),
  );
}

/** The number of early warnings of each kind in some areas. */
export function recountWarnings(tables: Tables, areaIds: readonly string[], today: string): Record<string, number> {
  const open = openActions(tables, areaIds, today);
  const rests = (action: Raw): boolean => statusThen(action, today) === 'on_hold';
  const warnings: [string, (action: Open) => boolean][] = [
    ['postponed', ({ postponements }) => Number(postponements) >= 2],
    ['silent', (action) => !rests(action) && action.silent > 56],
    ['overdue', (action) => isLate(action, today) && daysFrom(text(action.dueOn), today) > 28],
    ['unanswered', () => false],
    ['without_contact', (action) => !hasContact(tables, action, today)],
  ];
  const counts = warnings.map(([kind, isSo]): [string, number] => [kind, open.filter(isSo).length]);
  const warned = open.filter((action) => action.theme !== null && warnings.some(([, isSo]) => isSo(action)));
  const themes = [...new Set(warned.map(({ theme }) => theme))].filter(
    (theme) => new Set(warned.filter((one) => one.theme === theme).map(({ areaId }) => areaId)).size >= 3,
  );
  const measured = (goal: Raw): string =>
    tables.goal_measurements
      .filter((row) => row.goalId === goal.id && isYes(row.isCurrent))
      .map(({ measuredOn }) => text(measuredOn))
      .sort()
      .at(-1) ?? text(goal.startsOn);
  const unmeasured = tables.goals.filter(
    (goal) =>
      areaIds.includes(text(goal.areaId)) &&
      goal.state === 'active' &&
      goal.metric === null &&
      goal.courseKind === 'line' &&
      text(goal.startsOn) <= today &&
      text(goal.endsOn) >= today &&
      daysFrom(measured(goal), today) > 91,
  );
  return {
    ...Object.fromEntries(counts),
    theme: themes.length,
    not_measured: unmeasured.length,
    absent: absences(tables, areaIds, today),
  };
}

/** Seats whose organisation missed the last three sessions it was invited to. */
function absences(tables: Tables, areaIds: readonly string[], today: string): number {
  return meetingsIn(tables, areaIds).reduce((sum, meeting) => {
    const held = tables.sessions
      .filter(({ meetingId, state, heldOn }) => meetingId === meeting.id && state === 'closed' && text(heldOn) <= today)
      .filter(({ heldOn }) => text(heldOn) >= daysLater(today, -365))
      .sort((one, other) => text(other.heldOn).localeCompare(text(one.heldOn)));
    const seated = participantsOf(tables, { meetingId: meeting.id, heldOn: today });
    const missing = seated.filter((id) => {
      const last = held.filter((session) => participantsOf(tables, session).includes(id)).slice(0, 3);
      return last.length === 3 && last.every((session) => bestOf(tables, text(session.id), id) < 2);
    });
    return sum + missing.length;
  }, 0);
}

/** What a list of actions has in all for one question. */
export function recountList(
  tables: Tables,
  today: string,
  question: Readonly<Record<string, string>>,
  areaIds?: readonly string[],
): number {
  const { organisation, status, theme, meeting, session, overdue, open, handedBack } = question;
  const coOwns = new Set(
    tables.action_co_owners
      .filter(({ organisationId }) => organisationId === organisation)
      .map(({ actionId }) => actionId),
  );
  return tables.actions.filter(
    (action) =>
      isListed(action) &&
      !isYes(action.isConfidential) &&
      (!areaIds || areaIds.includes(text(action.areaId))) &&
      (!organisation || action.ownerId === organisation || coOwns.has(action.id)) &&
      (!status || statusThen(action, today) === status) &&
      (!theme || action.theme === theme) &&
      (!meeting || action.meetingId === meeting) &&
      (!session || action.sessionId === session) &&
      (!overdue || isLate(action, today)) &&
      (!open || !isClosedStatus(text(action.status))) &&
      (!handedBack || isYes(action.isHandedBack)),
  ).length;
}
