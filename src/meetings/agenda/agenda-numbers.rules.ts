import type { AgendaItem } from './agenda-item.entity.js';
import { isOnAgenda } from './item-states.rules.js';

type Numbered = Pick<AgendaItem, 'id' | 'number' | 'state'>;

/**
 * The numbers of the items that are not confidential, in agenda order. Until anything with numbers has been sent
 * (`isFixed`) they follow that order, proposals and declined items after the others. From then on an item keeps its
 * number; the `added` one, just added or accepted, gets the number of the one before it with a letter: 5a.
 */
export function numbersInOrder(items: readonly Numbered[], isFixed: boolean, added?: string): Map<string, string> {
  const isKept = (item: Numbered) => isFixed && isOnAgenda(item) && item.id !== added;
  const numbers = new Map(items.filter(isKept).map(({ id, number }) => [id, number]));
  const used = new Set(numbers.values());
  const rank = (item: Numbered) => (isOnAgenda(item) ? 0 : item.state === 'proposed' ? 1 : 2);
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
  return earlier ? figureOf(numbers.get(earlier.id)!) : '0';
}

const figureOf = (number: string): string => /^\d+/.exec(number)?.[0] ?? '0';

function lettered(figure: string, used: ReadonlySet<string>): string {
  for (let place = 0; ; place += 1) {
    const number = figure + letters(place);
    if (!used.has(number)) return number;
  }
}

/** a … z, aa, ab … */
const letters = (place: number): string =>
  (place >= 26 ? letters(Math.floor(place / 26) - 1) : '') + String.fromCharCode(97 + (place % 26));

/**
 * The order in which an item that was just numbered stands after those of the same figure with earlier letters: a proposal
 * that is accepted late comes after what was added before. The order itself if it does already.
 */
export function orderByNumber<T extends { id: string }>(
  order: readonly T[],
  added: string,
  items: readonly Numbered[],
  numbers: ReadonlyMap<string, string>,
): readonly T[] {
  const own = numbers.get(added)!;
  const isEarlier = (number: string): boolean =>
    figureOf(number) === figureOf(own) &&
    (number.length < own.length || (number.length === own.length && number < own));
  const earlier = new Set(
    items.filter((item) => isOnAgenda(item) && isEarlier(numbers.get(item.id)!)).map(({ id }) => id),
  );
  const last = order.findLastIndex(({ id }) => earlier.has(id));
  const at = order.findIndex(({ id }) => id === added);
  if (at > last) return order;
  return [...order.slice(0, at), ...order.slice(at + 1, last + 1), order[at], ...order.slice(last + 1)];
}
