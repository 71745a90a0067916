import { addDays, dayOf } from '../../platform/common/calendar-date.js';
import type { Metric } from '../../goals/goal.entity.js';
import { percentage } from './figures.rules.js';

/**
 * Whether a case counts for the goal, against it, not yet (it is not due), or not at all.
 * @schema FigureOutcome
 */
export type Outcome = 'for' | 'against' | 'not_due' | 'apart';

/** A session in the period, with its minutes. */
export interface SessionCase {
  heldOn: string;
  state: string;
  sentAt: string | null;
}

/** One organisation invited to one session, and whether it attended. */
export interface AttendanceCase {
  best: number | null;
}

/** An action as it stood on the day. */
export interface ActionCase {
  status: string;
  dueOn: string | null;
  originalDueOn: string | null;
  doneOn: string | null;
  ownerKind: string | null;
  judgement: string | null;
}

/** A session that was opened was held, closed or not; one that was not opened by the end of its day was not. */
export const wasHeld = ({ state }: Pick<SessionCase, 'state'>): Outcome =>
  state === 'open' || state === 'closed' ? 'for' : 'against';

/** Exactly n days is in time; sent later or unsent past the limit counts against; before the limit it is not due. */
export function minutesSent({ heldOn, state, sentAt }: SessionCase, days: number, asOf: string): Outcome {
  if (wasHeld({ state }) !== 'for') return 'apart';
  const limit = addDays(heldOn, days);
  if (sentAt !== null && dayOf(sentAt) <= asOf) return dayOf(sentAt) <= limit ? 'for' : 'against';
  return asOf > limit ? 'against' : 'not_due';
}

export const attended = ({ best }: AttendanceCase): Outcome => (best === 2 ? 'for' : 'against');

/** On or before the deadline counts; later or overdue counts against; on hold is not due; cancelled, undated: not at all. */
export function doneOnTime(action: ActionCase, against: 'last' | 'original', asOf: string): Outcome {
  const deadline = against === 'last' ? action.dueOn : action.originalDueOn;
  if (action.status === 'cancelled' || deadline === null) return 'apart';
  if (action.status === 'done') return action.doneOn! <= deadline ? 'for' : 'against';
  return action.status !== 'on_hold' && deadline < asOf ? 'against' : 'not_due';
}

/** Done counts; in time or on hold is not due; undated and not done counts against. */
export function completed(action: ActionCase, asOf: string): Outcome {
  if (action.status === 'done') return 'for';
  if (action.status === 'cancelled') return 'apart';
  if (action.status === 'on_hold') return 'not_due';
  return action.dueOn !== null && action.dueOn >= asOf ? 'not_due' : 'against';
}

export function ownedByPartner({ ownerKind }: ActionCase): Outcome {
  if (ownerKind === null) return 'apart';
  return ownerKind === 'municipality' ? 'against' : 'for';
}

/** Of actions done: judged realised by the other party. Without its judgement yet, it is not due. */
export function judgedRealised({ status, judgement }: ActionCase): Outcome {
  if (judgement !== null) return judgement === 'realised' ? 'for' : 'against';
  return status === 'done' ? 'not_due' : 'apart';
}

/** The outcome of an action for one of the figures over actions. */
export function actionOutcome(metric: Metric, action: ActionCase, asOf: string): Outcome {
  if (metric.kind === 'actions_on_time') return doneOnTime(action, metric.against ?? 'last', asOf);
  if (metric.kind === 'actions_completed') return completed(action, asOf);
  return metric.kind === 'partner_share' ? ownedByPartner(action) : judgedRealised(action);
}

/** The number of cases that count for the goal; null if there are no cases to count. */
export const countOf = (outcomes: readonly Outcome[]): number | null =>
  outcomes.length === 0 ? null : outcomes.filter((outcome) => outcome === 'for').length;

/** The percentage counting for the goal, rounded; null if no case counts: not measured, which is neither 0 nor 100 % */
export function shareOf(outcomes: readonly Outcome[]): number | null {
  const good = outcomes.filter((outcome) => outcome === 'for').length;
  return percentage(good, good + outcomes.filter((outcome) => outcome === 'against').length);
}
