import { isClosed } from '../../actions/statuses.rules.js';
import type { Course } from '../../goals/goal-course.entity.js';
import type { EscalationRow } from './escalations.service.js';
import type { EscalationFigure, FigureCase, GoalFigure } from './figure-names.js';
import type { YearGoal } from './year-goals.service.js';

const BLANK = { number: null, area: null, theme: null, organisation: null, dueOn: null, doneOn: null, judgement: null };

/** The escalation steps a figure counts; for figures on actions the first step of each action. */
export function escalationCases(name: EscalationFigure, found: readonly EscalationRow[]): FigureCase[] {
  const isFirst = (one: EscalationRow): boolean =>
    found.find(({ actionId }) => actionId === one.actionId)!.step === one.step;
  const counts: Record<EscalationFigure, (one: EscalationRow) => boolean> = {
    'escalations.asked': () => true,
    'escalations.answered': ({ answeredOn }) => answeredOn !== null,
    'escalations.unanswered': ({ answeredOn }) => answeredOn === null,
    'escalations.actions': isFirst,
    'escalations.actionsDone': (one) => isFirst(one) && one.status === 'done',
    'escalations.actionsCancelled': (one) => isFirst(one) && one.status === 'cancelled',
    'escalations.actionsOpen': (one) => isFirst(one) && !isClosed(one.status),
  };
  return found.filter(counts[name]).map((one) => ({
    ...BLANK,
    ...{ type: 'action', id: one.actionId, number: one.number, title: one.title, organisation: one.organisation },
    ...{ status: one.status, on: one.askedOn, dueOn: one.decidedFor, doneOn: one.answeredOn },
  }));
}

/** The goals a figure counts. */
export function goalCases(name: GoalFigure, found: readonly YearGoal[]): FigureCase[] {
  const course = name.slice('goals.'.length) as Course | 'total';
  return found
    .filter((goal) => course === 'total' || goal.course === course)
    .map(({ goalId, title, area, theme, course: status, decidedOn }) => ({
      ...BLANK,
      ...{ type: 'goal', id: goalId, title, area, theme, status, on: decidedOn },
    }));
}
