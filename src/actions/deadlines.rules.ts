import { addDays } from '../platform/common/calendar-date.js';
import type { FieldError } from '../platform/common/problems.js';
import type { SessionState } from '../meetings/session.entity.js';
import type { Action, DueKind } from './action.entity.js';
import type { ActionState, Change } from './history/action-update.entity.js';
import type { CreateUpdateDto } from './history/action-updates.dto.js';
import { isClosed } from './statuses.rules.js';

const CHECK_AFTER_DAYS = 28;

/** When and where a change happened. */
export interface Occasion {
  effectiveOn: string;
  /** In the session of origin on the day of recording: a change there does not count as a postponement. */
  isAtOrigin: boolean;
}

/** In the session in which it was recorded, on the day of recording; no longer after that was closed and reopened. */
export function isAtOrigin(
  action: Pick<Action, 'sessionId' | 'recordedOn'>,
  sessionId: string | null,
  effectiveOn: string,
  { isAfterClosing }: Pick<Change, 'isAfterClosing'> = {},
): boolean {
  return !isAfterClosing && sessionId !== null && sessionId === action.sessionId && effectiveOn === action.recordedOn;
}

type Deadline = Pick<ActionState, 'dueKind' | 'dueOn'>;

/** To a later date, or from a date to none. Setting a first date or an earlier one is not a postponement. */
function isPostponement(before: Deadline, after: Deadline): boolean {
  return before.dueOn !== null && (after.dueOn === null || after.dueOn > before.dueOn);
}

/** Put on hold until after the deadline, or for longer than before. */
function isHeldPastDeadline(before: ActionState, after: ActionState): boolean {
  if (after.status !== 'on_hold' || after.resumeOn === null || after.dueOn === null) return false;
  return after.resumeOn > after.dueOn && (before.status !== 'on_hold' || after.resumeOn > (before.resumeOn ?? ''));
}

/** The deadline was changed meanwhile and no longer depends on a session. */
const hangsNoLonger = (held: ActionState, change: Change): boolean =>
  change.movesAlong === true && held.dueKind !== 'next_session';

/** The deadline that a change requests; fields it does not mention stay the same. */
function wantedDeadline(before: ActionState, change: Change): Deadline {
  if (change.dueKind === undefined && change.dueOn === undefined) return before;
  if (hangsNoLonger(before, change)) return before;
  const dueKind = change.dueKind ?? (change.dueOn ? 'date' : before.dueKind);
  return { dueKind, dueOn: change.dueOn ?? null };
}

/**
 * The deadline, check date and number of postponements after a change; `before` is the state before the whole change.
 */
export function withDeadline(before: ActionState, held: ActionState, change: Change, on: Occasion): ActionState {
  const { dueKind, dueOn } = wantedDeadline(held, change);
  const after = { ...held, dueKind, dueOn };
  const isPostponed = isPostponement(before, after) || isHeldPastDeadline(before, after);
  return {
    ...after,
    checkOn:
      change.checkOn !== undefined && !hangsNoLonger(held, change)
        ? change.checkOn
        : isUndated(dueKind) || dueKind === before.dueKind
          ? held.checkOn
          : null,
    originalDueOn: before.originalDueOn ?? dueOn,
    postponements: before.postponements + (isPostponed && !on.isAtOrigin && !change.movesAlong ? 1 : 0),
  };
}

/** Whether kind and date match: a date with `date`, none with the other kinds. */
export function dueKindViolations({ dueKind, dueOn }: Pick<Change, 'dueKind' | 'dueOn'>): FieldError[] {
  if (dueKind === 'date' && !dueOn) return [{ field: 'dueOn', message: 'dueOn is required when dueKind is date' }];
  if (dueKind && dueKind !== 'date' && dueOn) {
    return [{ field: 'dueOn', message: `dueOn must be omitted when dueKind is ${dueKind}` }];
  }
  return [];
}

type Asked = Pick<CreateUpdateDto, 'laterDueOn' | 'dueKind' | 'dueOn' | 'status' | 'handBack'>;

