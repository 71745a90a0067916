import { daysOverdue } from '../../actions/overdue.rules.js';
import type { ActionStatus } from '../../actions/action.entity.js';
import { groupsOf } from '../figures/figures.rules.js';
import { type ActionFacts, type AreaFacts, isUnanswered } from '../early-warnings.rules.js';
import { compareNaturally } from '../../platform/spelling/natural-order.js';
import type { OwnerCounts } from './course-counts.rules.js';

export const MINUTES_DAYS = 14;

/** @schema StalledActions */
export interface Stalled {
  /** All unfinished actions; the other counts are part of these. */
  open: number;
  overdue: number;
  /** How many were overdue a month ago. */
  overdueMonthAgo: number;
  blocked: number;
  /** "Nog geen antwoord": listed in four or more digests without an answer. */
  unresponsive: number;
  /** "Aan de bel getrokken", without a decision yet. */
  unansweredEscalations: number;
}

/** One area with its stalled actions: per department, for all partners together, and without an owner. */
export interface AreaCourse extends AreaFacts, Stalled {
  /** The nearest area above it among these; null if there is none. */
  parentId: string | null;
  departments: ({ organisationId: string; name: string } & Stalled)[];
  partners: Stalled;
  /** The area with everything below it among these; null if nothing is below it. */
  withBelow: TotalCourse | null;
}

/** What is stalled among these actions, and how many of the same owners were overdue a month ago. */
function stalledIn(actions: readonly ActionFacts[], then: readonly OwnerCounts[], today: string): Stalled {
  const count = (isSo: (action: ActionFacts) => boolean) => actions.filter(isSo).length;
  return {
    open: actions.length,
    overdue: count(({ dueOn, status }) => isLate(dueOn, status, today)),
    overdueMonthAgo: then.reduce((total, { overdue }) => total + overdue, 0),
    blocked: count(({ status }) => status === 'blocked'),
    unresponsive: count(isUnanswered),
    unansweredEscalations: actions.reduce((total, action) => total + action.unansweredEscalations, 0),
  };
}

const isMunicipal = ({ ownerKind }: { ownerKind: string | null }): boolean => ownerKind === 'municipality';
const isPartner = ({ ownerKind }: { ownerKind: string | null }): boolean =>
  ownerKind !== null && ownerKind !== 'municipality';

/**
 * Areas by department, each area after the one it belongs to. Confidential actions are not counted; departments are shown
 * if they have open actions. `parents` names the area above each.
 */
export function courseOf(
  areas: readonly AreaFacts[],
  actions: readonly ActionFacts[],
  then: readonly OwnerCounts[],
  parents: ReadonlyMap<string, string>,
  today: string,
): AreaCourse[] {
  const known = new Map(areas.map((area) => [area.areaId, area]));
  const actionsOf = new Map(
    groupsOf(
      actions.filter(({ isConfidential }) => !isConfidential),
      ({ areaId }) => areaId,
    ),
  );
  const thenOf = new Map(groupsOf(then, ({ areaId }) => areaId));
  const rows = areas.map((area): AreaCourse => {
    const own = actionsOf.get(area.areaId) ?? [];
    const before = thenOf.get(area.areaId) ?? [];
    const departments = groupsOf(own.filter(isMunicipal), ({ ownerId }) => ownerId!);
    return {
      ...area,
      ...stalledIn(own, before, today),
      parentId: nearestAbove(area.areaId, parents, known),
      departments: departments
        .map(([organisationId, of]) => {
          const theirs = before.filter(({ ownerId }) => ownerId === organisationId);
          return { organisationId, name: of[0].ownerName!, ...stalledIn(of, theirs, today) };
        })
        .toSorted((one, other) => compareNaturally(one.name, other.name)),
      partners: stalledIn(own.filter(isPartner), before.filter(isPartner), today),
      withBelow: null,
    };
  });
  return inTree(rows);
}

function nearestAbove(
  areaId: string,
  parents: ReadonlyMap<string, string>,
  known: ReadonlyMap<string, unknown>,
): string | null {
  for (let above = parents.get(areaId); above !== undefined; above = parents.get(above))
    if (known.has(above)) return above;
  return null;
}

/** Each area followed by those below it, in order, with their numbers added up. */
function inTree(rows: readonly AreaCourse[]): AreaCourse[] {
  const below = new Map(groupsOf(rows, ({ parentId }) => parentId ?? ''));
  const branch = (row: AreaCourse): AreaCourse[] => {
    const children = (below.get(row.areaId) ?? []).flatMap(branch);
    if (children.length === 0) return [row];
    return [{ ...row, withBelow: totalCourse([row, ...children]) }, ...children];
  };
  return (below.get('') ?? []).flatMap(branch);
}

const COUNTS = [
  'open',
  'overdue',
  'overdueMonthAgo',
  'blocked',
  'unresponsive',
  'unansweredEscalations',
  'goalsOrange',
  'goalsRed',
  'sessionsWithoutMinutes',
] as const;
/** The counts that have a list. */
export type CourseKind = Exclude<(typeof COUNTS)[number], 'overdueMonthAgo'>;
export const COURSE_KINDS = COUNTS.filter((kind): kind is CourseKind => kind !== 'overdueMonthAgo');
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
export const isLate = (dueOn: string | null, status: string, today: string): boolean =>
  lateDays(dueOn, status, today) > 0;

/** Whole days; 0 if it is not late. */
export const lateDays = (dueOn: string | null, status: string, today: string): number =>
  daysOverdue({ dueOn, status: status as ActionStatus, resumeOn: null }, today);
