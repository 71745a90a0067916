import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  nextNumber,
  agendaItemViolation,
  orderAfterMove,
  orderWithNew,
} from '../../src/meetings/agenda/agenda-items.rules.js';
import type { ItemKind } from '../../src/meetings/meeting.entity.js';
import { presenceOf } from '../../src/meetings/attendance/attendances.rules.js';

const item = (id: string, kind: ItemKind = 'topic') => ({ id, kind });

it.each([
  ['a topic before the rondvraag', 'topic', 'opening,new,aob,closing'],
  ['a rondvraag at the end', 'any_other_business', 'opening,aob,closing,new'],
] as [string, ItemKind, string][])('puts %s', (_, kind, expected) => {
  const items = [item('opening', 'opening'), item('aob', 'any_other_business'), item('closing', 'closing')];
  expect(
    orderWithNew(items, item('new', kind))
      .map(({ id }) => id)
      .join(),
  ).toBe(expected);
});

it('moves an item to the asked place among what is visible and loses none', () => {
  const ids = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(ids, fc.nat(7), fc.integer({ min: 1, max: 10 }), fc.func(fc.boolean()), (all, n, place, isSeen) => {
      const moved = all[n % all.length];
      const isVisible = (id: string) => id === moved || isSeen(id);
      const order = orderAfterMove(all, moved, place, isVisible);
      expect([...order].sort()).toEqual([...all].sort());
      const visible = order.filter(isVisible);
      expect(visible.indexOf(moved) + 1).toBe(Math.min(place, visible.length));
      const others = (list: string[]) => list.filter((id) => id !== moved);
      expect(others(order)).toEqual(others(all));
    }),
  );
});

it('numbers confidential items in a series of their own', () => {
  const last = { lastItemNumber: 6, lastConfidentialItemNumber: 1 };
  expect([nextNumber(last, false), nextNumber(last, true)]).toEqual(['7', 'V2']);
});

describe('changing an item', () => {
  it.each([
    ['the title beforehand', { title: 'x' }, 'accepted', 'planned', undefined],
    ['the notes beforehand', { notes: 'x' }, 'accepted', 'planned', 'SESSION_NOT_OPEN'],
    ['the notes in the session', { notes: 'x' }, 'accepted', 'open', undefined],
    ['the outcome of a proposal', { state: 'discussed' }, 'proposed', 'open', 'ITEM_NOT_ACCEPTED'],
    ['the notes of what was declined', { notes: 'x' }, 'declined', 'open', 'ITEM_NOT_ACCEPTED'],
    ['the place after closing', { position: 1 }, 'accepted', 'closed', 'SESSION_CLOSED'],
    ['the title of what was cancelled', { title: 'x' }, 'accepted', 'cancelled', 'SESSION_CANCELLED'],
  ] as const)('%s', (_, change, state, session, code) => {
    expect(agendaItemViolation(change, { state }, session)?.code).toBe(code);
  });
});

describe('whether an organisation was there', () => {
  const person = (status: 'present' | 'excused' | 'absent') => ({ personId: 'p', isReplacement: false, status });
  const guest = (status: 'present' | 'excused' | 'absent', isReplacement = false) => ({
    personId: null,
    isReplacement,
    status,
  });
  it.each([
    ['one of two came', [person('absent'), person('present')], 'present'],
    ['one excused, one absent', [person('absent'), person('excused')], 'excused'],
    ['all absent', [person('absent'), person('absent')], 'absent'],
    ['nobody recorded', [], 'absent'],
    ['its vervanger came', [person('excused'), guest('present', true)], 'present'],
    ['only another guest came', [guest('present')], 'absent'],
  ] as const)('%s', (_, recorded, expected) => expect(presenceOf(recorded, 'open')).toBe(expected));

  it('says nothing before the session while nothing is recorded', () => {
    expect(presenceOf([], 'planned')).toBeNull();
    expect(presenceOf([person('excused')], 'planned')).toBe('excused');
  });
});
