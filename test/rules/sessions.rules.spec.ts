import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
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
  number: 'BOS-1',
  ownerId: 'police',
  dueKind: 'date',
  dueOn: '2026-06-30',
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

it('names everything that is missing at once, and what is hidden in one entry that says nothing', () => {
  const missing = missingAtClosing(
    [item({ number: '4' }), item({ number: '5' }), item({ number: 'V1', isKnown: false })],
    [action({ ownerId: null }), action({ number: 'BOS-V1', ownerId: null, dueKind: null, isKnown: false })],
    'full',
  );
  expect(missing.map(({ field }) => field)).toEqual(['4', '5', 'BOS-1', 'session']);
  expect(JSON.stringify(missing)).not.toMatch(/V1/);
});

describe('what a session takes over', () => {
  it.each([
    ['unfinished', { status: 'open' }, 'open'],
    ['on hold', { status: 'on_hold' }, 'open'],
    ['blocked and listed before', { status: 'blocked', seenAt: '2026-06-01' }, 'open'],
    ['reopened after it was done', { status: 'in_progress', finishedAt: '2026-05-01' }, 'open'],
    ['finished and never seen', { status: 'done', finishedAt: '2026-05-01' }, 'reported_done'],
    ['cancelled since', { status: 'cancelled', finishedAt: '2026-05-02', seenAt: '2026-05-01' }, 'reported_done'],
    ['finished and seen', { status: 'done', finishedAt: '2026-05-01', seenAt: '2026-05-02' }, null],
    ['finished at the moment it was seen', { status: 'done', finishedAt: '2026-05-01', seenAt: '2026-05-01' }, null],
    ['recorded as done', { status: 'done' }, null],
  ] as [string, object, string | null][])('%s', (_, fields, kind) => {
    expect(kindAtOpening({ status: 'open', finishedAt: null, seenAt: null, ...fields })).toBe(kind);
  });

  /** Sessions one after another: what is finished when, seen through the rule alone. */
  it('reports each finished action exactly once over any chain of sessions', () => {
    const moment = fc.integer({ min: 0, max: 99 }).map((n) => `2026-01-01T00:00:${String(n).padStart(2, '0')}`);
    fc.assert(
      fc.property(moment, fc.uniqueArray(moment, { minLength: 1, maxLength: 8 }), (finishedAt, openings) => {
        const inTurn = openings.filter((opened) => opened > finishedAt).sort();
        let seenAt: string | null = null;
        const kinds = inTurn.map((opened) => {
          const kind = kindAtOpening({ status: 'done', finishedAt, seenAt });
          if (kind === 'reported_done') seenAt = opened;
          return kind;
        });
        expect(kinds.filter((kind) => kind === 'reported_done')).toHaveLength(Math.min(1, inTurn.length));
      }),
    );
  });
});
