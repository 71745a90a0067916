import type { ActionStatus } from '../../actions/action.entity.js';
import { isClosed } from '../../actions/statuses.rules.js';
import { type Course, COURSES } from '../../goals/goal-course.entity.js';
import type { EscalationRow } from './escalations.service.js';
import type { YearGoal } from './year-goals.service.js';

/** The number of escalations, whether they were answered, and the present status of their actions. */
export function escalationsOf(found: readonly EscalationRow[]) {
  const answered = found.filter(({ answeredOn }) => answeredOn !== null).length;
  const statusOf = new Map(found.map(({ actionId, status }) => [actionId, status]));
  const actionsWith = (isWanted: (status: ActionStatus) => boolean): number =>
    [...statusOf.values()].filter(isWanted).length;
  return {
    asked: found.length,
    answered,
    unanswered: found.length - answered,
    /** The number of actions concerned; one action can have several steps. */
    actions: statusOf.size,
    actionsDone: actionsWith((status) => status === 'done'),
    actionsCancelled: actionsWith((status) => status === 'cancelled'),
    actionsOpen: actionsWith((status) => !isClosed(status)),
    items: [...found],
  };
}

/** The number of goals per colour, and the goals themselves. */
export function goalsOf(goals: readonly YearGoal[]) {
  const count = (course: Course): number => goals.filter((goal) => goal.course === course).length;
  return {
    total: goals.length,
    ...(Object.fromEntries(COURSES.map((course) => [course, count(course)])) as Record<Course, number>),
    items: [...goals],
  };
}
