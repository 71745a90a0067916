import { domainOf, type Domains, namesOf } from '../../actions/tables/domains.rules.js';
import { OPEN_STATUSES, type OpenStatus } from '../../actions/statuses.rules.js';
import { compareNaturally } from '../../platform/spelling/natural-order.js';

type Camel<Text extends string> = Text extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : Text;
type StatusCount = Camel<OpenStatus>;
/** The count of each status that does not end an action: `in_progress` is counted as `inProgress`. */
export const STATUS_COUNTS = OPEN_STATUSES.map((status) => ({
  status,
  count: status.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase()) as StatusCount,
}));

/**
 * The counts of a group of actions. All but the last five cover actions agreed in the period; `overdue`, `carriedOver`,
 * `doneInPeriod`, `results` and `largeResults` include those agreed earlier.
 */
export const COUNTS = [
  'agreed',
  'realised',
  'partly',
  'notRealised',
  ...STATUS_COUNTS.map(({ count }) => count),
  'followUp',
  'overdueAgreed',
  'doneWithDeadline',
  'onTime',
  'doneWithOriginalDeadline',
  'onTimeOriginal',
  'postponedOnce',
  'postponedMore',
  'judgedRealised',
  'judgedPartly',
  'judgedNot',
  'judgedDiffering',
  'overdue',
  'carriedOver',
  'doneInPeriod',
  'results',
  'largeResults',
] as const;
/** The judgement of other parties if their last ones differ. */
export const DIFFERING = 'differing';
export type Counts = Record<(typeof COUNTS)[number], number>;

/** The number of unfinished actions, whatever their status. */
export const stillOpen = (counts: Counts): number => STATUS_COUNTS.reduce((sum, { count }) => sum + counts[count], 0);

/** A percentage rounded to a whole number, half up; null if `whole` is 0, which means "n.v.t." and not 0 %. */
export function percentage(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.floor((200 * part + whole) / (2 * whole));
}

export interface Tally {
  value: number;
  count: number;
}

/** The middle value, or the mean of the two middle ones; null if empty. */
export function median(tallies: readonly Tally[]): number | null {
  const total = tallies.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return null;
  const sorted = tallies.toSorted((one, other) => one.value - other.value);
  const at = (rank: number): number => {
    let seen = 0;
    return sorted.find(({ count }) => (seen += count) >= rank)!.value;
  };
  return (at(Math.ceil(total / 2)) + at(Math.floor(total / 2) + 1)) / 2;
}

/** The counts of a group with the derived percentages; a percentage of nothing is null. */
export function withShares(counts: Counts) {
  return {
    ...counts,
    postponedNever: counts.agreed - counts.postponedOnce - counts.postponedMore,
    realisedShare: percentage(counts.realised, counts.agreed),
    realisedShareLessCancelled: percentage(counts.realised, counts.agreed - counts.notRealised),
    onTimeShare: percentage(counts.onTime, counts.doneWithDeadline),
    onTimeOriginalShare: percentage(counts.onTimeOriginal, counts.doneWithOriginalDeadline),
  };
}
/** @schema ActionFigures */
export type Figures = ReturnType<typeof withShares>;

/** The combined counts of several groups. */
export function sumOf(groups: readonly Counts[]): Counts {
  return Object.fromEntries(
    COUNTS.map((name) => [name, groups.reduce((sum, group) => sum + group[name], 0)]),
  ) as Counts;
}

/** The actions of one area, theme and owner. */
export interface Cell extends Counts {
  areaId: string;
  theme: string | null;
  /** Null if it was handed back and has no owner yet. */
  organisationId: string | null;
  organisationName: string | null;
  organisationKind: string | null;
  /** The opgave it serves, directly or through its goal; null for none. */
  opgaveId: string | null;
  opgaveTitle: string | null;
}

/** The figures of all of them together. */
export const totalOf = (cells: readonly Cell[]): Figures => withShares(sumOf(cells));

/** Per theme, by name; those without a theme last. */
export function perTheme(cells: readonly Cell[]) {
  return groupsOf(cells, ({ theme }) => theme)
    .map(([theme, group]) => ({ theme, ...totalOf(group) }))
    .toSorted((one, other) => byName(one.theme, other.theme));
}

/**
 * Per domain, in the order of the setting; actions whose theme has none come last. Empty unless the municipality has
 * domains.
 */
