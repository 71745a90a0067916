import { expect, it } from '@jest/globals';
import {
  hasWords,
  plainWords,
  REPLACED,
  REPLACEMENTS,
  searchedWords,
} from '../../src/platform/spelling/plain-words.js';

const ways = (text: string) =>
  searchedWords(text).map((phrases) =>
    phrases.map(({ words, isWhole }) => `${words.join(' ')}${isWhole ? '' : '*'}`).join(' or '),
  );

it.each([
  ['Skatebaan  café', ['skatebaan*', 'cafe*']],
  ['BOS-12', ['bos 12*']],
  ["boa's", ['boas* or boa s*']],
  ['BOA’S', ['boas* or boa s*']],
  ['BOAs', ['boas* or boa s']],
  ["'s-Gravenhage", ['s gravenhage*']],
  ["'boas'", ['boas* or boa s']],
  ['zzpers', ['zzpers* or zzp ers']],
  ["zzp'er", ['zzper* or zzp er*']],
  ['water', ['water*']],
  ['kamers', ['kamers*']],
  ["l'", ['l*']],
  ['12e', ['12e*']],
  ["' -- ''", []],
])('reads %s as %p', (text, expected) => {
  expect(ways(text)).toEqual(expected);
});

it.each([
  ['boas', "Ronde met de boa's.", true],
  ["boa's", 'Meer BOAs op straat', true],
  ['boas', 'de boa ziet het', false],
  ['boas', 'een boa sluit af', false],
  ['bos-12', 'BOS-120: hek', true],
  ['bos-12', 'BOS 1 of 12', false],
  ['cafe', 'Het Café', true],
  ['afe', 'Het Café', false],
  ['hek cafe', 'Café, het hek', true],
  ['hek cafe', 'Café', false],
])('says whether %s is in %p: %p', (searched, text, expected) => {
  expect(hasWords(text, searchedWords(searched))).toBe(expected);
});

it.each([
  ['Café Ÿ ŽÅÑ', 'cafe y zan'],
  ['Hondsrug-zuid (2e)', 'hondsrug zuid  2e '],
  ['‘t’ “x”…\tij\r\n', ' t   x   ij  '],
  ['œ ß ĳ 你 12', 'œ ß ĳ 你 12'],
])('writes %j in plain words as %j', (text, plain) => {
  expect(plainWords(text)).toBe(plain);
});

it('has one plain replacement for each replaced character, as SQL needs', () => {
  expect(REPLACEMENTS).toHaveLength(REPLACED.length);
  expect(REPLACEMENTS).toMatch(/^[a-z]+ +$/);
  expect(new Set(REPLACED).size).toBe(REPLACED.length);
  for (const [n, character] of [...REPLACED].entries())
    expect(/\p{L}/u.test(character) ? character.normalize('NFKD')[0] : ' ').toBe(REPLACEMENTS[n]);
});
