import fc from 'fast-check';
import { Action } from '../../src/actions/action.entity.js';
import type { ActionUpdate } from '../../src/actions/history/action-update.entity.js';
import { addDays, daysBetween } from '../../src/platform/common/calendar-date.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import type { TestApp } from './app.js';
import { countsOf, isLate } from './recount-actions.js';

/** An action as recorded, and its later updates. */
interface History {
  recordedOn: string;
  theme: string | null;
  owner: number | null;
  dueIn: number | null;
  followsOn: number | null;
  isWithdrawn: boolean;
  steps: { after: number; enteredAfter: number; change: Step }[];
}

type Step =
  | { kind: 'status'; status: 'open' | 'in_progress' | 'blocked' }
  | { kind: 'hold'; resumeIn: number }
  | { kind: 'cancelled' }
  | { kind: 'done'; isPartial: boolean; size: 'small' | 'large' | null }
  | { kind: 'postponed'; days: number }
  | { kind: 'owner'; owner: number | null };

const START = '2023-06-01';
const DAYS = 900;
export const OWNERS = 4;

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('status' as const), status: fc.constantFrom('open', 'in_progress', 'blocked') }),
  fc.record({ kind: fc.constant('hold' as const), resumeIn: fc.integer({ min: 1, max: 200 }) }),
  fc.record({ kind: fc.constant('cancelled' as const) }),
  fc.record({
    kind: fc.constant('done' as const),
    isPartial: fc.boolean(),
    size: fc.constantFrom('small', 'large', null),
  }),
  fc.record({ kind: fc.constant('postponed' as const), days: fc.integer({ min: 1, max: 90 }) }),
  fc.record({ kind: fc.constant('owner' as const), owner: fc.option(fc.nat(OWNERS - 1)) }),
) as fc.Arbitrary<Step>;

export const history: fc.Arbitrary<History> = fc.record({
  recordedOn: fc.nat(DAYS).map((day) => addDays(START, day)),
  theme: fc.constantFrom('schoon', 'mobiliteit', null),
  owner: fc.nat(OWNERS - 1),
  dueIn: fc.option(fc.integer({ min: 0, max: 120 })),
  followsOn: fc.option(fc.nat(200), { freq: 5 }),
  isWithdrawn: fc.integer({ min: 0, max: 19 }).map((one) => one === 0),
  steps: fc.array(
    fc.record({ after: fc.nat(150), enteredAfter: fc.oneof(fc.constant(0), fc.nat(120)), change: step }),
    { maxLength: 5 },
  ),
});

type State = Pick<
  ActionUpdate,
  | 'status'
  | 'resumeOn'
  | 'ownerId'
  | 'isHandedBack'
  | 'dueOn'
  | 'postponements'
  | 'realisation'
  | 'result'
  | 'resultSize'
  | 'doneOn'
  | 'closedOn'
  | 'isWithdrawn'
>;
interface Row {
  effectiveOn: string;
  recordedAt: string;
  sequence: number;
  state: State;
}
/** The result of a history: each row with the whole state after it. */
interface Laid {
  recordedOn: string;
  theme: string | null;
  originalDueOn: string | null;
  followsOn: number | null;
  rows: Row[];
}

const noon = (day: string): string => `${day}T12:00:00.000Z`;

/** Derives the rows of a history: later steps in date order, each with the state before it plus its changes. */
export function rowsOf(one: History, owners: readonly string[], index: number): Laid {
  const dueOn = one.dueIn === null ? null : addDays(one.recordedOn, one.dueIn);
  const blank = { realisation: null, result: null, resultSize: null, doneOn: null, closedOn: null, resumeOn: null };
  let state: State = { ...blank, status: 'open', ownerId: owners[one.owner!], isHandedBack: false } as State;
  state = { ...state, dueOn, postponements: 0, isWithdrawn: false };
  const rows: Row[] = [{ effectiveOn: one.recordedOn, recordedAt: noon(one.recordedOn), sequence: 1, state }];
  let day = one.recordedOn;
  for (const { after, enteredAfter, change } of one.steps) {
    day = addDays(day, after);
    state = changed(state, change, day, owners, blank);
    rows.push({ effectiveOn: day, recordedAt: noon(addDays(day, enteredAfter)), sequence: rows.length + 1, state });
  }
  if (one.isWithdrawn) {
    const recordedAt = noon(addDays(day, 30));
    rows.push({ effectiveOn: day, recordedAt, sequence: rows.length + 1, state: { ...state, isWithdrawn: true } });
  }
  const followsOn = one.followsOn !== null && one.followsOn < index ? one.followsOn : null;
  return { recordedOn: one.recordedOn, theme: one.theme, originalDueOn: dueOn, followsOn, rows };
}