export function perDomain(cells: readonly Cell[], domains: Domains) {
  if (domains.size === 0) return [];
  const found = groupsOf(cells, ({ theme }) => domainOf(domains, theme));
  const order = [...namesOf(domains), null];
  return found
    .map(([domain, group]) => ({ domain, ...totalOf(group) }))
    .toSorted((one, other) => order.indexOf(one.domain) - order.indexOf(other.domain));
}

/** Per owner organisation, by name and not by score; those without an owner last. */
export function perOrganisation(cells: readonly Cell[]) {
  return groupsOf(cells, ({ organisationId }) => organisationId)
    .map(([organisationId, group]) => ({
      organisationId,
      name: group[0].organisationName,
      kind: group[0].organisationKind,
      ...totalOf(group),
    }))
    .toSorted((one, other) => byName(one.name, other.name));
}

/** Per opgave served, by title; most actions serve none, so these do not add up to the total. */
export function perOpgave(cells: readonly Cell[]) {
  return groupsOf(
    cells.filter(({ opgaveId }) => opgaveId !== null),
    ({ opgaveId }) => opgaveId!,
  )
    .map(([opgaveId, group]) => ({ opgaveId, title: group[0].opgaveTitle!, ...totalOf(group) }))
    .toSorted((one, other) => byName(one.title, other.title));
}

/** Per area, in the given order and not by score; areas without actions are omitted. */
export function perArea(cells: readonly Cell[], areas: readonly { id: string; name: string }[]) {
  return areas.flatMap(({ id, name }) => {
    const group = cells.filter(({ areaId }) => areaId === id);
    return group.length === 0 ? [] : [{ areaId: id, name, ...totalOf(group) }];
  });
}

export const SIDES = ['municipality', 'partners', 'unowned'] as const;
/** @schema OrganisationSide */
export type Side = (typeof SIDES)[number];

function sideOf({ organisationKind }: Pick<Cell, 'organisationKind'>): Side {
  if (organisationKind === null) return 'unowned';
  return organisationKind === 'municipality' ? 'municipality' : 'partners';
}

/** The municipality against its partners; actions without an owner separately, if there are any. */
export function perSide(cells: readonly Cell[]) {
  return SIDES.flatMap((side) => {
    const group = cells.filter((cell) => sideOf(cell) === side);
    if (side === 'unowned' && group.length === 0) return [];
    return [{ side, organisations: organisationsIn(group), ...totalOf(group) }];
  });
}

/** Per kind of organisation, with the number of organisations of that kind in the figures. */
export function perKind(cells: readonly Cell[]) {
  return groupsOf(
    cells.filter(({ organisationKind }) => organisationKind !== null),
    ({ organisationKind }) => organisationKind!,
  )
    .map(([kind, group]) => ({ kind, organisations: organisationsIn(group), ...totalOf(group) }))
    .toSorted((one, other) => byName(one.kind, other.kind));
}

export const FEWEST_ORGANISATIONS = 3;

interface KindCount {
  kind: string;
  organisations: number;
}

/**
 * The kinds whose figures may be shown to readers without access to figures of single organisations: each has at least
 * three organisations, and so do the omitted ones together, because otherwise they could be derived by subtraction.
 */
export function showableKinds<T extends KindCount>(kinds: readonly T[]): T[] {
  const large = kinds.filter(({ organisations }) => organisations >= FEWEST_ORGANISATIONS);
  const left = kinds.filter((kind) => !large.includes(kind)).reduce((sum, { organisations }) => sum + organisations, 0);
  if (left === 0 || left >= FEWEST_ORGANISATIONS) return large;
  const smallest = large.toSorted((one, other) => one.organisations - other.organisations)[0];
  return large.filter((kind) => kind !== smallest);
}

const organisationsIn = (cells: readonly Cell[]): number =>
  new Set(cells.flatMap(({ organisationId }) => organisationId ?? [])).size;

/** Items grouped by key, in the order of each group's first item. */
export function groupsOf<T, K>(items: readonly T[], keyOf: (item: T) => K): [K, T[]][] {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return [...groups];
}

function byName(one: string | null, other: string | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return compareNaturally(one, other);
}

/** Whether the parties' judgements differ. */
export const doDiffer = (judgements: readonly { judgement: string }[]): boolean =>
  judgements.some(({ judgement }) => judgement !== judgements[0].judgement);
