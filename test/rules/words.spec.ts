import { describe, expect, it } from '@jest/globals';
import { ORGANISATION_KIND_SYNONYMS, ORGANISATION_KIND_WORDS } from '../../src/directory/words.js';
import { deadlineWords, dueWords, statusSentence, statusWords, togetherWith } from '../../src/actions/words.js';

describe('a deadline in words', () => {
  it.each([
    ['date', '2026-07-03', 'vrijdag 3 juli 2026', 'uiterlijk vrijdag 3 juli 2026'],
    ['asap', null, 'z.s.m.', 'z.s.m.'],
    ['ongoing', null, 'doorlopend', 'doorlopend'],
    ['next_session', null, 'volgend overleg', 'volgend overleg'],
    ['next_session', '2026-06-30', 'volgend overleg (dinsdag 30 juni 2026)', 'volgend overleg (dinsdag 30 juni 2026)'],
    [null, null, 'nog geen datum', 'nog geen datum'],
  ] as const)('%s %s is "%s", in a line "%s"', (dueKind, dueOn, cell, line) => {
    expect(deadlineWords({ dueKind, dueOn })).toBe(cell);
    expect(dueWords({ dueKind, dueOn })).toBe(line);
  });
});

describe('who helps, in a row', () => {
  it.each([
    [[], ''],
    [['BOR'], 'samen met BOR'],
    [['BOR', 'MO'], 'samen met BOR en MO'],
    [['BOR', 'MO', 'Politie'], 'samen met BOR, MO en Politie'],
    [['BOR', 'MO', 'Politie', 'Tom'], 'samen met BOR, MO en 2 anderen'],
  ])('of %j is "%s"', (helpers, words) => expect(togetherWith(helpers)).toBe(words));
});

describe('a status in words', () => {
  it('says until when an action waits, where that is known', () => {
    expect(statusWords('on_hold', '2026-09-01')).toBe('wacht tot dinsdag 1 september 2026');
    expect([statusWords('on_hold'), statusWords('blocked', '2026-09-01')]).toEqual(['wacht', 'stokt']);
  });

  it.each([
    ['open', 'BOS-12 is open'],
    ['in_progress', 'BOS-12 loopt'],
    ['on_hold', 'BOS-12 wacht'],
    ['cancelled', 'BOS-12 is vervallen'],
  ] as const)('makes a sentence of %s', (status, sentence) => expect(statusSentence('BOS-12', status)).toBe(sentence));
});

it('lets no former name of a kind of organisation be the name of another', () => {
  const names = new Set(Object.values(ORGANISATION_KIND_WORDS));
  expect(Object.keys(ORGANISATION_KIND_SYNONYMS).filter((name) => names.has(name))).toEqual([]);
  expect(ORGANISATION_KIND_SYNONYMS).toMatchObject({ welzijn: 'welfare', anders: 'other' });
});
