import { isPermittedIn } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { mustMatch } from '../../platform/common/etag.js';
import { newId } from '../../platform/common/ids.js';
import { type FieldError, forbidden, invalid, notFound } from '../../platform/common/problems.js';
import { mayWrite, mustBeAllowed } from '../action-access.rules.js';
import type { LockedAction } from '../history/action-history.service.js';
import type { Change } from '../history/action-update.entity.js';
import type { CreateUpdateDto } from '../history/action-updates.dto.js';
import type { Action } from '../action.entity.js';
import { changeViolations, isComplete } from '../actions.rules.js';
import {
  dueKindViolations,
  filledIn,
  isAtOrigin,
  isCheckAnswered,
  laterViolations,
  type Planned,
} from '../deadlines.rules.js';
import {
  askedBy,
  enteredRows,
  type Entry,
  happenedOn,
  type HistoryRow,
  lastRowOn,
  presentDay,
  updateViolations,
} from '../history/history.rules.js';
import { discussViolations } from '../discussions/asking.rules.js';
import type { PlannedChange, UpdateContext } from '../planned-change.js';
import { partyViolations, referenceViolations, type References } from '../references/references.rules.js';
import { lastRowOf } from '../history/action-state.js';
import type { ChangeFacts, ChangeRequest } from './change-request.js';
import { editedOn, editViolations, namedIn } from './edits.rules.js';
import { plannedNew } from './new-actions.rules.js';
import { openFor, type SessionRef } from './session-refs.rules.js';

/** Applies one request to its action. Throws the rejection: 404, 403, 409, 412, or 400 with all violations at once. */
export function planned(request: ChangeRequest, facts: ChangeFacts): PlannedChange {
  const { record, update, edit } = request;
  const session = openFor(request.by, sessionOf(request, facts));
  const change = record ? ofList(request, record, facts) : known(request, facts);
  if (update) enter(change, update, session, request, facts);
  if (edit) editListed(change, edit, request, facts);
  return change;
}

function ofList(
  { by, entered }: ChangeRequest,
  { input, recordedOn }: NonNullable<ChangeRequest['record']>,
  facts: ChangeFacts,
): PlannedChange {
  const { areaId } = input;
  const meetingId = facts.meetings.get(areaId);
  if (meetingId === undefined) throw invalid([{ field: 'areaId', message: 'areaId is not an area with actions' }]);
  if (!isPermittedIn(by, 'actions.write', areaId)) throw forbidden();
  refuseWhen([...dueKindViolations(input), ...referenceViolations(input, facts.known)]);
  const origin = { areaId, meetingId, sessionId: null, recordedOn, isConfidential: false, partyIds: [] };
  return plannedNew(input, origin, plannedIn(facts, meetingId), { by }, entered?.newId ?? newId);
}

function known({ by, action: asked, update = {}, edit }: ChangeRequest, facts: ChangeFacts): PlannedChange {
  const action = facts.actions.get(asked!.id);
  if (!action) throw notFound();
  mustBeAllowed(by, action, update);
  if (edit && !mayWrite(by, action)) throw forbidden();
  if (asked!.version !== undefined) mustMatch(action, asked!.version);
  return unchanged(action, facts.histories.get(action.id) ?? [lastRowOf(action)]);
}

function enter(
  change: PlannedChange,
  input: CreateUpdateDto,
  session: SessionRef | undefined,
  { by, entered }: ChangeRequest,
  facts: ChangeFacts,
): void {
  const { action } = change;
  const { recordedOn, isConfidential, partyIds } = action;
  const effectiveOn = dayOf(action, input, session, by);
  refuseWhen([
    ...updateViolations(input, effectiveOn, recordedOn, by.today),
    ...discussViolations(input, action, by.today),
    ...(input.sessionId && session?.meetingId !== meetingOf(action)
      ? [{ field: 'sessionId', message: 'sessionId is not a session of its meeting' }]
      : []),
  ]);
  const asked = askedOf(input, action, effectiveOn, facts);
  if (session?.isReopened) asked.isAfterClosing = true;
  const { state } = lastRowOn(change.history, effectiveOn)!;
  const occasion = { effectiveOn, isAtOrigin: isAtOrigin(action, session?.id ?? null, effectiveOn, asked) };
  const { ownerId, comment, onBehalfOfId } = input;
  refuseWhen([
    ...dueKindViolations(input),
    ...laterViolations(input, state, by.today),
    ...changeViolations(state, asked, occasion),
    ...referenceViolations(referencesOf(input, change.history, effectiveOn), facts.known),
    ...(isConfidential && ownerId ? partyViolations(partyIds, { ownerId }, by) : []),
  ]);
  const context = { by, sessionId: session?.id, onBehalfOfId, comment, recordedAt: entered?.at };
  append(change, { change: asked, ...occasion }, context, entered?.newId);
  if (change.before?.closedOn && change.action.closedOn === null) goOnWithSuccessors(change, by, facts.successors);
}

/**
 * What a merged organisation had finished and is reopened goes on with the one it was merged into, as its open work did on the
 * day of the merger.
 */
