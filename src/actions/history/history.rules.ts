import type { FieldError } from '../../platform/common/problems.js';
import { applyChange } from '../actions.rules.js';
import type { CreateUpdateDto } from './action-updates.dto.js';
import type { ActionState, Change, UpdateKind } from './action-update.entity.js';
import type { Occasion } from '../deadlines.rules.js';

/** One row of an action's history, with the whole state after it. */
export interface HistoryRow extends Occasion {
  id: string;
  sequence: number;
  kind: UpdateKind;
  change: Change;
  /** The row that this one reapplies; null for an entry by a user. */
  restatesId: string | null;
  state: ActionState;
}

export type Entry = Pick<HistoryRow, 'id' | 'change' | 'effectiveOn' | 'isAtOrigin'>;

const inOrder = (a: HistoryRow, b: HistoryRow): number =>
  a.effectiveOn === b.effectiveOn ? a.sequence - b.sequence : a.effectiveOn < b.effectiveOn ? -1 : 1;

/** The last row up to and including a day, by day and then by entry; undefined before the action existed. */
export function lastRowOn(history: readonly HistoryRow[], day: string): HistoryRow | undefined {
  return history
    .filter(({ effectiveOn }) => effectiveOn <= day)
    .toSorted(inOrder)
    .at(-1);
}

/**
 * The rows to append when a change is entered, possibly days after it happened: the change itself, applied to the state
 * of its day, followed by every later change, reapplied to the new state. The last row by day and sequence is the
 * current state. Existing rows are not changed, so what was known before remains readable.
 */
export function enteredRows(history: readonly HistoryRow[], entry: Entry, newId: () => string): HistoryRow[] {
  let sequence = Math.max(...history.map((row) => row.sequence));
  let { state } = lastRowOn(history, entry.effectiveOn)!;
  const later = history.filter((row) => row.restatesId === null && row.effectiveOn > entry.effectiveOn);
  const appended: HistoryRow[] = [];
  const append = (row: Entry, restatesId: string | null): void => {
    const { change, effectiveOn, isAtOrigin } = row;
    const applied = applyChange(state, change, row);
    state = applied.state;
    sequence += 1;
    const id = restatesId === null ? row.id : newId();
    appended.push({ id, sequence, change, effectiveOn, isAtOrigin, restatesId, kind: applied.kind, state });
  };
  append(entry, null);
  for (const row of later.toSorted(inOrder)) append(row, row.id);
  return appended;
}

type Asked = Pick<CreateUpdateDto, 'effectiveOn'>;

/** What is known of an action that determines the day of a change. */
interface Dated {
  recordedOn: string;
  /** The latest day on which something happened to it. */
  lastEffectiveOn: string;
}

/** Today, unless another process, whose clock is ahead, already entered something for a later day: what is said now comes after it. */
export const presentDay = ({ lastEffectiveOn }: Pick<Dated, 'lastEffectiveOn'>, today: string): string =>
  lastEffectiveOn > today ? lastEffectiveOn : today;

/** The day it happened: as given, else the day of the session, else today; never before the action was agreed. */
export function happenedOn(input: Asked, action: Dated, sessionOn: string | undefined, today: string): string {
  if (input.effectiveOn) return input.effectiveOn;
  if (sessionOn === undefined || sessionOn >= today) return presentDay(action, today);
  return sessionOn < action.recordedOn ? action.recordedOn : sessionOn;
}

const ABOUT_IT: ReadonlySet<string> = new Set(['reason', 'effectiveOn', 'onBehalfOfId', 'sessionId']);

/** What makes an update invalid for any action: it neither changes nor says anything, or its day is impossible. */
export function updateViolations(
  input: CreateUpdateDto,
  effectiveOn: string,
  recordedOn: string,
  today: string,
): FieldError[] {
  const says = Object.entries(input).some(([field, value]) => value !== undefined && !ABOUT_IT.has(field));
  const violations = says ? [] : [{ field: 'comment', message: 'an update must contain a change or a comment' }];
  if (input.effectiveOn && effectiveOn > today)
    violations.push({ field: 'effectiveOn', message: 'effectiveOn must not be in the future' });
  else if (effectiveOn < recordedOn) {
    const message = `effectiveOn must not be before ${recordedOn}, when the action was agreed`;
    violations.push({ field: 'effectiveOn', message });
  }
  return violations;
}

/** The change an update requests of the action itself. */
export function askedBy(input: CreateUpdateDto): Change {
  const { comment: _, effectiveOn: __, onBehalfOfId: ___, sessionId: ____, laterDueOn, ...change } = input;
  const dueOn = laterDueOn ?? change.dueOn;
  return dueOn && !change.dueKind ? { ...change, dueKind: 'date', dueOn } : change;
}
