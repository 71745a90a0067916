import { isPermittedIn } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { mayWrite, mustBeAllowed } from '../action-access.rules.js';
import { type LockedAction, lastRowOf, type Told } from '../action-history.service.js';
import { blankOf, fieldsOfNew, wantedBy } from '../action-recording.service.js';
import { partyGaps } from '../action-references.service.js';
import type { ActionState, Change } from '../action-update.entity.js';
import type { CreateUpdateDto } from '../action-updates.dto.js';
import { applyChange, changeGaps } from '../actions.rules.js';
import type { ChangeActionDto, CreateActionDto } from '../actions.dto.js';
import { deadlineMistakes, filledIn, isCheckAnswered, type Planned } from '../deadlines.rules.js';
import { askedBy, enteredRows, happenedOn, type HistoryRow, lastRowOn, updateGaps } from '../history.rules.js';
import { newId } from '../../platform/common/ids.js';
import { type FieldError, forbidden, invalid } from '../../platform/common/problems.js';

/** A new action as a list gives it: of an area, agreed between sessions, and not confidential. */
export type ListedAction = Pick<CreateActionDto, 'title' | 'details' | 'theme' | 'coOwnerIds' | 'dueOn'> &
  Required<Pick<CreateActionDto, 'areaId' | 'ownerId' | 'dueKind'>>;

/** What is asked of one action: to record it, or to change it as it was read. `at` is where it stands in the list. */
export interface Wish {
  at: number;
  record?: { input: ListedAction; recordedOn: string };
  action?: { id: string; version: number };
  edit?: Pick<ChangeActionDto, 'title' | 'theme' | 'coOwnerIds'>;
  update?: CreateUpdateDto;
}

/** What the wishes are held against, read before in a few statements. */
export interface Facts {
  /** Locked, by id. */
  actions: ReadonlyMap<string, LockedAction>;
  /** The whole histories of those to which something is entered of an earlier day. */
  histories: ReadonlyMap<string, HistoryRow[]>;
  /** The meeting that a new action of an area belongs to. */
  meetings: ReadonlyMap<string, string | null>;
  sessions: ReadonlyMap<string, readonly Planned[]>;
  organisationIds: ReadonlySet<string>;
}

/** An action as it will be, not written yet. */
export interface Draft {
  at: number;
  /** With what was asked of it worked out. */
  action: LockedAction;
  /** As it stands in the database; null for a new one. */
  before: LockedAction | null;
  appended: { one: HistoryRow; told: Told }[];
  operations: string[];
}

interface Working extends Draft {
  history: HistoryRow[];
  facts: Facts;
  by: Caller;
}

/** Works out a wish. Throws as the single verbs do: what they refuse is refused here. */
export function draftOf(wish: Wish, facts: Facts, by: Caller): Draft {
  const { at, record, action, update, edit } = wish;
  const draft = record ? newDraft(at, record, facts, by) : knownDraft(at, facts.actions.get(action!.id)!, facts, by);
  // A new owner first: an owner is never a co-owner, and the old one may become that.
  if (update) enter(draft, update);
  if (edit) change(draft, edit);
  return draft;
}

function newDraft(at: number, { input, recordedOn }: NonNullable<Wish['record']>, facts: Facts, by: Caller): Working {
  const { areaId, ownerId, coOwnerIds } = input;
  const meetingId = facts.meetings.get(areaId);
  if (meetingId === undefined) throw invalid([{ field: 'areaId', message: 'areaId is not an area with actions' }]);
  if (!isPermittedIn(by, 'actions.write', areaId)) throw forbidden();
  const wanted = wantedBy(input);
  refuseWhen([...deadlineMistakes(wanted), ...unknown(facts, ownerId, coOwnerIds)]);
  const whole = filledIn(wanted, recordedOn, sessionsOf(facts, meetingId));
  const blank = blankOf(input, areaId, false, recordedOn);
  const { state } = applyChange(blank, whole, { effectiveOn: recordedOn, isAtOrigin: true });
  const first: HistoryRow = {
    id: newId(),
    sequence: 1,
    kind: 'recorded',
    change: {},
    effectiveOn: recordedOn,
    isAtOrigin: false,
    restatesId: null,
    state,
  };
  const action: LockedAction = {
    id: newId(),
    number: '',
    ...fieldsOfNew(input, meetingId, null),
    ...state,
    version: 1,
    partyIds: [],
    isOriginOpen: false,
    lastSequence: 1,
    lastEffectiveOn: recordedOn,
  };
  const told = { one: first, told: { by } };
  return { at, action, before: null, appended: [told], operations: ['recorded'], history: [first], facts, by };
}

