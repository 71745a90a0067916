import { describe, expect, it } from '@jest/globals';
import {
  type Discussed,
  type DiscussedAction,
  inOrderOfUrgency,
  sectionOf,
  urgencyOf,
} from '../../src/sessions/discussions.rules.js';

const TODAY = '2026-06-02';
const days = { today: TODAY, heldOn: TODAY, nextOn: '2026-07-07' };
const action = (fields: Partial<DiscussedAction> = {}): DiscussedAction => ({
  number: 'BOS-1',
  status: 'open',
  resumeOn: null,
  dueOn: null,
  checkOn: null,
  closedOn: null,
  isHandedBack: false,
  ...fields,
});

describe('urgency', () => {
  it.each([
    ['asked to discuss, and overdue', { dueOn: '2026-06-01', asked: {} }, 0],
    ['asked to discuss, and on hold since', { status: 'on_hold', resumeOn: '2026-07-01', asked: {} }, 0],
    ['asked to discuss, and cancelled since', { status: 'cancelled', asked: {} }, null],
    ['overdue', { dueOn: '2026-06-01' }, 1],
    ['overdue and blocked', { dueOn: '2026-06-01', status: 'blocked' }, 1],
    ['past its check date', { checkOn: '2026-06-01' }, 2],
    ['on its check date', { checkOn: TODAY }, 2],
    ['on hold until today, and overdue since', { dueOn: '2026-06-01', status: 'on_hold', resumeOn: TODAY }, 1],
    ['on hold beyond its deadline', { dueOn: '2026-06-01', status: 'on_hold', resumeOn: '2026-06-03' }, null],
    ['before its check date', { checkOn: '2026-06-03' }, null],
    ['past its check date but on hold', { checkOn: '2026-06-01', status: 'on_hold' }, null],
    ['blocked', { status: 'blocked' }, 3],
    ['handed back', { isHandedBack: true }, 4],
    ['due the day before the next session', { dueOn: '2026-07-06' }, 5],
    ['due today', { dueOn: TODAY }, 5],
    ['due at the next session', { dueOn: '2026-07-07' }, null],
    ['without a date', {}, null],
  ] as [string, Partial<DiscussedAction>, number | null][])('%s', (_, fields, expected) => {
    expect(urgencyOf(action(fields), days)).toBe(expected);
  });

  it('does not guess while no next session is planned', () => {
    expect(urgencyOf(action({ dueOn: '2026-06-03' }), { ...days, nextOn: null })).toBeNull();
  });
});

describe('reported done', () => {
  const done = { status: 'done', closedOn: TODAY } as const;
  it.each([
    ['since the last session', { ...done, kind: 'reported_done', outcome: 'discussed' }, true],
    ['since the opening', done, true],
    ['since the opening, and accepted', { ...done, outcome: 'accepted' }, true],
    ['at the table', { ...done, outcome: 'updated' }, false],
    ['after the day of the session', { ...done, closedOn: '2026-06-03' }, false],
    ['and going on again', { kind: 'reported_done' }, false],
  ] as [string, Partial<Discussed>, boolean][])('%s', (_, fields, expected) => {
    const one: Discussed = { ...action(fields), kind: 'open', outcome: null, ...fields };
    expect(sectionOf(one, days) === 'reported_done').toBe(expected);
  });
});

it('lists what was reported done last, however late it was', () => {
  const done = { status: 'done', closedOn: TODAY } as const;
  const taken = (fields: Partial<Discussed>): Discussed => ({
    ...action(fields),
    kind: 'open',
    outcome: null,
    ...fields,
  });
  const reported = taken({ ...done, dueOn: '2026-01-01', kind: 'reported_done' });
  expect(sectionOf(reported, days)).toBe('reported_done');
  const order = inOrderOfUrgency(
    [
      taken({ ...done, number: 'BOS-1', kind: 'reported_done' }),
      taken({ number: 'BOS-10' }),
      taken({ number: 'BOS-9' }),
      taken({ number: 'BOS-4', dueOn: '2026-12-31' }),
      taken({ number: 'BOS-5', status: 'blocked' }),
      taken({ number: 'BOS-6', dueOn: '2026-06-01' }),
      taken({ number: 'BOS-7', dueOn: '2026-05-01' }),
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
