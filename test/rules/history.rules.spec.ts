import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ACTION_STATUSES, DUE_KINDS } from '../../src/actions/action.entity.js';
import type { Change } from '../../src/actions/history/action-update.entity.js';
import { type Entry, enteredRows, type HistoryRow, lastRowOn } from '../../src/actions/history/history.rules.js';
import { addDays } from '../../src/platform/common/calendar-date.js';
import { actionState } from '../support/action-state.js';

const START = '2026-05-01';
const DAYS = 40;
const recorded = (): HistoryRow[] => [
  {
    id: 'r',
    sequence: 1,
    kind: 'recorded',
    change: {},
    effectiveOn: START,
    isAtOrigin: false,
    restatesId: null,
    state: actionState(),
  },
];

function enter(entries: readonly Entry[]): HistoryRow[] {
  let made = 0;
  return entries.reduce<HistoryRow[]>(
    (history, entry) => [...history, ...enteredRows(history, entry, () => `again-${(made += 1)}`)],
    recorded(),
  );
}

const stateOn = (history: HistoryRow[], offset: number) => lastRowOn(history, addDays(START, offset))?.state;

const dated = fc.integer({ min: 1, max: 60 }).map((offset) => addDays(START, offset));
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ status: fc.constantFrom(...ACTION_STATUSES), reason: fc.constant('x'), resumeOn: dated }),
  fc.record({ dueKind: fc.constant('date' as const), dueOn: dated, reason: fc.constant('x') }),
  fc.record({ dueKind: fc.constantFrom(...DUE_KINDS.slice(1)), checkOn: dated, reason: fc.constant('x') }),
  fc.record({ dueKind: fc.constant('next_session' as const), dueOn: dated, movesAlong: fc.constant(true as const) }),
  fc.record({ ownerId: fc.constantFrom('politie', 'boa', 'habeko') }),
  fc.record({ handBack: fc.constant(true as const), reason: fc.constant('x') }),
  fc.record({ title: fc.constantFrom('a', 'b'), coOwnerIds: fc.subarray(['politie', 'boa']) }),
  fc.constant({}),
);
const entries: fc.Arbitrary<Entry[]> = fc
  .uniqueArray(fc.integer({ min: 0, max: DAYS }), { maxLength: 8 })
  .chain((offsets) =>
    fc.tuple(
      ...offsets.map((offset) =>
        change.map((one) => ({
          id: `e${offset}`,
          change: one,
          effectiveOn: addDays(START, offset),
          isAtOrigin: offset === 0,
        })),
      ),
    ),
  );

describe('history', () => {
  it('gives the same states in whatever order the same dated changes are entered', () => {
    fc.assert(
      fc.property(
        entries.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([inOrder, shuffled]) => {
          const one = enter(inOrder.toSorted((a, b) => (a.effectiveOn < b.effectiveOn ? -1 : 1)));
          const other = enter(shuffled);
          for (let offset = 0; offset <= DAYS; offset += 1)
            expect(stateOn(other, offset)).toEqual(stateOn(one, offset));
        },
      ),
    );
  });

  it('changes nothing that was there, and numbers on', () => {
    fc.assert(
      fc.property(entries, (all) => {
        const before = enter(all.slice(0, -1));
        const after = enter(all);
        expect(after.slice(0, before.length)).toEqual(before);
        expect(after.map(({ sequence }) => sequence)).toEqual(after.map((_, index) => index + 1));
      }),
    );
  });

  it('states later updates again on a day that is filled in afterwards', () => {
    const history = enter([
      { id: 'done', change: { status: 'done', result: 'gelukt' }, effectiveOn: '2026-06-01', isAtOrigin: false },
      {
        id: 'later',
        change: { dueKind: 'date', dueOn: '2026-06-30', reason: 'x' },
        effectiveOn: '2026-05-10',
        isAtOrigin: false,
      },
    ]);
    expect(history.map(({ id, restatesId }) => [id, restatesId])).toEqual([
      ['r', null],
      ['done', null],
      ['later', null],
      ['again-1', 'done'],
    ]);
    expect(history[3].state).toMatchObject({
      status: 'done',
      doneOn: '2026-06-01',
      dueOn: '2026-06-30',
      postponements: 1,
    });
    expect(lastRowOn(history, '2026-05-20')!.state).toMatchObject({ status: 'open', dueOn: '2026-06-30' });
    expect(lastRowOn(history, '2026-05-09')!.state).toMatchObject({ dueOn: '2026-06-16' });
    expect(lastRowOn(history, '2026-04-30')).toBeUndefined();
  });
});
