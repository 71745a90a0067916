import { daysBetween } from '../../platform/common/calendar-date.js';
import type { Action } from '../action.entity.js';
import type { Obstacle } from './escalations.dto.js';
import { daysOverdue, statusOn } from '../overdue.rules.js';

/** The number of days the person asked has to answer before a next step is possible. */
export const ANSWER_WITHIN_DAYS = 14;

type Stuck = Pick<Action, 'status' | 'resumeOn' | 'dueOn' | 'isConfidential' | 'isWithdrawn'>;
type Step = { askedOn: string; answeredAt: string | null; isAnswerable: boolean };

/**
 * Why nobody can be asked now; null if an escalation is possible: the action is blocked or more than `escalationDays`
 * overdue, and the previous step was answered, is 14 days old, or can no longer be answered. Confidential actions are
 * never mailed, so not escalated.
 */
export function escalationViolation(
  action: Stuck,
  steps: readonly Step[],
  escalationDays: number,
  today: string,
): Obstacle | null {
  if (action.isWithdrawn) return 'ACTION_WITHDRAWN';
  if (action.isConfidential) return 'CONFIDENTIAL_ACTION';
  const isStuck = statusOn(action, today) === 'blocked' || daysOverdue(action, today) > escalationDays;
  if (!isStuck) return 'NOT_STUCK';
  const last = steps.at(-1);
  const isAwaited =
    last && last.answeredAt === null && last.isAnswerable && daysBetween(last.askedOn, today) < ANSWER_WITHIN_DAYS;
  return isAwaited ? 'AWAITING_ANSWER' : null;
}
