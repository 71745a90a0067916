import { expect, it } from '@jest/globals';
import { asSentence, beginningOf } from '../../src/platform/rendering/text.js';

it.each([
  ['all of a text that fits', 'Bel de huisbaas', 15, 'Bel de huisbaas'],
  ['whole words', 'Bel de huisbaas', 14, 'Bel de'],
  ['a word that just fits', 'Bel de huisbaas', 6, 'Bel de'],
  ['words on several lines', 'Bel\n\nde huisbaas', 7, 'Bel\n\nde'],
  ['a part of a single long word', 'Huisbazenoverleg', 9, 'Huisbazen'],
  ['no half of a character', 'Bel💡', 4, 'Bel'],
])('keeps %s', (_, text, most, expected) => {
  expect(beginningOf(text, most)).toBe(expected);
});

it.each([
  ['Uiterlijk vrijdag 6 juni 2026', 'Uiterlijk vrijdag 6 juni 2026.'],
  ['z.s.m.', 'z.s.m.'],
  ['Mag dat? ', 'Mag dat? '],
  ['Zij zei: “Ja.”', 'Zij zei: “Ja.”'],
])('ends %s with one full stop at most', (text, expected) => {
  expect(asSentence(text)).toBe(expected);
});
