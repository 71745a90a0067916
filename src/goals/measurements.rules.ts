import type { SmartFieldError } from './smart.rules.js';

/** Violations in a measurement: in the future, before the start, or without a unit. */
export function measurementViolations(
  goal: { unit: string | null; startsOn: string | null },
  { measuredOn }: { measuredOn: string },
  today: string,
): SmartFieldError[] {
  const violations: SmartFieldError[] = [];
  if (!goal.unit) {
    violations.push({ letter: 'M', field: 'value', message: 'the goal has no unit yet, so a value is meaningless' });
  }
  if (measuredOn > today) {
    violations.push({ letter: 'M', field: 'measuredOn', message: 'measuredOn must not be in the future' });
  }
  if (goal.startsOn && measuredOn < goal.startsOn) {
    violations.push({
      letter: 'M',
      field: 'measuredOn',
      message: `measuredOn must not be before the start, ${goal.startsOn}; a baseline is part of the goal`,
    });
  }
  return violations;
}
