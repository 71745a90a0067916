import type { HttpException } from '@nestjs/common';
import type { Organisation } from '../../directory/organisations/organisation.entity.js';
import type { Caller } from '../../platform/access/caller.js';
import type { UnversionedField } from '../action.entity.js';
import type { LockedAction } from '../history/action-history.service.js';
import type { CreateUpdateDto } from '../history/action-updates.dto.js';
import type { ChangeActionDto, CreateActionDto } from '../actions.dto.js';
import type { Planned } from '../deadlines.rules.js';
import type { HistoryRow } from '../history/history.rules.js';
import type { PlannedChange } from '../planned-change.js';
import type { KnownReferences } from '../references/references.rules.js';
import type { SessionRef } from './session-refs.rules.js';

/** When something was entered, and where its ids come from; used only to generate demo history. */
export interface Entered {
  at: string;
  newId: () => string;
}

/** The fields that an imported list may contain and the history does not store. */
export type ListedField = Exclude<UnversionedField, 'agendaItemId' | 'publicText'>;

/** A new action from a list: recorded in an area, between sessions, not confidential. */
export type ListedAction = Pick<CreateActionDto, 'title' | 'theme' | 'coOwnerIds' | 'dueOn' | ListedField> &
  Required<Pick<CreateActionDto, 'areaId' | 'ownerId' | 'dueKind'>>;

/** A request for one action: to record it, or to change it as it was read. */
export interface ChangeRequest {
  by: Caller;
  record?: { input: ListedAction; recordedOn: string };
  /** Without a version, no check for concurrent changes. */
  action?: { id: string; version?: number };
  /** Applied before an edit, because an owner is never a co-owner and the former owner may become one. */
  update?: CreateUpdateDto;
  edit?: Pick<ChangeActionDto, 'title' | 'theme' | 'coOwnerIds' | ListedField>;
  entered?: Entered;
}

/** The facts against which requests are validated, read beforehand in a few statements. */
export interface ChangeFacts {
  /** Locked, by id. */
  actions: ReadonlyMap<string, LockedAction>;
  /** The full histories of actions with an entry for an earlier day. */
  histories: ReadonlyMap<string, HistoryRow[]>;
  /** The sessions in which updates are entered, locked, by id. */
  sessions: ReadonlyMap<string, SessionRef>;
  /** The sessions of a meeting, for deadlines that depend on the next one. */
  planned: ReadonlyMap<string, readonly Planned[]>;
  /** The notes of the discussion of an action, by `noteKey`. */
  notes: ReadonlyMap<string, string>;
  /** The meeting that a new action of an area belongs to. */
  meetings: ReadonlyMap<string, string | null>;
  /** The organisation into which one with finished work was merged. */
  successors: ReadonlyMap<string, Pick<Organisation, 'id' | 'name'>>;
  known: KnownReferences;
}

/** The outcome of a request: a change, or why it is rejected. */
export type Outcome = { change: PlannedChange; refusal?: undefined } | { refusal: HttpException; change?: undefined };
