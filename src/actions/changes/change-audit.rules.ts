import type { Subject } from '../../platform/access/caller.js';
import type { AuditOperation } from '../../platform/audit/operations.js';
import type { LockedAction } from '../history/action-history.service.js';
import type { UpdateKind } from '../history/action-update.entity.js';
import type { PlannedChange } from '../planned-change.js';

/** The operation names the audit trail uses for the kinds of update. */
const OPERATION_OF: Record<UpdateKind, AuditOperation> = {
  recorded: 'action.recorded',
  status: 'action.status_changed',
  reopening: 'action.reopened',
  deadline: 'action.deadline_changed',
  owner: 'action.owner_changed',
  handing_back: 'action.handed_back',
  edit: 'action.edited',
  comment: 'action.commented',
  discussion_asked: 'action.discussion_asked',
  withdrawal: 'action.withdrawn',
};

/** The audit entries of a change: one per update requested. */
export function auditEntriesOf({ action, kinds }: PlannedChange): { operation: AuditOperation; subject: Subject }[] {
  const subject = subjectOf(action);
  return kinds.map((kind) => ({ operation: OPERATION_OF[kind], subject }));
}

export function subjectOf({ id, areaId, isConfidential, partyIds }: LockedAction): Subject {
  return { type: 'action', id, areaId, isConfidential, partyIds };
}
