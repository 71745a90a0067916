import type { FieldError } from '../platform/common/problems.js';
import type { ActionStatus } from './action.entity.js';
import type { ActionState, Change } from './history/action-update.entity.js';

/** The meaning of a status. A new one needs a line here and its words in words.ts. */
interface Meaning {
  /** It ends the action. */
  isClosed?: true;
  needsReason?: true;
}
const MEANINGS: Record<ActionStatus, Meaning> = {
  open: {},
  in_progress: {},
  blocked: { needsReason: true },
  on_hold: { needsReason: true },
  done: { isClosed: true },
  cancelled: { isClosed: true, needsReason: true },
};
const STATUSES = Object.keys(MEANINGS) as ActionStatus[];

export const isStatus = (word: string): word is ActionStatus => Object.hasOwn(MEANINGS, word);

type ClosedStatus = 'done' | 'cancelled';
export type OpenStatus = Exclude<ActionStatus, ClosedStatus>;
export const isClosed = (status: ActionStatus): status is ClosedStatus => MEANINGS[status].isClosed === true;
export const CLOSED_STATUSES: readonly ClosedStatus[] = STATUSES.filter(isClosed);
/** The same for SQL: `IN (${CLOSED_LIST})`. */
export const CLOSED_LIST = CLOSED_STATUSES.map((status) => `'${status}'`).join(', ');
export const OPEN_STATUSES = STATUSES.filter((status): status is OpenStatus => !isClosed(status));
export const needsReason = (status: ActionStatus): boolean => MEANINGS[status].needsReason === true;

/** The possible answers about an action: its statuses, and some that say more. */
export const ANSWERS = [
  'in_progress',
  'done',
  'partly',
  'blocked',
  'on_hold',
  'later',
  'cancelled',
  'not_ours',
  'discuss',
] as const;
/** At the meeting a new date is agreed, earlier or later. */
export const AT_TABLE = ['done', 'move', 'in_progress', 'blocked', 'cancelled'] as const;
export type Answer = (typeof ANSWERS)[number] | (typeof AT_TABLE)[number];

/** Leaving done or cancelled. */
export function isReopening(before: Pick<ActionState, 'status'>, change: Change): boolean {
  return change.status !== undefined && isClosed(before.status) && change.status !== before.status;
}

/** Only what is done has a result. */
function resultAfter(before: ActionState, change: Change): string | null {
  if ((change.status ?? before.status) !== 'done') return null;
  return change.result !== undefined ? change.result : before.result;
}

/** The status and all fields that depend on it, after a change on that day. */
export function withStatus(before: ActionState, change: Change, effectiveOn: string): ActionState {
  const status = change.status ?? before.status;
  const isDone = status === 'done';
  const wasDone = before.status === 'done';
  const isSame = change.status === undefined;
  const result = resultAfter(before, change);
  const size = change.resultSize !== undefined ? change.resultSize : before.resultSize;
  return {
    ...before,
    status,
    statusReason: needsReason(status) ? (isSame ? before.statusReason : (change.reason ?? null)) : null,
    resumeOn: status === 'on_hold' ? (change.resumeOn ?? before.resumeOn) : null,
    realisation: isDone ? (change.realisation ?? (wasDone ? before.realisation : 'full')) : null,
    result,
    // Without a result there is no size.
    resultSize: result === null ? null : size,
    doneOn: isDone ? (wasDone ? before.doneOn : effectiveOn) : null,
    closedOn: isClosed(status) ? (status === before.status ? before.closedOn : effectiveOn) : null,
  };
}

/** Violations of a status change: what is missing or not allowed. */
export function statusViolations(before: ActionState, change: Change, effectiveOn: string): FieldError[] {
  const violations: FieldError[] = [];
  const { status } = change;
  if (status && needsReason(status) && !change.reason) {
    violations.push({ field: 'reason', message: `reason is required for the status ${status}` });
  } else if (isReopening(before, change) && !change.reason) {
    violations.push({ field: 'reason', message: `reason is required to reopen an action that is ${before.status}` });
  }
  if (status === 'on_hold' && !change.resumeOn) {
    violations.push({ field: 'resumeOn', message: 'resumeOn is required for the status on_hold' });
  } else if (status === 'on_hold' && change.resumeOn! <= effectiveOn) {
    violations.push({ field: 'resumeOn', message: `resumeOn must be after ${effectiveOn}` });
  } else if (status !== 'on_hold' && change.resumeOn) {
    violations.push({ field: 'resumeOn', message: 'resumeOn is only allowed for the status on_hold' });
  }
  if ((status ?? before.status) !== 'done') {
    for (const field of ['realisation', 'result', 'resultSize'] as const) {
      if (change[field]) violations.push({ field, message: `${field} is only allowed for the status done` });
    }
  } else if (change.resultSize && resultAfter(before, change) === null) {
    violations.push({ field: 'resultSize', message: 'resultSize is only allowed with a result' });
  }
  return violations;
}
