import { addDays } from '../../platform/common/calendar-date.js';
import type { Organisation } from '../../directory/organisations/organisation.entity.js';
import { overlaps, type Period } from '../../directory/people/periods.rules.js';

export const MOST_ALIASES = 20;

type Named = Pick<Organisation, 'name' | 'aliases'>;

/** The aliases of an organisation after a merger: its own, plus every name of the merged one, without duplicates. */
export function aliasesAfter(into: Named, merged: Named): string[] {
  const known = new Set([into.name, ...into.aliases].map((name) => name.toLowerCase()));
  const fresh = [merged.name, ...merged.aliases].filter((name) => {
    const isNew = !known.has(name.toLowerCase());
    known.add(name.toLowerCase());
    return isNew;
  });
  return [...into.aliases, ...fresh];
}

/** The days of a period not covered by any of the others, as periods in order. */
export function uncovered(period: Period, others: readonly Period[]): Period[] {
  const left: Period[] = [];
  let { fromOn } = period;
  const inTheWay = others.filter((other) => overlaps(other, period));
  for (const other of inTheWay.toSorted((a, b) => (a.fromOn < b.fromOn ? -1 : 1))) {
    if (other.fromOn > fromOn) left.push({ fromOn, untilOn: addDays(other.fromOn, -1) });
    if (other.untilOn === null) return left;
    if (other.untilOn >= fromOn) fromOn = addDays(other.untilOn, 1);
  }
  if (period.untilOn === null || period.untilOn >= fromOn) left.push({ fromOn, untilOn: period.untilOn });
  return left;
}

/** Splits a period: the part up to the day before, which stays, and the part from the day, which continues. */
export function cutOn<T extends Period>(period: T, day: string): { before: T; after: Period } {
  const fromOn = period.fromOn > day ? period.fromOn : day;
  return { before: { ...period, untilOn: addDays(fromOn, -1) }, after: { fromOn, untilOn: period.untilOn } };
}

/** Organisation ids with a merged one replaced by its successor: without duplicates, in order. */
export const withMerged = (ids: readonly string[], mergedId: string, intoId: string): string[] => [
  ...new Set(ids.map((id) => (id === mergedId ? intoId : id))),
];