/** Why a requested later deadline is not valid. */
export function laterViolations(
  asked: Asked,
  before: Pick<ActionState, 'dueOn' | 'status'>,
  today: string,
): FieldError[] {
  const { laterDueOn, dueKind, dueOn, status, handBack } = asked;
  if (!laterDueOn) return [];
  const violation = (code: string, message: string) => [
    { field: 'laterDueOn', code, message: `laterDueOn ${message}` },
  ];
  if (dueKind || dueOn) return violation('TWO_DEADLINES', 'must be omitted when dueKind or dueOn is given');
  if (handBack || isClosed(status ?? before.status))
    return violation('NOT_GOING_ON', 'is only allowed for an action that continues');
  if (laterDueOn < today) return violation('DATE_PASSED', `must not be before ${today}`);
  if (before.dueOn !== null && laterDueOn <= before.dueOn)
    return violation('NOT_LATER', `must be after ${before.dueOn}`);
  return [];
}

/** The violation of a postponement without a reason, or of what is finished: that would have been in time all of a sudden. */
export function deadlineViolations(before: ActionState, change: Change, on: Occasion): FieldError[] {
  if (change.movesAlong || on.isAtOrigin) return [];
  if (!isPostponement(before, wantedDeadline(before, change))) return [];
  if (isClosed(before.status) && isClosed(change.status ?? before.status))
    return [{ field: 'dueOn', code: 'NOT_GOING_ON', message: 'dueOn can only be postponed if the action continues' }];
  if (change.reason) return [];
  return [{ field: 'reason', message: 'reason is required when the deadline is postponed' }];
}

/** Whether a change depends on the next session. */
export function dependsOnSession({ dueKind, checkOn }: Change): boolean {
  return dueKind === 'next_session' || (isUndated(dueKind) && checkOn === undefined);
}

/** A change with the next session filled in: the date of "volgend overleg", the check date of undated actions. */
export function filledIn(change: Change, effectiveOn: string, sessions: readonly Planned[]): Change {
  if (!dependsOnSession(change)) return change;
  return change.dueKind === 'next_session'
    ? { ...change, ...datesOfNextSession(nextSessionOn(sessions, effectiveOn), effectiveOn) }
    : { ...change, checkOn: defaultCheckOn(effectiveOn, nextSessionOn(sessions, addDays(effectiveOn, 1))) };
}

/** What depends on the next session is due on its day; while none is planned, its status is asked for. */
export const datesOfNextSession = (
  next: string | null,
  effectiveOn: string,
): Pick<ActionState, 'dueOn' | 'checkOn'> => ({
  dueOn: next,
  checkOn: next === null ? defaultCheckOn(effectiveOn, null) : null,
});

/** Somebody gave the status of an undated action on or after its check date, so the next check date is set. */
export function isCheckAnswered(
  action: Pick<Action, 'dueKind' | 'dueOn' | 'checkOn' | 'status'>,
  change: Change,
  effectiveOn: string,
) {
  const isChecked = action.checkOn !== null && action.checkOn <= effectiveOn;
  const isAsked = isUndated(action.dueKind) || (action.dueKind === 'next_session' && action.dueOn === null);
  return !change.dueKind && !change.dueOn && isAsked && isChecked && !isClosed(change.status ?? action.status);
}

const isUndated = (dueKind: DueKind | null | undefined): boolean => dueKind === 'asap' || dueKind === 'ongoing';

/** The day to ask for the status of an undated action: the first session after that day, else 28 days later. */
export function defaultCheckOn(effectiveOn: string, nextSessionOn: string | null): string {
  return nextSessionOn ?? addDays(effectiveOn, CHECK_AFTER_DAYS);
}

export interface Planned {
  id: string;
  heldOn: string;
  state: SessionState;
}

/** The date of the first planned session from a day on; null if none is planned. */
export function nextSessionOn(sessions: readonly Planned[], fromOn: string): string | null {
  const dates = sessions
    .filter(({ state, heldOn }) => state === 'planned' && heldOn >= fromOn)
    .map((one) => one.heldOn);
  return dates.length > 0 ? dates.reduce((first, day) => (day < first ? day : first)) : null;
}

/**
 * The date of a deadline "volgend overleg" agreed on `agreedOn`, after sessions were planned, moved or cancelled. Once
 * the session it depended on was held, the date remains: that was the deadline.
 */
export function followedDueOn(dueOn: string | null, agreedOn: string, sessions: readonly Planned[]): string | null {
  const wasHeld = sessions.some(({ state, heldOn }) => heldOn === dueOn && (state === 'open' || state === 'closed'));
  return wasHeld ? dueOn : nextSessionOn(sessions, agreedOn);
}
