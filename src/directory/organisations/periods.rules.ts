import { addDays } from '../../platform/common/calendar-date.js';
import type { FieldError } from '../../platform/common/problems.js';

/** From the first day to the last, both counted; without a last day it goes on. */
export interface Period {
  fromOn: string;
  untilOn: string | null;
}

/** Whether some day lies in both; a period that ends before it starts never was. */
export function overlaps(one: Period, other: Period): boolean {
  const wasEver = ({ fromOn, untilOn }: Period) => untilOn === null || untilOn >= fromOn;
  return (
    wasEver(one) &&
    wasEver(other) &&
    (one.untilOn === null || other.fromOn <= one.untilOn) &&
    (other.untilOn === null || one.fromOn <= other.untilOn)
  );
}

/** What is wrong with the end of something new: it must not lie before its start. */
export function gapsInNew({ fromOn, untilOn }: Period): FieldError[] {
  return untilOn !== null && untilOn < fromOn
    ? [{ field: 'untilOn', message: `untilOn must not lie before ${fromOn}` }]
    : [];
}

/** The same for what exists: the day before its start is allowed and means that it never was, so that a mistake ends at once. */
export function gapsInEnd({ fromOn, untilOn }: Period): FieldError[] {
  const first = addDays(fromOn, -1);
  return untilOn !== null && untilOn < first
    ? [{ field: 'untilOn', message: `untilOn must not lie before ${first}` }]
    : [];
}
