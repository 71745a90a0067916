import { amsterdam, daysFrom, daysLater, isYes, text, type Raw, type Tables } from './recount-rows.js';
import { isClosedStatus, isLate, isListed, statusThen } from './recount-actions.js';
import { contactOf, reachable } from './recount-digests.js';
import { bestOf, meetingsIn, participantsOf } from './recount-meetings.js';

interface Open extends Raw {
  silent: number;
}

/** The unfinished actions of some areas on a day, without confidential ones. */
function openActions(tables: Tables, areaIds: readonly string[], today: string): Open[] {
  return tables.actions
    .filter((action) => action.closedOn === null && isListed(action) && !isYes(action.isConfidential))
    .filter(({ areaId }) => areaIds.includes(text(areaId)))
    .map((action) => {
      const moments = tables.action_updates.filter(({ actionId }) => actionId === action.id);
      const last = moments
        .map(({ recordedAt }) => text(recordedAt))
        .sort()
        .at(-1)!;
      return { ...action, silent: daysFrom(amsterdam(last), today) };
    });
}

const isOpenEscalation = (tables: Tables, action: Raw): number =>
  tables.action_escalations.filter(({ actionId, answeredAt }) => actionId === action.id && answeredAt === null).length;

/** Four or more digests since its last update, not counting those sent only because of what is confidential. */
function isUnanswered(tables: Tables, action: Raw, today: string): boolean {
  const heard = tables.action_updates
    .filter(({ actionId }) => actionId === action.id)
    .map(({ recordedAt }) => text(recordedAt))
    .sort();
  const links = tables.mail_links.filter(
    ({ purpose, subjectIds }) => purpose === 'digest' && text(subjectIds).includes(text(action.id)),
  );
  const weeks = links
    .map(({ messageId }) => tables.outgoing_messages.find(({ id }) => id === messageId))
    .filter((mail) => mail?.state === 'sent' && text(mail.sentAt) > heard.at(-1)!)
    .filter((mail) => !text(mail!.payload).includes('"isConfidential":true'))
    .map((mail) => mail!.batchId);
  return statusThen(action, today) !== 'on_hold' && new Set(weeks).size >= 4;
}

function stalled(tables: Tables, actions: readonly Raw[], today: string) {
  return {
    overdue: actions.filter((action) => isLate(action, today)).length,
    blocked: actions.filter((action) => statusThen(action, today) === 'blocked').length,
    unresponsive: actions.filter((action) => isUnanswered(tables, action, today)).length,
    unansweredEscalations: actions.reduce((sum, action) => sum + isOpenEscalation(tables, action), 0),
  };
}

/** One row of the koersoverzicht. */
export function recountCourse(tables: Tables, areaId: string, today: string) {
  const open = openActions(tables, [areaId], today);
  const kindOf = new Map(tables.organisations.map(({ id, kind }) => [id, kind]));
  const goals = tables.goals.filter(
    ({ areaId: of, state, endsOn }) =>
      of === areaId && state === 'active' && (endsOn === null || text(endsOn) >= `${today.slice(0, 4)}-01-01`),
  );
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

/** Whether anybody can be mailed: the owner's person, or else its contact. */
const hasContact = (tables: Tables, action: Raw, today: string): boolean =>
  action.ownerId === null ||
  reachable(tables, action.ownerPersonId) !== undefined ||
  contactOf(tables, action.ownerId, action.areaId, today) !== undefined;

/** The number of early warnings of each kind in some areas. */
export function recountWarnings(tables: Tables, areaIds: readonly string[], today: string): Record<string, number> {
  const open = openActions(tables, areaIds, today);
  const rests = (action: Raw): boolean => statusThen(action, today) === 'on_hold';
  const warnings: [string, (action: Open) => boolean][] = [
    ['postponed', ({ postponements }) => Number(postponements) >= 2],
    ['silent', (action) => !rests(action) && action.silent > 56],
    ['overdue', (action) => isLate(action, today) && daysFrom(text(action.dueOn), today) > 28],
    ['unanswered', (action) => isUnanswered(tables, action, today)],
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

/** The total of a list of actions for one query. */
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
