import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { agendaItemViolation, orderAfterMove, orderWithNew } from '../../src/meetings/agenda/agenda-items.rules.js';
import { numbersInOrder } from '../../src/meetings/agenda/agenda-numbers.rules.js';
import type { ItemState } from '../../src/meetings/agenda/agenda-item.entity.js';
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

describe('the numbers of an agenda', () => {
  const numbered = (list: string) =>
    list.split(' ').map((one) => {
      const [id, number, state = 'accepted'] = one.split(':');
      return { id, number, state: state as ItemState };
    });
  it.each([
    ['follow the order', 'a:1 b:2 d:4 c:3', false, undefined, '1 2 3 4'],
    ['close a gap', 'a:1 c:3', false, undefined, '1 2'],
    [
      'count proposals and what was declined after the others',
      'a:1 p:2:proposed d:3:declined b:4',
      false,
      undefined,
      '1 3 4 2',
    ],
    ['stay once they have gone out', 'a:1 b:5 c:8 d:6', true, undefined, '1 5 8 6'],
    ['have a letter for what is added after that', 'a:1 b:2 n:~ c:3', true, 'n', '1 2 2a 3'],
    ['go on with the letter', 'a:1 b:2 x:2a n:~ c:3', true, 'n', '1 2 2a 2b 3'],
    ['start with 0a before the first', 'n:~ a:1', true, 'n', '0a 1'],
    ['start with 1 when there was none', 'n:~', true, 'n', '1'],
    ['have a letter for a proposal accepted after that', 'a:1 p:3:accepted q:2a:proposed b:2', true, 'p', '1 1a 1b 2'],
  ] as const)('%s', (_, items, isFixed, added, expected) => {
    const all = numbered(items);
    const numbers = numbersInOrder(all, isFixed, added);
    expect(all.map(({ id }) => numbers.get(id)).join(' ')).toBe(expected);
  });

  it('go on after z', () => {
    const many = Array.from({ length: 30 }, (_, index) => ({ id: `${index}`, number: '', state: 'proposed' as const }));
    const all = [{ id: 'a', number: '1', state: 'accepted' as const }, ...many];
    expect([...numbersInOrder(all, true).values()].slice(24, 30)).toEqual(['1x', '1y', '1z', '1aa', '1ab', '1ac']);
  });
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
