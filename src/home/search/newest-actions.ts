import { type SearchedWord, searchedWords } from '../../platform/spelling/plain-words.js';
import { dialectOf } from '../../platform/database/dialect.js';
import { Params, rows, type Source } from '../../platform/database/rows.js';
import {
  amongTexts,
  COMMON,
  NEWEST,
  PROBED,
  textsBy,
  type WordMatches,
  type WordPlan,
} from '../../platform/database/word-search.js';

/** Words that begin with so few characters are many. */
const BROAD = 2;

/**
 * Reads the newest actions with these words. An index finds rare words at once, but collects every text of a common one
 * before the newest are known; those are found soonest by reading the newest texts, or those of a caller who may read few
 * (`isNarrow`). Databases cannot tell: of a word they have no statistics of, PostgreSQL expects one text in 200 to have it.
 */
export async function newestActionsWithWords<T>(
  source: Source,
  column: 'whole' | 'public',
  text: string,
  { isNarrow, enough }: { isNarrow: boolean; enough: number },
  read: (plan: WordPlan, matches: WordMatches, params: Params) => Promise<T[]>,
): Promise<T[]> {
  const words = searchedWords(text);
  if (words.length === 0) return [];
  const readBy = (plan: WordPlan): Promise<T[]> => {
    const params = new Params();
    return read(plan, textsBy(source, plan, column, words, params), params);
  };
  if (!(await areCommon(source, column, words, PROBED))) {
    return (await isWordNowhere(source, column, words)) ? [] : readBy('index');
  }
  if (isNarrow) return readBy('each');
  const found = await readBy('newest');
  if (found.length >= enough) return found;
  return readBy((await areCommon(source, column, words, NEWEST)) ? 'each' : 'index');
}

/** Whether one in twenty of so many of the newest texts of actions has these words. */
async function areCommon(source: Source, column: 'whole' | 'public', words: SearchedWord[], probed: number) {
  return (await countAmongNewest(source, column, words, probed)) * COMMON >= probed;
}

async function countAmongNewest(source: Source, column: 'whole' | 'public', words: SearchedWord[], probed: number) {
  const params = new Params();
  const { from, where } = amongTexts(source, column, words, params, probed);
  return countOf(source, `SELECT count(*) AS "n" FROM ${from} WHERE ${where}`, params);
}

/**
 * Whether no text has the longest of these words, if that can be told sooner than finding all of them: for the one or two
 * characters that somebody is still typing, PostgreSQL collects every text with a word that begins with them first.
 */
async function isWordNowhere(source: Source, column: 'whole' | 'public', words: SearchedWord[]): Promise<boolean> {
  const longest = toLookUpFirst(source, words);
  if (!longest || (await countAmongNewest(source, column, [longest], PROBED)) > 0) return false;
  const params = new Params();
  const { from, where } = textsBy(source, 'index', column, [longest], params);
  return (
    (await countOf(source, `SELECT count(*) AS "n" FROM (SELECT 1 FROM ${from} WHERE ${where} LIMIT 1) x`, params)) ===
    0
  );
}

/** The longest word of a search, if that may spare collecting all texts with a word of one or two characters. */
function toLookUpFirst(source: Source, words: readonly SearchedWord[]): SearchedWord | undefined {
  const lengthOf = ([phrase]: SearchedWord): number => phrase.words.join('').length;
  const [longest, ...others] = words.toSorted((one, other) => lengthOf(other) - lengthOf(one));
  const isWorthIt = dialectOf(source).collectsWords && lengthOf(longest) > BROAD;
  return isWorthIt && others.some((word) => lengthOf(word) <= BROAD) ? longest : undefined;
}

async function countOf(source: Source, sql: string, params: Params): Promise<number> {
  return (await rows<{ n: number }>(source, sql, params.values))[0].n;
}
