import { inDutch } from '../../platform/common/calendar-date.js';
import { isReached } from '../course.rules.js';
import { isOver } from '../measurements.rules.js';
import type { GoalView } from '../goals.views.js';

/** Whether the last day of an active goal has passed. */
export const hasEnded = (goal: Pick<GoalView, 'state' | 'endsOn'>, today: string): boolean =>
  goal.state === 'active' && isOver(goal, today);

/** "streefwaarde gehaald": how a goal ended, by its last measurement. */
export function outcomeWords(goal: GoalView): string {
  const reached = isReached(goal, goal.lastMeasurement);
  if (reached === null) return 'niet gemeten';
  return reached ? 'streefwaarde gehaald' : 'streefwaarde niet gehaald';
}

/** What its chair is asked to measure, with the place to do so; null if nothing is due. */
export function askedOf({ id, dueMeasurement, baselinePlannedOn, endsOn, lastMeasurement }: GoalView) {
  if (dueMeasurement === 'baseline')
    return {
      title: 'De nulmeting is er nog niet.',
      text: `Afgesproken was: uiterlijk ${inDutch(baselinePlannedOn!)}. Met de nulmeting is te zien of het doel op koers ligt.`,
      href: `/doelen/${id}/wijzigen`,
      label: 'Vul de nulmeting in',
    };
  if (dueMeasurement === null) return null;
  const last = lastMeasurement
    ? `De laatste meting is van ${inDutch(lastMeasurement.measuredOn)}.`
    : 'Er is niet gemeten.';
  return {
    title: 'Hoe dit doel afliep, is nog niet gemeten.',
    text: `Het liep tot en met ${inDutch(endsOn!)}. ${last} Met een meting aan het eind staat in de jaarevaluatie wat er is bereikt.`,
    href: '#metingen',
    label: 'Voeg de meting toe',
  };
}
