import { isReached, type Measured } from '../goals/course.rules.js';
import type { Goal } from '../goals/goal.entity.js';
import { compareNaturally } from '../platform/spelling/natural-order.js';

const MOST_GOALS = 4;

/** @schema WijkagendaWarning */
export interface Warning {
  code: string;
  /** In Dutch. */
  text: string;
}

/** More than four goals is a warning, not an error. */
export function warningsOf(goalCount: number): Warning[] {
  if (goalCount <= MOST_GOALS) return [];
  const text = `Er staan ${goalCount} doelen op de agenda. Met ten hoogste ${MOST_GOALS} blijft het overzichtelijk.`;
  return [{ code: 'MORE_THAN_FOUR_GOALS', text }];
}

/** The reason to continue a goal in the new year, in Dutch; null if it is finished. */
export function reasonToGoOn(
  goal: Pick<Goal, 'state' | 'courseKind' | 'direction' | 'baseline' | 'target' | 'startsOn' | 'endsOn'>,
  last: Measured | null,
  year: number,
): string | null {
  if (goal.state === 'draft') return 'Nog niet meetbaar.';
  if (goal.endsOn !== null && goal.endsOn >= `${year}-01-01`) return 'Loopt door.';
  const reached = isReached(goal, last);
  if (reached === null) return 'Niet gemeten.';
  return reached ? null : 'Streefwaarde niet gehaald.';
}

/** The name of a wijkagenda for a kind of area, from `kern=Dorpsagenda;wijk=Wijkagenda`. */
export function labelOf(labels: string, areaKind: string): string {
  const pairs = labels.split(';').map((pair) => pair.split('='));
  return pairs.find(([kind]) => kind === areaKind)?.[1] ?? 'Wijkagenda';
}

/** Where items without a theme stand. */
export const WITHOUT_THEME = 'overig';

/** Items by theme, in the order of the given themes; then other themes, and items without a theme last. */
export function byTheme<T extends { theme: string | null }>(
  themes: readonly string[],
  things: readonly T[],
): { theme: string; items: T[] }[] {
  const others = [...new Set(things.map(({ theme }) => theme).filter((theme) => theme !== null))]
    .filter((theme) => !themes.includes(theme))
    .sort(compareNaturally);
  const groups = [...themes, ...others, null].map((theme) => ({
    theme: theme ?? WITHOUT_THEME,
    items: things.filter((thing) => thing.theme === theme),
  }));
  return groups.filter(({ items }) => items.length > 0);
}
