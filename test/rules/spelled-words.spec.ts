import { expect, it } from '@jest/globals';
import { spelledAt, withoutSpelled } from '../../src/platform/spelling/spelled-words.js';

it.each([
  ['Bel José!', 'Jose', 'Bel ×!'],
  ['Bel Jose\u0301!', 'José', 'Bel ×!'],
  ['Bel José\u0301\u200b!', 'Jose', 'Bel ×!'],
  ['Jan\n  Jansen en Jan\u00a0Jansen.', 'Jan Jansen', '× en ×.'],
  ['Jan Jansen', ' Jan\nJansen ', '×'],
  ["’t Hart en 't Hart", "'t Hart", '× en ×'],
  ['Jan‑Peter, Jan–Peter', 'Jan-Peter', '×, ×'],
  ['jan jansen', 'Jan Jansen', 'jan jansen'],
  ['Jan en Jansen', 'Jan Jansen', 'Jan en Jansen'],
  ['eee', 'ee', '×e'],
  ['ﬁets', 'fiets', '×'],
  ['👩‍🌾 Bo', 'Bo', '👩‍🌾 ×'],
  ['niets', '\u200b ', 'niets'],
])('leaves of %j without %j: %j', (text, words, left) => {
  expect(withoutSpelled(text, words, '×')).toBe(left);
});

it('finds words in any case where that is asked, also in letters whose lower case is longer', () => {
  expect(spelledAt('İJan', 'jan')).toEqual([]);
  expect(spelledAt('İJan', 'jan', { anyCase: true })).toEqual([[1, 4]]);
});
