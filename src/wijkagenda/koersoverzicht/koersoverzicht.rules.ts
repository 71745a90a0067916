import { daysOverdue } from '../../actions/overdue.rules.js';
import type { ActionStatus } from '../../actions/action.entity.js';
import { groupsOf } from '../figures/figures.rules.js';
import { type ActionFacts, type AreaFacts, isUnanswered } from '../early-warnings.rules.js';
import { compareNaturally } from '../../platform/common/natural-order.js';

export const MINUTES_DAYS = 14;

/** @schema StalledActions */
export interface Stalled {
  overdue: number;
  blocked: number;
  /** "Reageert niet": listed in four or more digests without an answer. */
  unresponsive: number;
  /** "Aan de bel getrokken", without a decision yet. */
  unansweredEscalations: number;
}

/** One area with what is stalled in it: per department, for all partners together, and without an owner. */
export interface AreaCourse extends AreaFacts, Stalled {
  departments: ({ organisationId: string; name: string } & Stalled)[];
  partners: Stalled;
}

/** What is stalled among these actions. */
export function stalledIn(actions: readonly ActionFacts[], today: string): Stalled {
  const count = (isSo: (action: ActionFacts) => boolean) => actions.filter(isSo).length;
  return {
    overdue: count(({ dueOn, status }) => isLate(dueOn, status, today)),
    blocked: count(({ status }) => status === 'blocked'),
    unresponsive: count(isUnanswered),
    unansweredEscalations: actions.reduce((total, action) => total + action.unansweredEscalations, 0),
  };
}

/** Areas by department. Confidential actions are not counted; departments are shown if they have open actions. */
export function courseOf(areas: readonly AreaFacts[], actions: readonly ActionFacts[], today: string): AreaCourse[] {
  const open = groupsOf(
    actions.filter(({ isConfidential }) => !isConfidential),
    ({ areaId }) => areaId,
  );
  return areas.map((area) => {
    const own = open.find(([areaId]) => areaId === area.areaId)?.[1] ?? [];
    const departments = groupsOf(
      own.filter(({ ownerKind }) => ownerKind === 'municipality'),
      ({ ownerId }) => ownerId!,
    );
    return {
      ...area,
      ...stalledIn(own, today),
      departments: departments
        .map(([organisationId, of]) => ({ organisationId, name: of[0].ownerName!, ...stalledIn(of, today) }))
        .toSorted((one, other) => compareNaturally(one.name, other.name)),
      partners: stalledIn(
        own.filter(({ ownerKind }) => ownerKind !== null && ownerKind !== 'municipality'),
        today,
      ),
    };
  });
}

const COUNTS = [
  'overdue',
  'blocked',
  'unresponsive',
  'unansweredEscalations',
  'goalsOrange',
  'goalsRed',
  'sessionsWithoutMinutes',
] as const;
export type TotalCourse = Pick<AreaCourse, (typeof COUNTS)[number]>;

/** The totals of all areas; a count stays null if the reader may not see it, or if nobody works with goals. */
export function totalCourse(areas: readonly AreaCourse[]): TotalCourse {
  const sum = (name: (typeof COUNTS)[number]): number | null => {
    const known = areas.map((area) => area[name]).filter((count) => count !== null);
    return known.length < areas.length && known.length === 0 ? null : known.reduce((total, count) => total + count, 0);
  };
  return Object.fromEntries(COUNTS.map((name) => [name, sum(name)])) as TotalCourse;
}

// The status is the effective one on the day, so the resume date of an action on hold need not be checked.
const isLate = (dueOn: string | null, status: string, today: string): boolean =>
  daysOverdue({ dueOn, status: status as ActionStatus, resumeOn: null }, today) > 0;
