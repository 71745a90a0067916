import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type ActionCase,
  actionOutcome,
  completed,
  countOf,
  doneOnTime,
  judgedRealised,
  minutesSent,
  type Outcome,
  ownedByPartner,
  shareOf,
} from '../../src/wijkagenda/figures/goal-figures.rules.js';

const ACTION: ActionCase = {
  status: 'open',
  dueOn: '2026-06-10',
  originalDueOn: '2026-06-01',
  doneOn: null,
  ownerKind: 'police',
  judgement: null,
};
const AS_OF = '2026-06-10';

describe('minutes within fourteen days of a session on 1 June', () => {
  it.each<[string, string | null, string, Outcome]>([
    ['not sent after thirteen days is not due', null, '2026-06-14', 'not_due'],
    ['not sent on the fourteenth day is not due', null, '2026-06-15', 'not_due'],
    ['not sent on the fifteenth counts against', null, '2026-06-16', 'against'],
    ['sent on the fourteenth is within', '2026-06-15T21:59:59.000Z', '2026-07-01', 'for'],
    ['sent a second after midnight in Amsterdam is not', '2026-06-15T22:00:01.000Z', '2026-07-01', 'against'],
    ['sent on the peildatum is sent', '2026-06-10T09:00:00.000Z', '2026-06-10', 'for'],
    ['sent later than the peildatum is not sent yet', '2026-06-12T09:00:00.000Z', '2026-06-10', 'not_due'],
    ['sent late, later than the peildatum, counts against', '2026-06-30T09:00:00.000Z', '2026-06-20', 'against'],
  ])('%s', (_, sentAt, asOf, outcome) => {
    expect(minutesSent({ heldOn: '2026-06-01', state: 'closed', sentAt }, 14, asOf)).toBe(outcome);
  });

  it('does not look at a session that was not held, and does at one that was left open', () => {
    const session = { heldOn: '2026-06-01', sentAt: null };
    expect(minutesSent({ ...session, state: 'planned' }, 14, '2026-07-01')).toBe('apart');
    expect(minutesSent({ ...session, state: 'open' }, 14, '2026-07-01')).toBe('against');
  });
});

describe('on time', () => {
  it.each<[string, Partial<ActionCase>, 'last' | 'original', Outcome]>([
    ['done on the day itself', { status: 'done', doneOn: '2026-06-10' }, 'last', 'for'],
    ['done a day later', { status: 'done', doneOn: '2026-06-11' }, 'last', 'against'],
    [
      'done by the last and not by the original deadline',
      { status: 'done', doneOn: '2026-06-05' },
      'original',
      'against',
    ],
    ['not done on the day itself', {}, 'last', 'not_due'],
    ['not done past its deadline', { dueOn: '2026-06-09' }, 'last', 'against'],
    ['not done past its original deadline', {}, 'original', 'against'],
    ['on hold past its deadline', { status: 'on_hold', dueOn: '2026-06-09' }, 'last', 'not_due'],
    ['cancelled', { status: 'cancelled' }, 'last', 'apart'],
    ['without a deadline', { dueOn: null }, 'last', 'apart'],
  ])('%s', (_, changes, against, outcome) => {
    expect(doneOnTime({ ...ACTION, ...changes }, against, AS_OF)).toBe(outcome);
  });
});

describe('completed', () => {
  it.each<[string, Partial<ActionCase>, Outcome]>([
    ['done', { status: 'done', doneOn: '2026-06-01' }, 'for'],
    ['cancelled', { status: 'cancelled' }, 'apart'],
    ['on hold', { status: 'on_hold', dueOn: '2026-06-01' }, 'not_due'],
    ['due today', {}, 'not_due'],
    ['past its deadline', { dueOn: '2026-06-09' }, 'against'],
    ['without a date', { dueOn: null }, 'against'],
  ])('%s', (_, changes, outcome) => expect(completed({ ...ACTION, ...changes }, AS_OF)).toBe(outcome));

  const action = fc.record({
    status: fc.constantFrom('open', 'in_progress', 'blocked', 'on_hold', 'cancelled', 'done'),
    dueOn: fc.constantFrom(null, '2026-06-01', '2026-06-10', '2026-07-01'),
    originalDueOn: fc.constant(null),
    doneOn: fc.constant('2026-06-05'),
    ownerKind: fc.constantFrom(null, 'municipality', 'police'),
    judgement: fc.constantFrom(null, 'realised', 'partly', 'not'),
  });
  const shareCompleted = (actions: readonly ActionCase[]) => shareOf(actions.map((one) => completed(one, AS_OF)));

  it('is never lowered by finishing an action', () => {
    fc.assert(
      fc.property(fc.array(action, { minLength: 1 }), fc.nat(), (actions, n) => {
        const finished = actions.with(n % actions.length, { ...actions[n % actions.length], status: 'done' });
        expect(shareCompleted(finished)).toBeGreaterThanOrEqual(shareCompleted(actions) ?? 0);
      }),
    );
  });

  it('does not depend on the order of the cases, and lies between 0 and 100', () => {
    fc.assert(
      fc.property(fc.array(action), (actions) => {
        const share = shareCompleted(actions);
        expect(shareCompleted(actions.toReversed())).toBe(share);
        if (share !== null) expect(share >= 0 && share <= 100).toBe(true);
      }),
    );
  });
});

it.each<[string | null, Outcome]>([
  ['municipality', 'against'],
  ['police', 'for'],
  [null, 'apart'],
])('an action of %p counts for the share of partners: %s', (ownerKind, outcome) => {
  expect(ownedByPartner({ ...ACTION, ownerKind })).toBe(outcome);
});

it.each<[string, string | null, Outcome]>([
  ['done', 'realised', 'for'],
  ['done', 'partly', 'against'],
  ['done', 'not', 'against'],
  ['done', null, 'not_due'],
  ['open', null, 'apart'],
])('an action that is %s and judged %p is %s', (status, judgement, outcome) => {
  expect(judgedRealised({ ...ACTION, status, judgement })).toBe(outcome);
  expect(actionOutcome({ kind: 'judged_realised' }, { ...ACTION, status, judgement }, AS_OF)).toBe(outcome);
});

describe('a figure of nothing', () => {
  it.each<[Outcome[]]>([[[]], [['not_due']], [['apart', 'not_due']]])('is not measured: %p', (outcomes) => {
    expect(shareOf(outcomes)).toBeNull();
  });
  it('is no number of sessions either, but sessions that were not held are none held', () => {
    expect(countOf([])).toBeNull();
    expect(countOf(['against'])).toBe(0);
  });
  it('is a whole percentage, half up, of what counts', () => {
    expect(shareOf(['for', 'against', 'against'])).toBe(33);
    expect(shareOf(['for', 'for', 'against', 'not_due'])).toBe(67);
    expect(shareOf([...Array<Outcome>(1).fill('for'), ...Array<Outcome>(7).fill('against')])).toBe(13);
  });
});
