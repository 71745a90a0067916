import type { SearchedWord } from '../common/plain-words.js';
import { dialectOf } from './dialect.js';
import type { Source } from './rows.js';

/** Words that begin with so few characters are many. */
const BROAD = 2;

/** The longest word of a search, if looking it up first may spare PostgreSQL all texts with a word of one or two characters. */
export function toLookUpFirst(source: Source, words: readonly SearchedWord[]): SearchedWord | undefined {
  const lengthOf = ([phrase]: SearchedWord): number => phrase.words.join('').length;
  const [longest, ...others] = words.toSorted((one, other) => lengthOf(other) - lengthOf(one));
  const isWorthIt = dialectOf(source).isPostgres && lengthOf(longest) > BROAD;
  return isWorthIt && others.some((word) => lengthOf(word) <= BROAD) ? longest : undefined;
}
