import type { FieldError } from '../../platform/common/problems.js';
import type { Action } from '../action.entity.js';
import type { CreateUpdateDto } from '../history/action-updates.dto.js';
import { daysOverdue } from '../overdue.rules.js';

type Late = Pick<Action, 'status' | 'resumeOn' | 'dueOn'>;

/** Fields that request something other than a discussion, which is for the meeting to decide. */
const OTHERS = [
  'status',
  'dueKind',
  'dueOn',
  'laterDueOn',
  'ownerId',
  'ownerPersonId',
  'handBack',
  'sessionId',
] as const;

/** Eight weeks: from then on "Bespreken" is offered, because another "loopt" would say nothing. */
const DISCUSSED_FROM_DAYS = 56;

/** Whether an action this many days overdue can be put on the table. */
export const mayAskToDiscuss = (daysLate: number): boolean => daysLate >= DISCUSSED_FROM_DAYS;

/** Violations in a request to discuss an action. */
export function discussViolations(input: CreateUpdateDto, action: Late, today: string): FieldError[] {
  if (!input.discuss) return [];
  const other = OTHERS.find((field) => input[field] !== undefined);
  if (other) return [{ field: 'discuss', message: `discuss cannot be combined with ${other}` }];
  if (mayAskToDiscuss(daysOverdue(action, today))) return [];
  return [
    {
      field: 'discuss',
      message: `discuss is only allowed if the action is at least ${DISCUSSED_FROM_DAYS} days overdue`,
    },
  ];
}
