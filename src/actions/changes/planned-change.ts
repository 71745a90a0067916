import type { HttpException } from '@nestjs/common';
import type { Actor, Caller } from '../../platform/access/caller.js';
import type { LockedAction } from '../action-history.service.js';
import type { UpdateKind } from '../action-update.entity.js';
import type { CreateUpdateDto } from '../action-updates.dto.js';
import type { ChangeActionDto, CreateActionDto } from '../actions.dto.js';
import type { Planned } from '../deadlines.rules.js';
import type { HistoryRow } from '../history.rules.js';
import type { KnownReferences } from './references.rules.js';
import type { SessionRef } from './session-refs.rules.js';

/** When something was entered, and where its ids come from; only where the past is made up. */
export interface Entered {
  at: string;
  newId: () => string;
}

/** How an update came about. */
export interface UpdateContext {
  by: Actor;
  sessionId?: string | null;
  onBehalfOfId?: string | null;
  comment?: string | null;
  /** Now, when left out. */
  recordedAt?: string;
}

/** A new action as a list gives it: of an area, agreed between sessions, and not confidential. */
export type ListedAction = Pick<CreateActionDto, 'title' | 'details' | 'theme' | 'coOwnerIds' | 'dueOn'> &
  Required<Pick<CreateActionDto, 'areaId' | 'ownerId' | 'dueKind'>>;

/** What is asked of one action: to record it, or to change it as it was read. */
export interface ChangeRequest {
  by: Caller;
  record?: { input: ListedAction; recordedOn: string };
  /** Without a version: whatever it is now. */
  action?: { id: string; version?: number };
  /** Goes before an edit: an owner is never a co-owner, and the old one may become that. */
  update?: CreateUpdateDto;
  edit?: Pick<ChangeActionDto, 'title' | 'theme' | 'coOwnerIds'>;
  entered?: Entered;
}

/** What requests are held against, read before in a few statements. */
export interface ChangeFacts {
  /** Locked, by id. */
  actions: ReadonlyMap<string, LockedAction>;
  /** The whole histories of those to which something is entered of an earlier day. */
  histories: ReadonlyMap<string, HistoryRow[]>;
  /** The sessions in which updates are entered, held as they are, by id. */
  sessions: ReadonlyMap<string, SessionRef>;
  /** The sessions of a meeting, for what hangs on the next one. */
  planned: ReadonlyMap<string, readonly Planned[]>;
  /** What was noted of an action as it was discussed, by `noteKey`. */
  notes: ReadonlyMap<string, string>;
  /** The meeting that a new action of an area belongs to. */
  meetings: ReadonlyMap<string, string | null>;
  known: KnownReferences;
}

/** What becomes of a request: a change, or why it is refused. */
export type Outcome = { change: PlannedChange; refusal?: undefined } | { refusal: HttpException; change?: undefined };

/** An action as it will be, not written yet. */
export interface PlannedChange {
  /** With what was asked of it worked out. */
  action: LockedAction;
  /** As it stands in the database; null for a new one. */
  before: LockedAction | null;
  history: HistoryRow[];
  appended: { row: HistoryRow; context: UpdateContext }[];
  /** The kinds of update asked for, for the audit trail. */
  kinds: UpdateKind[];
}
