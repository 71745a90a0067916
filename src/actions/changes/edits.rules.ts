import type { Caller } from '../../platform/access/caller.js';
import type { FieldError } from '../../platform/common/problems.js';
import type { LockedAction } from '../history/action-history.service.js';
import type { ChangeActionDto } from '../actions.dto.js';
import { presentDay } from '../history/history.rules.js';
import { coOwnerViolations, partyViolations, type References } from '../references/references.rules.js';
import type { ChangeRequest } from './change-request.js';

/** The day of an edit: corrections while its session is open belong to that session. */
export const editedOn = (action: LockedAction, { today }: Caller): string =>
  action.isOriginOpen ? action.recordedOn : presentDay(action, today);

type Named = Pick<ChangeActionDto, 'coOwnerIds' | 'partyIds'>;

/** Organisations that are already named may remain, even if they have been merged since. */
export const freshlyNamed = (action: LockedAction, { coOwnerIds, partyIds }: Named): Named => ({
  coOwnerIds: coOwnerIds?.filter((id) => !action.coOwnerIds.includes(id)),
  partyIds: partyIds?.filter((id) => !action.partyIds.includes(id)),
});

/** The same, with the goal, opgave and action that it refers to. */
export const namedIn = (action: LockedAction, edit: NonNullable<ChangeRequest['edit']>): References => {
  const { goalId, opgaveId, requestedById, followsOnId } = edit;
  return { ...freshlyNamed(action, edit), goalId, opgaveId, requestedById, followsOnId };
};

/** Violations in an edit of an action: by its owner, and because it is, or is not, confidential. */
export function editViolations(
  action: LockedAction,
  edit: Named & Pick<ChangeActionDto, 'isPublic'>,
  by: Caller,
): FieldError[] {
  const { ownerId } = action;
  return [
    ...coOwnerViolations({ ownerId, coOwnerIds: edit.coOwnerIds }),
    ...confidentialEditViolations(action, edit, by),
  ];
}

/** Violations in an edit because the action is, or is not, confidential. */
function confidentialEditViolations(
  action: LockedAction,
  { coOwnerIds = action.coOwnerIds, partyIds, isPublic }: Named & Pick<ChangeActionDto, 'isPublic'>,
  by: Caller,
): FieldError[] {
  if (!action.isConfidential) {
    return partyIds ? [{ field: 'partyIds', message: 'partyIds is only allowed for a confidential action' }] : [];
  }
  const violations = partyViolations(partyIds ?? action.partyIds, { ownerId: action.ownerId, coOwnerIds }, by);
  return isPublic
    ? [{ field: 'isPublic', message: 'a confidential action cannot be public' }, ...violations]
    : violations;
}