function knownDraft(at: number, action: LockedAction, facts: Facts, by: Caller): Working {
  const history = facts.histories.get(action.id) ?? [lastRowOf(action)];
  return { at, action, before: action, appended: [], operations: [], history, facts, by };
}

function enter(draft: Working, input: CreateUpdateDto): void {
  const { action, facts, by } = draft;
  mustBeAllowed(by, action, input);
  const { recordedOn, meetingId, dueKind, partyIds } = action;
  const effectiveOn = happenedOn(input, recordedOn, undefined, by.today);
  refuseWhen(updateGaps(input, effectiveOn, recordedOn, by.today));
  const asked = askedBy(input);
  const sessions = sessionsOf(facts, meetingId);
  const wanted = isCheckAnswered(action, asked, effectiveOn)
    ? { ...asked, checkOn: filledIn({ dueKind }, effectiveOn, sessions).checkOn }
    : filledIn(asked, effectiveOn, sessions);
  const { state } = lastRowOn(draft.history, effectiveOn)!;
  const { ownerId, comment, onBehalfOfId } = input;
  const gaps = [...deadlineMistakes(input), ...changeGaps(state, wanted, { effectiveOn, isAtOrigin: false })];
  gaps.push(...unknown(facts, ownerId));
  if (action.isConfidential && ownerId) gaps.push(...partyGaps(partyIds, { ownerId }, by));
  refuseWhen(gaps);
  append(draft, wanted, effectiveOn, { by, comment, onBehalfOfId });
}

function change(draft: Working, edit: NonNullable<Wish['edit']>): void {
  const { action, facts, by } = draft;
  mustBeAllowed(by, action, {});
  if (!mayWrite(by, action)) throw forbidden();
  const gaps = unknown(facts, undefined, edit.coOwnerIds);
  const { ownerId, partyIds, coOwnerIds } = action;
  if (action.isConfidential) gaps.push(...partyGaps(partyIds, { ownerId, coOwnerIds, ...edit }, by));
  refuseWhen(gaps);
  append(draft, { ...edit, edited: true }, by.today, { by });
}

/** A change that follows from something greater: no wish of a person, so no right is asked. */
export function draftOfChange(at: number, action: LockedAction, wanted: Change, on: string, told: Told): Draft {
  const draft = { at, action, before: action, appended: [], operations: [], history: [lastRowOf(action)] };
  append(draft, wanted, on, told);
  return draft;
}

function append(draft: Omit<Working, 'facts' | 'by'>, wanted: Change, effectiveOn: string, told: Told): void {
  const entry = { id: newId(), change: wanted, effectiveOn, isAtOrigin: false };
  const rows = enteredRows(draft.history, entry, newId);
  draft.history = [...draft.history, ...rows];
  for (const one of rows) draft.appended.push({ one, told: one.restatesId === null ? told : { by: told.by } });
  draft.operations.push(rows[0].kind === 'edit' ? 'edited' : rows[0].kind);
  const state: ActionState = rows.at(-1)!.state;
  draft.action = { ...draft.action, ...state, version: draft.action.version + 1 };
}

const sessionsOf = (facts: Facts, meetingId: string | null): readonly Planned[] =>
  (meetingId !== null && facts.sessions.get(meetingId)) || [];

function unknown({ organisationIds }: Facts, ownerId?: string, coOwnerIds: readonly string[] = []): FieldError[] {
  const gaps: FieldError[] = [];
  if (ownerId && !organisationIds.has(ownerId)) {
    gaps.push({ field: 'ownerId', message: 'ownerId is not an organisation, or it was merged' });
  }
  if (coOwnerIds.some((id) => !organisationIds.has(id))) {
    gaps.push({ field: 'coOwnerIds', message: 'coOwnerIds names an organisation that is unknown or was merged' });
  }
  return gaps;
}

function refuseWhen(gaps: FieldError[]): void {
  if (gaps.length > 0) throw invalid(gaps);
}
