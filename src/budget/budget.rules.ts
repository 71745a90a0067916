import type { FieldError } from '../platform/common/problems.js';
import type { Initiative } from './initiative.entity.js';
import type { Outcome } from './initiatives.dto.js';

/** € 2.00 per inhabitant: the gebiedsbudget in the evaluation of 2016. */
export const DEFAULT_RATE_CENTS = 200;

/** The inhabitants in a year: those of the latest year in the register up to it; null if there are none. */
export function inhabitantsIn(register: Record<string, number> | null, year: number): number | null {
  const years = Object.keys(register ?? {}).filter((one) => Number(one) <= year);
  return years.length === 0 ? null : register![years.sort().at(-1)!];
}

interface Sums {
  amountCents: number;
  carryOverCents: number;
  grantedCents: number;
  spentCents: number;
}

/** What can still be granted, in cents; negative if more was granted than was available. */
export const leftOf = ({ amountCents, carryOverCents, grantedCents }: Omit<Sums, 'spentCents'>): number =>
  amountCents + carryOverCents - grantedCents;

/** Whether more than half of a budget has not been spent yet. */
export const isMostlyUnspent = ({ amountCents, carryOverCents, spentCents }: Omit<Sums, 'grantedCents'>): boolean =>
  spentCents * 2 < amountCents + carryOverCents;

/** The violations of a decision; `leftCents` is what is left without this initiative, `grantedCents` 0 if refused. */
export function decisionViolations(
  { outcome, reason, decidedOn }: { outcome: Outcome; reason?: string; decidedOn: string },
  { grantedCents, leftCents, today }: { grantedCents: number; leftCents: number; today: string },
): FieldError[] {
  const violations: FieldError[] = [];
  if (decidedOn > today) violations.push({ field: 'decidedOn', message: 'decidedOn must not be in the future' });
  if (outcome === 'refused' && !reason) {
    violations.push({ field: 'reason', message: 'reason is required to refuse', code: 'REASON_REQUIRED' });
  }
  if (outcome === 'granted' && grantedCents > leftCents && !reason) {
    const message = 'reason is required to grant more than is left of the budget';
    violations.push({ field: 'reason', message, code: 'MORE_THAN_LEFT' });
  }
  return violations;
}

/** The violations in the state of an initiative: money spent without a grant, or a request dated in the future. */
export function spendingViolations(
  initiative: Pick<Initiative, 'state' | 'spentCents' | 'isAccountedFor' | 'requestedOn'>,
  today: string,
): FieldError[] {
  const violations: FieldError[] = [];
  if (initiative.requestedOn > today) {
    violations.push({ field: 'requestedOn', message: 'requestedOn must not be in the future' });
  }
  if (initiative.state === 'granted') return violations;
  if (initiative.spentCents !== null) {
    violations.push({ field: 'spent', message: 'spent is only allowed for a granted initiative', code: 'NOT_GRANTED' });
  }
  if (initiative.isAccountedFor) {
    const message = 'isAccountedFor is only allowed for a granted initiative';
    violations.push({ field: 'isAccountedFor', message, code: 'NOT_GRANTED' });
  }
  return violations;
}
