import { describe, expect, it } from '@jest/globals';
import { type DiscussedAction, inOrderOfUrgency, sectionOf, urgencyOf } from '../../src/sessions/discussions.rules.js';

const TODAY = '2026-06-02';
const days = { today: TODAY, nextOn: '2026-07-07' };
const action = (fields: Partial<DiscussedAction> = {}): DiscussedAction => ({
  number: 'BOS-1',
  status: 'open',
  resumeOn: null,
  dueOn: null,
  checkOn: null,
  isHandedBack: false,
  ...fields,
});

describe('urgency', () => {
  it.each([
    ['overdue', { dueOn: '2026-06-01' }, 0],
    ['overdue and blocked', { dueOn: '2026-06-01', status: 'blocked' }, 0],
    ['past its check date', { checkOn: '2026-06-01' }, 1],
    ['on its check date', { checkOn: TODAY }, 1],
    ['on hold until today, and overdue since', { dueOn: '2026-06-01', status: 'on_hold', resumeOn: TODAY }, 0],
    ['on hold beyond its deadline', { dueOn: '2026-06-01', status: 'on_hold', resumeOn: '2026-06-03' }, null],
    ['before its check date', { checkOn: '2026-06-03' }, null],
    ['past its check date but on hold', { checkOn: '2026-06-01', status: 'on_hold' }, null],
    ['blocked', { status: 'blocked' }, 2],
    ['handed back', { isHandedBack: true }, 3],
    ['due the day before the next session', { dueOn: '2026-07-06' }, 4],
    ['due today', { dueOn: TODAY }, 4],
    ['due at the next session', { dueOn: '2026-07-07' }, null],
    ['without a date', {}, null],
  ] as [string, Partial<DiscussedAction>, number | null][])('%s', (_, fields, expected) => {
    expect(urgencyOf(action(fields), days)).toBe(expected);
  });

  it('does not guess while no next session is planned', () => {
    expect(urgencyOf(action({ dueOn: '2026-06-03' }), { today: TODAY, nextOn: null })).toBeNull();
  });
});

it('lists what was reported done last, however late it was', () => {
  expect(sectionOf('reported_done', action({ dueOn: '2026-01-01', status: 'done' }), days)).toBe('reported_done');
  const order = inOrderOfUrgency(
    [
      { ...action({ number: 'BOS-1', status: 'done' }), kind: 'reported_done' as const },
      { ...action({ number: 'BOS-10' }), kind: 'open' as const },
      { ...action({ number: 'BOS-9' }), kind: 'open' as const },
      { ...action({ number: 'BOS-4', dueOn: '2026-12-31' }), kind: 'open' as const },
      { ...action({ number: 'BOS-5', status: 'blocked' }), kind: 'open' as const },
      { ...action({ number: 'BOS-6', dueOn: '2026-06-01' }), kind: 'open' as const },
      { ...action({ number: 'BOS-7', dueOn: '2026-05-01' }), kind: 'open' as const },
    ],
    days,
  );
  expect(order.map(({ number, section }) => `${number} ${section}`)).toEqual([
    'BOS-7 urgent',
    'BOS-6 urgent',
    'BOS-5 urgent',
    'BOS-4 rest',
    'BOS-9 rest',
    'BOS-10 rest',
    'BOS-1 reported_done',
  ]);
});
