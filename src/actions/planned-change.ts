import type { Actor } from '../platform/access/caller.js';
import type { LockedAction } from './history/action-history.service.js';
import type { UpdateKind } from './history/action-update.entity.js';
import type { Action } from './action.entity.js';
import type { HistoryRow } from './history/history.rules.js';

/** The context of an update. */
export interface UpdateContext {
  by: Actor;
  sessionId?: string | null;
  onBehalfOfId?: string | null;
  comment?: string | null;
  /** Defaults to now. */
  recordedAt?: string;
}

/** The planned state of an action, not yet written. */
export interface PlannedChange {
  /** With the requested changes applied. */
  action: LockedAction;
  /** As stored in the database; null for a new one. */
  before: LockedAction | null;
  history: HistoryRow[];
  appended: { row: HistoryRow; context: UpdateContext }[];
  /** The kinds of updates requested, for the audit trail. */
  kinds: UpdateKind[];
  /** Changed fields that the history does not store, and the day from which they count. */
  kept?: { fields: Partial<Action>; on: string };
}
