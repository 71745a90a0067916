import type { FieldError } from '../platform/common/problems.js';
import type { ActionStatus } from './action.entity.js';
import type { ActionState, Change } from './action-update.entity.js';

const NEEDS_REASON: ReadonlySet<ActionStatus> = new Set(['blocked', 'on_hold', 'cancelled']);
/** The statuses that end an action. */
export const CLOSED_STATUSES = ['done', 'cancelled'] as const satisfies ActionStatus[];

export const isClosed = (status: ActionStatus): boolean =>
  (CLOSED_STATUSES as readonly ActionStatus[]).includes(status);

/** How the status reads on a day: on hold ends by itself, from its resume date it reads as open. */
export function statusOn(action: Pick<ActionState, 'status' | 'resumeOn'>, day: string): ActionStatus {
  return action.status === 'on_hold' && action.resumeOn !== null && action.resumeOn <= day ? 'open' : action.status;
}

/** Leaving done or cancelled. */
export function isReopening(before: Pick<ActionState, 'status'>, change: Change): boolean {
  return change.status !== undefined && isClosed(before.status) && change.status !== before.status;
}

/** The status with all that hangs on it after a change that happened on that day. */
export function withStatus(before: ActionState, change: Change, effectiveOn: string): ActionState {
  const status = change.status ?? before.status;
  const isDone = status === 'done';
  const wasDone = before.status === 'done';
  const isSame = change.status === undefined;
  const result = isDone ? (change.result !== undefined ? change.result : before.result) : null;
  const size = change.resultSize !== undefined ? change.resultSize : before.resultSize;
  return {
    ...before,
    status,
    statusReason: NEEDS_REASON.has(status) ? (isSame ? before.statusReason : (change.reason ?? null)) : null,
    resumeOn: status === 'on_hold' ? (change.resumeOn ?? before.resumeOn) : null,
    realisation: isDone ? (change.realisation ?? (wasDone ? before.realisation : 'full')) : null,
    result,
    // Nothing that came of it is neither small nor large.
    resultSize: result === null ? null : size,
    doneOn: isDone ? (wasDone ? before.doneOn : effectiveOn) : null,
    closedOn: isClosed(status) ? (status === before.status ? before.closedOn : effectiveOn) : null,
  };
}

/** What a change of status still lacks or may not carry. */
export function statusGaps(before: ActionState, change: Change, effectiveOn: string): FieldError[] {
  const gaps: FieldError[] = [];
  const { status } = change;
  if (status && NEEDS_REASON.has(status) && !change.reason) {
    gaps.push({ field: 'reason', message: `reason must say why it is ${status}` });
  } else if (isReopening(before, change) && !change.reason) {
    gaps.push({ field: 'reason', message: `reason must say why it is no longer ${before.status}` });
  }
  if (status === 'on_hold' && !change.resumeOn) {
    gaps.push({ field: 'resumeOn', message: 'resumeOn must say from which day it goes on' });
  } else if (status === 'on_hold' && change.resumeOn! <= effectiveOn) {
    gaps.push({ field: 'resumeOn', message: `resumeOn must lie after ${effectiveOn}` });
  } else if (status !== 'on_hold' && change.resumeOn) {
    gaps.push({ field: 'resumeOn', message: 'resumeOn belongs to the status on_hold' });
  }
  if ((status ?? before.status) !== 'done') {
    for (const field of ['realisation', 'result', 'resultSize'] as const) {
      if (change[field]) gaps.push({ field, message: `${field} belongs to the status done` });
    }
  }
  return gaps;
}