function changed(state: State, change: Step, day: string, owners: readonly string[], blank: Partial<State>): State {
  const open = { ...state, ...blank };
  switch (change.kind) {
    case 'status':
      return { ...open, status: change.status };
    case 'hold':
      return { ...open, status: 'on_hold', resumeOn: addDays(day, change.resumeIn) };
    case 'cancelled':
      return { ...open, status: 'cancelled', closedOn: day };
    case 'done': {
      const result = change.size && 'Gelukt';
      const realisation = change.isPartial ? 'partial' : 'full';
      return { ...open, status: 'done', doneOn: day, closedOn: day, realisation, result, resultSize: change.size };
    }
    case 'postponed':
      if (state.dueOn === null) return state;
      return { ...state, dueOn: addDays(state.dueOn, change.days), postponements: state.postponements + 1 };
    case 'owner':
      if (change.owner === null) return { ...state, ownerId: null, isHandedBack: true };
      return { ...state, ownerId: owners[change.owner], isHandedBack: false };
  }
}

/** Writes them to a database in any order of entry, and keeps the row of each action at its latest state. */
export async function layAll(t: TestApp, all: readonly Laid[], areaId: string, order: readonly number[]) {
  const transactions = t.app.get(Transactions);
  const laid = new Map<number, Action>();
  for (const index of order) {
    const { rows, followsOn: _, ...one } = all[index];
    t.clock.set(rows[0].recordedAt);
    const action = await t.make.action({ ...one, ...rows[0].state, areaId, dueOn: rows[0].state.dueOn });
    for (const { state, ...row } of rows.slice(1)) await t.make.update(action, { ...state, ...row });
    laid.set(index, action);
  }
  for (const index of order) {
    const { rows, followsOn } = all[index];
    const { status, ownerId, isHandedBack, dueOn, postponements, closedOn, doneOn, isWithdrawn } = rows.at(-1)!.state;
    const last = { status, ownerId, isHandedBack, dueOn, postponements, closedOn, doneOn, isWithdrawn };
    const followsOnId = followsOn === null ? null : laid.get(followsOn)!.id;
    await transactions.run((manager) =>
      manager.update(Action, laid.get(index)!.id, { ...last, followsOnId } as Partial<Action>),
    );
  }
}

/** The figures of a period by plain iteration: slow, simple, and independent of the statement it checks. */
export function countPlainly(all: readonly Laid[], fromOn: string, asOf: string, knownAt: string) {
  const isKnown = ({ recordedAt }: Row) => recordedAt <= knownAt;
  const lastUntil = ({ rows }: Laid, day: string): State | undefined =>
    rows
      .filter((row) => isKnown(row) && row.effectiveOn <= day)
      .toSorted((one, other) =>
        one.effectiveOn === other.effectiveOn
          ? one.sequence - other.sequence
          : one.effectiveOn < other.effectiveOn
            ? -1
            : 1,
      )
      .at(-1)?.state;
  const isWithdrawn = ({ rows }: Laid) => rows.some((row) => isKnown(row) && row.state.isWithdrawn);
  const isThere = (one: Laid) => !isWithdrawn(one) && lastUntil(one, asOf) !== undefined;
  const isContinued = (index: number) => all.some((one) => one.followsOn === index && isThere(one));
  const found = all.flatMap((one, index) => {
    const state = isThere(one) ? lastUntil(one, asOf)! : null;
    if (!state) return [];
    const isAgreed = one.recordedOn >= fromOn;
    const before = lastUntil(one, addDays(fromOn, -1));
    const isFinishedBefore = state.closedOn !== null && state.closedOn < fromOn;
    if (!isAgreed && isFinishedBefore) return [];
    const wasOpen = !isAgreed && (before === undefined || before.closedOn === null);
    const { recordedOn, originalDueOn } = one;
    return [{ ...state, recordedOn, originalDueOn, isAgreed, wasOpen, isContinued: isContinued(index) }];
  });
  const lead = found
    .filter(({ isAgreed, status }) => isAgreed && status === 'done')
    .map((one) => daysBetween(one.recordedOn, one.doneOn!));
  const late = found.filter((one) => isLate(one, asOf)).map(({ dueOn }) => daysBetween(dueOn!, asOf));
  return {
    total: countsOf(found, { fromOn, asOf }, () => null),
    leadTimeDays: middleOf(lead),
    overdueDays: { median: middleOf(late), longest: Math.max(0, ...late) },
  };
}

function middleOf(days: readonly number[]): number | null {
  const sorted = days.toSorted((one, other) => one - other);
  if (sorted.length === 0) return null;
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.floor(sorted.length / 2)]) / 2;
}
