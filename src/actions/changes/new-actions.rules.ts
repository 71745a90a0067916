import type { FieldError } from '../../platform/common/problems.js';
import { type Action, UNVERSIONED_FIELDS, type UnversionedField } from '../action.entity.js';
import type { ActionState, Change } from '../history/action-update.entity.js';
import type { LockedAction } from '../history/action-history.service.js';
import type { CreateActionDto } from '../actions.dto.js';
import { applyChange } from '../actions.rules.js';
import { filledIn, type Planned } from '../deadlines.rules.js';
import type { HistoryRow } from '../history/history.rules.js';
import type { PlannedChange, UpdateContext } from '../planned-change.js';

/** The origin of a new action. */
export interface Origin {
  areaId: string;
  meetingId: string | null;
  /** The session in which it is recorded, if that is open. */
  sessionId: string | null;
  /** The day it was agreed. */
  recordedOn: string;
  isConfidential: boolean;
  partyIds: string[];
}

/** The initial state of every action, without owner and deadline. */
const BLANK = {
  status: 'open',
  statusReason: null,
  resumeOn: null,
  ownerId: null,
  ownerPersonId: null,
  dueKind: null,
  dueOn: null,
  originalDueOn: null,
  postponements: 0,
  checkOn: null,
  realisation: null,
  result: null,
  resultSize: null,
  doneOn: null,
  closedOn: null,
  isHandedBack: false,
  isWithdrawn: false,
} as const satisfies Partial<ActionState>;

/** A new action with the first row of its history; its number is assigned when it is written. */
export function plannedNew(
  input: CreateActionDto,
  origin: Origin,
  sessions: readonly Planned[],
  context: UpdateContext,
  newId: () => string,
): PlannedChange {
  const { recordedOn, partyIds, meetingId, sessionId } = origin;
  const id = newId();
  const state = firstState(input, origin, sessions);
  const kind = 'recorded' as const;
  const place = { sequence: 1, effectiveOn: recordedOn, isAtOrigin: false, restatesId: null };
  const row: HistoryRow = { id: newId(), kind, change: {}, ...place, state };
  const action: LockedAction = {
    id,
    number: '',
    numberKey: '',
    titleKey: '',
    ...unversioned(input),
    meetingId,
    sessionId,
    ...state,
    version: 1,
    partyIds,
    isOriginOpen: sessionId !== null,
    isProvisional: sessionId !== null,
    discussedInIds: [],
    lastSequence: 1,
    lastEffectiveOn: recordedOn,
    successorId: null,
  };
  return { action, before: null, history: [row], appended: [{ row, context }], kinds: [kind] };
}

function firstState(input: CreateActionDto, origin: Origin, sessions: readonly Planned[]): ActionState {
  const { areaId, isConfidential, recordedOn } = origin;
  const { title, theme = null, isPublic = false, coOwnerIds = [] } = input;
  const blank: ActionState = { ...BLANK, title, areaId, theme, isPublic, isConfidential, coOwnerIds, recordedOn };
  const change = filledIn(wantedBy(input), recordedOn, sessions);
  return applyChange(blank, change, { effectiveOn: recordedOn, isAtOrigin: true }).state;
}

/** The fields that were filled in, as stored. */
const unversioned = (input: CreateActionDto): Pick<Action, UnversionedField> =>
  Object.fromEntries(UNVERSIONED_FIELDS.map((name) => [name, input[name] ?? null])) as Pick<Action, UnversionedField>;

/** The owner and deadline, which make the first state. */
export function wantedBy({ ownerId, ownerPersonId, dueKind, dueOn, checkOn }: CreateActionDto): Change {
  return { ownerId, ownerPersonId, dueKind: dueKind ?? (dueOn ? 'date' : undefined), dueOn, checkOn };
}

/** An action recorded between sessions requires an owner and a deadline. */
export function missingAtFirst(input: CreateActionDto): FieldError[] {
  const violations: FieldError[] = [];
  if (!input.ownerId) violations.push({ field: 'ownerId', message: 'ownerId is required outside a session' });
  if (!wantedBy(input).dueKind)
    violations.push({ field: 'dueOn', message: 'dueOn, or another dueKind, is required outside a session' });
  return violations;
}
