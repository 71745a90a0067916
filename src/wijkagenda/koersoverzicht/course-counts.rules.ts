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

interface Share {
  areaId: string;
  areaName: string;
  open: number;
  overdue: number;
}

/** A percentage of fewer actions says little: such an area comes after the others. */
const FEWEST = 5;
const WORST = 3;

/** The areas with the largest share of late actions, worst first; at most three, and none without late actions. */
export function worstOf(counts: readonly OwnerCounts[]): Share[] {
  const areas = new Map<string, Share>();
  for (const { areaId, areaName, open, overdue } of counts) {
    const known = areas.get(areaId) ?? { areaId, areaName, open: 0, overdue: 0 };
    areas.set(areaId, { ...known, open: known.open + open, overdue: known.overdue + overdue });
  }
  const isFew = ({ open }: Share): number => Number(open < FEWEST);
  const share = ({ open, overdue }: Share): number => overdue / open;
  return [...areas.values()]
    .filter(({ overdue }) => overdue > 0)
    .sort((one, other) => isFew(one) - isFew(other) || share(other) - share(one) || other.overdue - one.overdue)
    .slice(0, WORST);
}

/** "3 meer dan een maand geleden"; null if nothing changed. */
export function changeWords(change: number): string | null {
  if (change === 0) return null;
  return `${Math.abs(change)} ${change > 0 ? 'meer' : 'minder'} dan een maand geleden`;
}
