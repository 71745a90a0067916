import { describe, expect, it } from '@jest/globals';
import { goesOn } from '../../src/meetings/meetings.rules.js';
import { dayInSession, endOf, minutesBetween, wentUnheld } from '../../src/meetings/sessions.rules.js';
import {
  type ActionAtClosing,
  type ItemAtClosing,
  kindAtOpening,
  missingAtClosing,
} from '../../src/sessions/sessions.rules.js';

const item = (fields: Partial<ItemAtClosing> = {}): ItemAtClosing => ({
  id: 'item',
  number: '4',
  kind: 'topic',
  state: 'accepted',
  notes: null,
  decision: null,
  hasAction: false,
  isKnown: true,
  ...fields,
});
const action = (fields: Partial<ActionAtClosing> = {}): ActionAtClosing => ({
  id: 'action',
  number: 'BOS-1',
  ownerId: 'police',
  dueKind: 'date',
  dueOn: '2026-06-30',
  isReturned: false,
  isKnown: true,
  ...fields,
});

describe('the closing rule for topics', () => {
  it.each([
    ['empty', {}, 1],
    ['with blank notes', { notes: ' \n' }, 1],
    ['called discussed but empty', { state: 'discussed' }, 1],
    ['with notes', { notes: 'Besproken.' }, 0],
    ['with a decision', { decision: 'Doorgaan.' }, 0],
    ['with an action', { hasAction: true }, 0],
    ['not discussed', { state: 'not_discussed' }, 0],
    ['adjourned', { state: 'adjourned' }, 0],
    ['declined', { state: 'declined' }, 0],
    ['proposed', { state: 'proposed' }, 0],
    ['an empty opening', { kind: 'opening' }, 0],
    ['an empty verslag', { kind: 'minutes' }, 0],
    ['an empty actielijst', { kind: 'actions' }, 0],
    ['an empty rondvraag', { kind: 'any_other_business' }, 0],
    ['an empty sluiting', { kind: 'closing' }, 0],
  ] as [string, Partial<ItemAtClosing>, number][])('%s', (_, fields, gaps) => {
    expect(missingAtClosing([item(fields)], [], 'full')).toHaveLength(gaps);
    expect(missingAtClosing([item(fields)], [], 'decisions_and_actions')).toEqual([]);
  });
});

describe('the closing rule for actions', () => {
  it.each([
    ['complete', {}, 0],
    ['without an owner', { ownerId: null }, 1],
    ['handed back since it was closed before', { ownerId: null, isReturned: true }, 0],
    ['without a deadline', { dueKind: null, dueOn: null }, 1],
    ['with a date that is not filled in', { dueOn: null }, 1],
    ['as soon as possible', { dueKind: 'asap', dueOn: null }, 0],
    ['ongoing', { dueKind: 'ongoing', dueOn: null }, 0],
    ['at a next session that is not planned yet', { dueKind: 'next_session', dueOn: null }, 0],
    ['without both', { ownerId: null, dueKind: null, dueOn: null }, 2],
  ] as [string, Partial<ActionAtClosing>, number][])('%s', (_, fields, gaps) => {
    for (const form of ['full', 'decisions_and_actions'] as const) {
      const missing = missingAtClosing([], [action(fields)], form);
      expect(missing).toHaveLength(gaps);
      expect(missing.every(({ field }) => field === 'BOS-1')).toBe(true);
    }
  });
});

it('names everything that is missing at once, and nothing that is hidden', () => {
  const missing = missingAtClosing(
    [item({ number: '4' }), item({ number: '5' }), item({ number: 'V1', isKnown: false })],
    [action({ ownerId: null }), action({ number: 'BOS-V1', ownerId: null, dueKind: null, isKnown: false })],
    'full',
  );
  expect(missing.map(({ field, code }) => [field, code])).toEqual([
    ['4', 'TOPIC_UNTREATED'],
    ['5', 'TOPIC_UNTREATED'],
    ['BOS-1', 'ACTION_WITHOUT_OWNER'],
  ]);
  expect(JSON.stringify(missing)).not.toMatch(/V1/);
});

describe('what a session takes over', () => {
  it.each([
    ['unfinished', { status: 'open' }, 'open'],
    ['on hold', { status: 'on_hold' }, 'open'],
    ['blocked and listed before', { status: 'blocked', isSeen: true }, 'open'],
    ['reopened after it was done', { status: 'in_progress', wasFinished: true }, 'open'],
    ['finished and never seen', { status: 'done', wasFinished: true }, 'reported_done'],
    ['cancelled since', { status: 'cancelled', wasFinished: true }, 'reported_done'],
    ['finished and seen', { status: 'done', wasFinished: true, isSeen: true }, null],
    ['recorded as done', { status: 'done' }, null],
  ] as [string, object, string | null][])('%s', (_, fields, kind) => {
    expect(kindAtOpening({ status: 'open', wasFinished: false, isSeen: false, ...fields })).toBe(kind);
  });
});

describe('the duration of a session', () => {
  it.each([
    ['10:00', '11:30', 90],
    ['10:00', '10:00', null],
    ['10:00', '09:30', null],
    ['22:30', '00:30', 120],
    ['22:30', '06:30', 480],
    ['22:30', '06:31', null],
    ['00:15', '23:45', 1410],
  ])('from %s to %s is %s minutes, also past midnight if that is within eight hours', (start, end, minutes) => {
    expect(minutesBetween(start, end)).toBe(minutes);
  });

  it.each([
    ['10:00', 90, '11:30'],
    ['22:30', 90, '00:00'],
    ['22:30', 120, '00:30'],
    ['22:30', 600, null],
    [null, 90, null],
  ])('of one that begins at %s and takes %s minutes gives its end: %s', (start, minutes, end) => {
    expect(endOf(start, minutes)).toBe(end);
  });
});

describe('the days of a session and its series', () => {
  it.each([
    ['2026-06-01', '2026-06-01'],
    ['2026-06-02', '2026-06-02'],
    ['2026-06-03', '2026-06-02'],
  ])('dates what is recorded on 2 June in a session of %s at %s', (heldOn, day) => {
    expect(dayInSession({ heldOn }, '2026-06-02')).toBe(day);
  });

  it.each([
    ['planned', '2026-06-01', true],
    ['planned', '2026-06-02', false],
    ['open', '2026-06-01', false],
    ['closed', '2026-06-01', false],
  ] as const)('asks on 2 June whether a %s session of %s went unheld: %s', (state, heldOn, expected) => {
    expect(wentUnheld({ state, heldOn }, '2026-06-02')).toBe(expected);
  });

  it.each([
    [null, true],
    ['2026-06-03', true],
    ['2026-06-02', true],
    ['2026-06-01', false],
  ])('asks on 2 June whether a series with the last day %s goes on: %s', (endedOn, expected) => {
    expect(goesOn({ endedOn }, '2026-06-02')).toBe(expected);
  });
});
