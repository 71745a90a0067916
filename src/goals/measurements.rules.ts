import type { SmartFieldError } from './smart.rules.js';

/** What is wrong with a measurement: in the future, before the start, or of something without a unit. */
export function measurementFlaws(
  goal: { unit: string | null; startsOn: string | null },
  { measuredOn }: { measuredOn: string },
  today: string,
): SmartFieldError[] {
  const flaws: SmartFieldError[] = [];
  if (!goal.unit) {
    flaws.push({ letter: 'M', field: 'value', message: 'the goal has no unit yet, so that a value says nothing' });
  }
  if (measuredOn > today) {
    flaws.push({ letter: 'M', field: 'measuredOn', message: 'measuredOn must not lie in the future' });
  }
  if (goal.startsOn && measuredOn < goal.startsOn) {
    flaws.push({
      letter: 'M',
      field: 'measuredOn',
      message: `measuredOn must not lie before the start, ${goal.startsOn}; a baseline is part of the goal`,
    });
  }
  return flaws;
}
