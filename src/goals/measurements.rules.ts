import type { SmartFieldError } from './smart.rules.js';

/** Violations in a measurement: in the future, before the start, or without a unit. */
export function measurementFlaws(
  goal: { unit: string | null; startsOn: string | null },
  { measuredOn }: { measuredOn: string },
  today: string,
): SmartFieldError[] {
  const flaws: SmartFieldError[] = [];
  if (!goal.unit) {
    flaws.push({ letter: 'M', field: 'value', message: 'the goal has no unit yet, so a value is meaningless' });
  }
  if (measuredOn > today) {
    flaws.push({ letter: 'M', field: 'measuredOn', message: 'measuredOn must not be in the future' });
  }
  if (goal.startsOn && measuredOn < goal.startsOn) {
    flaws.push({
      letter: 'M',
      field: 'measuredOn',
      message: `measuredOn must not be before the start, ${goal.startsOn}; a baseline is part of the goal`,
    });
  }
  return flaws;
}
