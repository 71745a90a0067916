import { addDays } from '../../platform/common/calendar-date.js';
import type { FieldError } from '../../platform/common/problems.js';

/** From the first day to the last, both inclusive; open-ended without a last day. */
export interface Period {
  fromOn: string;
  untilOn: string | null;
}

/** Whether the periods share a day; a period that ends before it starts never applied. */
export function overlaps(one: Period, other: Period): boolean {
  const wasEver = ({ fromOn, untilOn }: Period) => untilOn === null || untilOn >= fromOn;
  return (
    wasEver(one) &&
    wasEver(other) &&
    (one.untilOn === null || other.fromOn <= one.untilOn) &&
    (other.untilOn === null || one.fromOn <= other.untilOn)
  );
}

/** Violations in the end of a new period: it must not be before its start. */
export function violationsInNew({ fromOn, untilOn }: Period): FieldError[] {
  return untilOn !== null && untilOn < fromOn
    ? [{ field: 'untilOn', message: `untilOn must not be before ${fromOn}` }]
    : [];
}

/** The same for an existing period: ending the day before its start means it never applied, to undo a mistake. */
export function violationsInEnd({ fromOn, untilOn }: Period): FieldError[] {
  const first = addDays(fromOn, -1);
  return untilOn !== null && untilOn < first
    ? [{ field: 'untilOn', message: `untilOn must not be before ${first}` }]
    : [];
}

/** The last day up to which these periods together leave no gap, from `day` on; null if that is for ever. */
export function coveredUntil(periods: readonly Period[], day: string): string | null {
  let until = addDays(day, -1);
  for (const { fromOn, untilOn } of periods.toSorted((one, other) => (one.fromOn < other.fromOn ? -1 : 1))) {
    if (fromOn > addDays(until, 1)) break;
    if (untilOn === null) return null;
    if (untilOn > until) until = untilOn;
  }
  return until;
}