function goOnWithSuccessors(change: PlannedChange, by: Caller, successors: ChangeFacts['successors']): void {
  const { ownerId, coOwnerIds, partyIds } = change.action;
  const sinceAll = (ids: readonly string[]): string[] => [...new Set(ids.map((id) => successors.get(id)?.id ?? id))];
  const into = ownerId === null ? undefined : successors.get(ownerId);
  const merged = into ?? coOwnerIds.map((id) => successors.get(id)).find((found) => found !== undefined);
  if (merged) {
    const coOwners = sinceAll(coOwnerIds).filter((id) => id !== (into?.id ?? ownerId));
    const named = into ? { ownerId: into.id } : { edited: true as const };
    const entry = { change: { ...named, coOwnerIds: coOwners }, effectiveOn: presentDay(change.action, by.today) };
    append(change, { ...entry, isAtOrigin: false }, { by, comment: mergedWith(merged.name) });
  }
  change.action = { ...change.action, partyIds: sinceAll(partyIds) };
}

/** The comment on what an organisation does because it was merged into another. */
export const mergedWith = (name: string): string => `Organisatie samengevoegd met ${name}`;

function editListed(
  change: PlannedChange,
  edit: NonNullable<ChangeRequest['edit']>,
  { by, entered }: ChangeRequest,
  facts: ChangeFacts,
): void {
  const { action } = change;
  refuseWhen([...referenceViolations(namedIn(action, edit), facts.known), ...editViolations(action, edit, by)]);
  const { title, theme, coOwnerIds, ...fields } = edit;
  const on = editedOn(action, by);
  const entry = { change: { title, theme, coOwnerIds, edited: true as const }, effectiveOn: on, isAtOrigin: false };
  append(change, entry, { by, recordedAt: entered?.at }, entered?.newId);
  if (Object.keys(fields).length === 0) return;
  change.kept = { fields, on };
  change.action = { ...change.action, ...fields };
}

/** A change that is a side effect, or was validated before: it is not validated here. */
export function plannedChange(
  action: LockedAction,
  history: readonly HistoryRow[],
  entry: Omit<Entry, 'id'>,
  context: UpdateContext,
  also: Partial<Action> = {},
): PlannedChange {
  const change = unchanged(action, history);
  append(change, entry, context);
  change.action = { ...change.action, ...also };
  return change;
}

const unchanged = (action: LockedAction, history: readonly HistoryRow[]): PlannedChange => ({
  action,
  before: action,
  history: [...history],
  appended: [],
  kinds: [],
});

function append(change: PlannedChange, entry: Omit<Entry, 'id'>, context: UpdateContext, ids = newId): void {
  const { by, recordedAt } = context;
  const rows = enteredRows(change.history, { id: ids(), ...entry }, ids);
  change.history.push(...rows);
  for (const row of rows) {
    change.appended.push({ row, context: row.restatesId === null ? context : { by, recordedAt } });
  }
  change.kinds.push(rows[0].kind);
  const { state } = rows.at(-1)!;
  const meetingId = state.closedOn === null ? meetingOf(change.action) : change.action.meetingId;
  change.action = { ...change.action, ...state, meetingId, version: change.action.version + 1 };
}

/** The meeting at which an action is discussed: a reopened one is discussed at the meeting that replaced its own. */
export const meetingOf = ({ meetingId, successorId }: Pick<LockedAction, 'meetingId' | 'successorId'>): string | null =>
  successorId ?? meetingId;

export const sessionOf = ({ update }: ChangeRequest, facts: Pick<ChangeFacts, 'sessions'>): SessionRef | undefined =>
  update?.sessionId ? facts.sessions.get(update.sessionId) : undefined;

/**
 * The day an update happened. What is entered in a session happened there; so did what a chair fills in for an action
 * without an owner or deadline, because such an action exists only in its open session.
 */
export function dayOf(
  action: LockedAction,
  input: CreateUpdateDto,
  session: SessionRef | undefined,
  by: Caller,
): string {
  const { recordedOn } = action;
  const isFilledIn = action.isOriginOpen && !isComplete(action) && mayWrite(by, action);
  const sessionOn = session?.heldOn ?? (isFilledIn ? recordedOn : undefined);
  return happenedOn(input, action, sessionOn, by.today);
}

/**
 * The requested change, with deadlines that depend on the next session filled in, and the discussion note as reason.
 */
function askedOf(input: CreateUpdateDto, action: LockedAction, effectiveOn: string, facts: ChangeFacts): Change {
  const asked = askedBy(input);
  const note = input.sessionId && facts.notes.get(noteKey(input.sessionId, action.id));
  if (note) asked.reason ??= note;
  const { dueKind } = action;
  const sessions = plannedIn(facts, meetingOf(action));
  return isCheckAnswered(action, asked, effectiveOn)
    ? { ...asked, checkOn: filledIn({ dueKind }, effectiveOn, sessions).checkOn }
    : filledIn(asked, effectiveOn, sessions);
}

export const noteKey = (sessionId: string, actionId: string): string => `${sessionId} ${actionId}`;

/** What an update refers to. A person must belong to the new owner, or else to the owner of that day. */
export function referencesOf(
  { ownerId, ownerPersonId, onBehalfOfId }: CreateUpdateDto,
  history: readonly HistoryRow[],
  effectiveOn: string,
): References {
  const before = ownerId || !ownerPersonId ? undefined : lastRowOn(history, effectiveOn)?.state.ownerId;
  return { ownerId: ownerId ?? before, ownerPersonId, onBehalfOfId };
}

const plannedIn = (facts: ChangeFacts, meetingId: string | null): readonly Planned[] =>
  (meetingId !== null && facts.planned.get(meetingId)) || [];

function refuseWhen(violations: FieldError[]): void {
  if (violations.length > 0) throw invalid(violations);
}
