import type { AgendaItem } from './agenda-item.entity.js';

type Numbered = Pick<AgendaItem, 'id' | 'number' | 'state'>;

const isAnswered = ({ state }: Numbered): boolean => state !== 'proposed' && state !== 'declined';

/**
 * The numbers of the items that are not confidential, in agenda order. Until anything with numbers has been sent
 * (`isFixed`) they follow that order, proposals and declined items after the others. From then on an item keeps its
 * number; the `added` one, just added or accepted, gets the number of the one before it with a letter: 5a.
 */
export function numbersInOrder(items: readonly Numbered[], isFixed: boolean, added?: string): Map<string, string> {
  const isKept = (item: Numbered) => isFixed && isAnswered(item) && item.id !== added;
  const numbers = new Map(items.filter(isKept).map(({ id, number }) => [id, number]));
  const used = new Set(numbers.values());
  const rank = (item: Numbered) => (isAnswered(item) ? 0 : item.state === 'proposed' ? 1 : 2);
  const others = items.filter((item) => !isKept(item)).toSorted((one, other) => rank(one) - rank(other));
  for (const item of others) {
    const number = isFixed && used.size > 0 ? lettered(before(items, item, numbers), used) : String(used.size + 1);
    numbers.set(item.id, number);
    used.add(number);
  }
  return numbers;
}

/** The number, without letter, of the nearest numbered item before this one; 0 at the beginning. */
function before(items: readonly Numbered[], item: Numbered, numbers: ReadonlyMap<string, string>): string {
  const earlier = items.slice(0, items.indexOf(item)).findLast(({ id }) => numbers.has(id));
  return /^\d+/.exec(earlier ? numbers.get(earlier.id)! : '')?.[0] ?? '0';
}

function lettered(figure: string, used: ReadonlySet<string>): string {
  for (let place = 0; ; place += 1) {
    const number = figure + letters(place);
    if (!used.has(number)) return number;
  }
}

/** a … z, aa, ab … */
const letters = (place: number): string =>
  (place >= 26 ? letters(Math.floor(place / 26) - 1) : '') + String.fromCharCode(97 + (place % 26));
