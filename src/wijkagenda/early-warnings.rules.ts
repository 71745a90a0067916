import type { ActionStatus } from '../actions/action.entity.js';
import { daysOverdue } from '../actions/overdue.rules.js';
import { daysBetween, dayOf, inDutch } from '../platform/common/calendar-date.js';
import { groupsOf } from './figures/figures.rules.js';
import { compareNaturally } from '../platform/spelling/natural-order.js';

export const WARNING_KINDS = [
  'postponed',
  'silent',
  'overdue',
  'unanswered',
  'without_contact',
  'not_measured',
  'absent',
  'theme',
] as const;
export type WarningKind = (typeof WARNING_KINDS)[number];

export interface EarlyWarning {
  kind: WarningKind;
  /** Null for a theme, which spans several areas. */
  areaId: string | null;
  areaName: string | null;
  subject: { type: 'action' | 'goal' | 'organisation' | 'theme'; id: string | null; name: string };
  /** In Dutch. */
  reason: string;
}

/** A page with all warnings: they are computed together anyway. */
export const ALL = { page: 1, pageSize: Number.MAX_SAFE_INTEGER };

/** Merges the warnings about one subject into the first of them. */
export function bySubject(warnings: readonly EarlyWarning[]): EarlyWarning[] {
  const found = new Map<string, EarlyWarning>();
  for (const warning of warnings) {
    const { type, id, name } = warning.subject;
    const key = `${type} ${id ?? name} ${warning.areaId}`;
    const earlier = found.get(key);
    found.set(key, earlier ? { ...earlier, reason: `${earlier.reason} ${warning.reason}` } : warning);
  }
  return [...found.values()];
}

/** The facts of an unfinished action that can cause a warning. */
export interface ActionFacts {
  actionId: string;
  number: string;
  title: string;
  areaId: string;
  areaName: string;
  theme: string | null;
  /** The effective status on the day: "on hold" ends automatically. */
  status: ActionStatus;
  dueOn: string | null;
  postponements: number;
  /** When it was last updated. */
  lastUpdateAt: string;
  ownerId: string | null;
  ownerName: string | null;
  ownerKind: string | null;
  isConfidential: boolean;
  /** The number of digests that listed it since anybody last said how it is going. */
  digests: number;
  /** The number of people asked by "aan de bel trekken" who have not answered yet. */
  unansweredEscalations: number;
  /** Whether anyone can be mailed; also true without an owner, which is a separate warning. */
  hasContact: boolean;
}

const POSTPONED_FROM = 2;
const SILENT_DAYS = 56;
const LATE_DAYS = 28;
export const DIGESTS = 4;
const QUARTER_DAYS = 91;
const ABSENCES = 3;
const THEME_AREAS = 3;

/** The warnings of an action, each with its reason. An action on hold causes none for being late or silent. */
export function actionWarnings(action: ActionFacts, today: string): EarlyWarning[] {
  const { dueOn, status } = action;
  const late = daysOverdue({ dueOn, status, resumeOn: null }, today);
  const rests = status === 'on_hold';
  const silent = daysBetween(dayOf(action.lastUpdateAt), today);
  const found: [WarningKind, string][] = [];
  if (action.postponements >= POSTPONED_FROM) found.push(['postponed', `Al ${action.postponements} keer uitgesteld.`]);
  if (!rests && silent > SILENT_DAYS) found.push(['silent', `Al ${Math.floor(silent / 7)} weken geen bericht.`]);
  if (late > LATE_DAYS) found.push(['overdue', `Al ${late} dagen te laat.`]);
  if (isUnanswered(action)) found.push(['unanswered', `In ${action.digests} weekmails genoemd, zonder antwoord.`]);
  if (!action.hasContact) found.push(['without_contact', `${action.ownerName} heeft hier geen contactadres.`]);
  const { actionId: id, areaId, areaName, number, title } = action;
  const subject = { type: 'action' as const, id, name: `${number} ${title}` };
  return found.map(([kind, reason]) => ({ kind, areaId, areaName, subject, reason }));
}

