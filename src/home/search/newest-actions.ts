import { type SearchedWord, searchedWords } from '../../platform/common/plain-words.js';
import { toLookUpFirst } from '../../platform/database/first-word.js';
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

async function countOf(source: Source, sql: string, params: Params): Promise<number> {
  return (await rows<{ n: number }>(source, sql, params.values))[0].n;
}
