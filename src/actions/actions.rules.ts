import type { FieldError } from '../platform/common/problems.js';
import type { ActionState, Change, UpdateKind } from './history/action-update.entity.js';
import { deadlineViolations, type Occasion, withDeadline } from './deadlines.rules.js';
import { isClosed, isReopening, statusViolations, withStatus } from './statuses.rules.js';

/**
 * Whether it has an owner (or is handed back, waiting for a new one) and a deadline. Incomplete ones exist only in
 * their session.
 */
export function isComplete(action: Pick<ActionState, 'ownerId' | 'isHandedBack' | 'dueKind'>): boolean {
  return (action.ownerId !== null || action.isHandedBack) && action.dueKind !== null;
}

/** The whole state after a change, and the kind of change. It validates nothing: check `changeViolations` first. */
export function applyChange(
  before: ActionState,
  change: Change,
  on: Occasion,
): { state: ActionState; kind: UpdateKind } {
  const edited: ActionState = {
    ...before,
    title: change.title ?? before.title,
    theme: change.theme !== undefined ? change.theme : before.theme,
    isPublic: change.isPublic ?? before.isPublic,
    coOwnerIds: change.coOwnerIds ?? before.coOwnerIds,
    isWithdrawn: before.isWithdrawn || change.withdraw === true,
  };
  const state = withDeadline(before, withStatus(withOwner(edited, change), change, on.effectiveOn), change, on);
  return { state, kind: kindOf(before, change) };
}

/** Handing over and handing back. The owner is never also a co-owner. */
function withOwner(state: ActionState, change: Change): ActionState {
  if (change.handBack) return { ...state, ownerId: null, ownerPersonId: null, isHandedBack: true };
  const ownerId = change.ownerId ?? state.ownerId;
  const isNew = ownerId !== state.ownerId;
  return {
    ...state,
    ownerId,
    ownerPersonId: change.ownerPersonId !== undefined ? change.ownerPersonId : isNew ? null : state.ownerPersonId,
    isHandedBack: isNew ? false : state.isHandedBack,
    coOwnerIds: state.coOwnerIds.filter((id) => id !== ownerId),
  };
}

const EDITS = ['title', 'theme', 'isPublic', 'coOwnerIds', 'checkOn'] as const;
const RESULTS = ['status', 'realisation', 'result', 'resultSize'] as const;

function kindOf(before: ActionState, change: Change): UpdateKind {
  if (change.withdraw) return 'withdrawal';
  if (change.handBack) return 'handing_back';
  if (change.discuss) return 'discussion_asked';
  if (change.ownerId !== undefined || change.ownerPersonId !== undefined) return 'owner';
  if (isReopening(before, change)) return 'reopening';
  if (RESULTS.some((field) => change[field] !== undefined)) return 'status';
  if (change.dueKind !== undefined || change.dueOn !== undefined) return 'deadline';
  return change.edited || EDITS.some((field) => change[field] !== undefined) ? 'edit' : 'comment';
}

/** All violations of a change, one entry per field; empty if it may be applied. */
export function changeViolations(before: ActionState, change: Change, on: Occasion): FieldError[] {
  const violations = [...statusViolations(before, change, on.effectiveOn), ...deadlineViolations(before, change, on)];
  if (change.handBack && !change.reason) {
    violations.push({ field: 'reason', message: 'reason is required when handing back' });
  }
  if (change.handBack && (change.ownerId !== undefined || change.ownerPersonId !== undefined)) {
    violations.push({ field: 'handBack', message: 'handBack cannot be combined with a new owner' });
  }
  if (change.handBack && (change.dueKind !== undefined || change.dueOn !== undefined)) {
    violations.push({ field: 'handBack', message: 'handBack cannot be combined with a new deadline' });
  }
  if (change.handBack && isClosed(change.status ?? before.status)) {
    violations.push({ field: 'handBack', message: 'handBack is only allowed for an action that continues' });
  }
  return violations.filter(
    ({ field }, index) => violations.findIndex((violation) => violation.field === field) === index,
  );
}