/** "Reageert niet, bel even": listed in four or more digests without an answer. */
export const isUnanswered = ({ digests, status }: Pick<ActionFacts, 'digests' | 'status'>): boolean =>
  digests >= DIGESTS && status !== 'on_hold';

export interface GoalFacts {
  goalId: string;
  title: string;
  areaId: string;
  areaName: string;
  startsOn: string;
  measuredOn: string | null;
}

/** A goal that was not measured for a quarter, counted from its start if it was never measured. */
export function goalWarnings(goal: GoalFacts, today: string): EarlyWarning[] {
  const { goalId: id, title: name, areaId, areaName, measuredOn, startsOn } = goal;
  if (daysBetween(measuredOn ?? startsOn, today) <= QUARTER_DAYS) return [];
  const reason = measuredOn
    ? `Sinds ${inDutch(measuredOn)} niet gemeten.`
    : `Nog niet gemeten; begonnen op ${inDutch(startsOn)}.`;
  return [{ kind: 'not_measured', areaId, areaName, subject: { type: 'goal', id, name }, reason }];
}

/** Whether an organisation attended a session it was invited to. */
export interface PresenceFacts {
  organisationId: string;
  name: string;
  meetingId: string;
  areaId: string;
  areaName: string;
  heldOn: string;
  /** 2 present, 1 excused, 0 or null absent. */
  best: number | null;
}

/** Organisations that missed the last three sessions of a meeting they were invited to; by area, then by name. */
export function absenceWarnings(presences: readonly PresenceFacts[]): EarlyWarning[] {
  const perSeat = groupsOf(presences, ({ organisationId, meetingId }) => `${organisationId} ${meetingId}`);
  const found = perSeat.flatMap(([, seat]): EarlyWarning[] => {
    const last = seat.toSorted((one, other) => other.heldOn.localeCompare(one.heldOn)).slice(0, ABSENCES);
    if (last.length < ABSENCES || last.some(({ best }) => best === 2)) return [];
    const excused = last.filter(({ best }) => best === 1).length;
    const { organisationId: id, name, areaId, areaName } = last[0];
    const reason = `De laatste ${ABSENCES} keer niet aanwezig${excused > 0 ? ` (${excused} keer afgemeld)` : ''}.`;
    return [{ kind: 'absent', areaId, areaName, subject: { type: 'organisation', id, name }, reason }];
  });
  return found.toSorted(
    (one, other) =>
      compareNaturally(one.areaName!, other.areaName!) || compareNaturally(one.subject.name, other.subject.name),
  );
}

/** The same theme with warnings in three or more areas: for the manager. Confidential actions do not count. */
export function themeWarnings(
  actions: readonly ActionFacts[],
  warningsOf: (action: ActionFacts) => readonly EarlyWarning[],
): EarlyWarning[] {
  const warned = actions.filter(
    (action) => action.theme !== null && !action.isConfidential && warningsOf(action).length > 0,
  );
  return groupsOf(warned, ({ theme }) => theme!).flatMap(([name, of]): EarlyWarning[] => {
    const areas = [...new Map(of.map(({ areaId, areaName }) => [areaId, areaName])).values()].sort(compareNaturally);
    if (areas.length < THEME_AREAS) return [];
    const reason = `Signalen in ${areas.length} gebieden: ${areas.join(', ')}.`;
    return [{ kind: 'theme', areaId: null, areaName: null, subject: { type: 'theme', id: null, name }, reason }];
  });
}

/** The facts of an area as a whole. */
export interface AreaFacts {
  areaId: string;
  areaName: string;
  /** Null if there are no goals, and for a department leading an opgave: it does not answer for the area. */
  goalsOrange: number | null;
  goalsRed: number | null;
  sessionsWithoutMinutes: number | null;
}
