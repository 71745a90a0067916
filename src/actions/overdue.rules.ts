import { daysBetween } from '../platform/common/calendar-date.js';
import type { Params } from '../platform/database/rows.js';
import type { ActionStatus } from './action.entity.js';
import type { ActionState } from './history/action-update.entity.js';
import { isClosed } from './statuses.rules.js';

// Each rule is next to its SQL, which takes the alias of a row of actions (or of their states) and a placeholder of
// the day. A test ensures that both are equivalent on both databases.

type Standing = Pick<ActionState, 'status' | 'resumeOn'>;

/** The status on a day: on hold ends by itself, so from its resume date the action counts as open. */
export function statusOn({ status, resumeOn }: Standing, day: string): ActionStatus {
  return status === 'on_hold' && resumeOn !== null && resumeOn <= day ? 'open' : status;
}

export const statusOnSql = (row: string, day: string): string =>
  `CASE WHEN ${row}."status" = 'on_hold' AND ${row}."resumeOn" <= ${day} THEN 'open' ELSE ${row}."status" END`;

/** The reason for the status on a day: that of being on hold ends with it. */
export const reasonOn = (action: Standing & { statusReason: string | null }, day: string): string | null =>
  statusOn(action, day) === action.status ? action.statusReason : null;

export const reasonOnSql = (row: string, day: string): string =>
  `CASE WHEN ${row}."status" = 'on_hold' AND ${row}."resumeOn" <= ${day} THEN NULL ELSE ${row}."statusReason" END`;

/** SQL for "has this status on the day", in a form that can use an index on the status. */
export function readsAsSql(row: string, status: ActionStatus, day: () => string, params: Params): string {
  const [is, resumes] = [`${row}."status" =`, `${row}."resumeOn"`];
  if (status === 'open') return `(${is} 'open' OR (${is} 'on_hold' AND ${resumes} <= ${day()}))`;
  if (status === 'on_hold') return `(${is} 'on_hold' AND (${resumes} IS NULL OR ${resumes} > ${day()}))`;
  return `${is} ${params.add(status)}`;
}

/** Whether its deadline counts on a day: it is neither finished nor on hold. */
export function isRunning(action: Standing, day: string): boolean {
  const status = statusOn(action, day);
  return !isClosed(status) && status !== 'on_hold';
}

/** Finished actions have a closing day; the first condition must be literally that of the partial indexes. */
export const isRunningSql = (row: string, day: string): string =>
  `${row}."closedOn" IS NULL AND ${isOffHoldSql(row, day)}`;

/** Of an action that is not finished, whether its deadline counts: without the closing day, which partial indexes lack. */
export const isOffHoldSql = (row: string, day: string): string =>
  `(${row}."status" <> 'on_hold' OR ${row}."resumeOn" <= ${day})`;

/** Whole days past the deadline; 0 when finished, on hold, undated or not yet due. The day itself is in time. */
export function daysOverdue(action: Standing & Pick<ActionState, 'dueOn'>, day: string): number {
  return action.dueOn !== null && action.dueOn < day && isRunning(action, day) ? daysBetween(action.dueOn, day) : 0;
}

/** Whether the deadline has passed and the action is not finished or on hold; always computed, never stored. */
export const isOverdue = (action: Standing & Pick<ActionState, 'dueOn'>, day: string): boolean =>
  daysOverdue(action, day) > 0;

export const isOverdueSql = (row: string, day: string): string =>
  `${isRunningSql(row, day)} AND ${row}."dueOn" < ${day}`;

/** Past its check date and not finished or on hold: "graag een stand van zaken". */
export const isToBeChecked = (action: Standing & Pick<ActionState, 'checkOn'>, day: string): boolean =>
  action.checkOn !== null && action.checkOn < day && isRunning(action, day);

export const isToBeCheckedSql = (row: string, day: string): string =>
  `${isRunningSql(row, day)} AND ${row}."checkOn" < ${day}`;
