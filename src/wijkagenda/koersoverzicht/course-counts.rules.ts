import type { AreaKind } from '../../directory/areas/area.entity.js';
import { groupsOf } from '../figures/figures.rules.js';

/** The unfinished actions of one owner in one area; those without an owner have null. */
export interface OwnerCounts {
  areaId: string;
  areaName: string;
  ownerId: string | null;
  ownerName: string | null;
  ownerKind: string | null;
  open: number;
  overdue: number;
  blocked: number;
}

/** An area with the one above it today; null for the root. */
export interface AreaInTree {
  areaId: string;
  areaName: string;
  kind: AreaKind;
  parentId: string | null;
}

export interface Share {
  areaId: string;
  areaName: string;
  open: number;
  overdue: number;
}

/** A percentage of fewer actions says little: such an area comes after the others. */
const FEWEST = 5;
const WORST = 3;
const PLACES: readonly AreaKind[] = ['wijk', 'kern', 'buurt'];

/**
 * The areas with the largest share of late actions, worst first; at most three, and none without late actions. An area
 * counts with those below it, as in the koersoverzicht, so these are not named beside it. A team or the municipality is
 * named only if no area below it is.
 */
export function worstOf(areas: readonly AreaInTree[], counts: readonly OwnerCounts[]): Share[] {
  const known = new Set(areas.map(({ areaId }) => areaId));
  const below = new Map(groupsOf(areas, ({ parentId }) => (parentId !== null && known.has(parentId) ? parentId : '')));
  const own = new Map(groupsOf(counts, ({ areaId }) => areaId));
  const childrenOf = ({ areaId }: AreaInTree) => below.get(areaId) ?? [];
  const countsBelow = (area: AreaInTree): OwnerCounts[] => [
    ...(own.get(area.areaId) ?? []),
    ...childrenOf(area).flatMap(countsBelow),
  ];
  const lateIn = (area: AreaInTree): Share[] => {
    const places = PLACES.includes(area.kind) ? [] : childrenOf(area).flatMap(lateIn);
    if (places.length > 0) return places;
    const all = countsBelow(area);
    const overdue = totalOf(all, 'overdue');
    return overdue === 0 ? [] : [{ areaId: area.areaId, areaName: area.areaName, open: totalOf(all, 'open'), overdue }];
  };
  const isFew = ({ open }: Share): number => Number(open < FEWEST);
  const share = ({ open, overdue }: Share): number => overdue / open;
  return (below.get('') ?? [])
    .flatMap(lateIn)
    .sort((one, other) => isFew(one) - isFew(other) || share(other) - share(one) || other.overdue - one.overdue)
    .slice(0, WORST);
}

const totalOf = (counts: readonly OwnerCounts[], name: 'open' | 'overdue'): number =>
  counts.reduce((total, one) => total + one[name], 0);

/** "3 meer dan een maand geleden"; null if nothing changed. */
export function changeWords(change: number): string | null {
  if (change === 0) return null;
  return `${Math.abs(change)} ${change > 0 ? 'meer' : 'minder'} dan een maand geleden`;
}
