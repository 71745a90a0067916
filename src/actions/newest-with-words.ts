import { type SearchedWord, searchedWords } from '../platform/common/searched-words.rules.js';
import { dialectOf } from '../platform/database/dialect.js';
import { Params, rows, type Source } from '../platform/database/rows.js';
import {
  ACTION_WORDS,
  COMMON,
  PROBED,
  toTsquery,
  type WordMatches,
  withWords,
} from '../platform/database/word-search.js';

/** Common words are looked for in the newest texts first. */
const NEWEST = 5000;

/**
 * Where to look for the words of actions: in the index; in the newest texts only; or in each text that the rest of the
 * statement asks for.
 */
export type WordPlan = 'index' | 'newest' | 'each';

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
    return read(plan, planned(source, plan, column, words, params), params);
  };
  if (!(await areCommon(source, column, words, PROBED))) return readBy('index');
  if (isNarrow) return readBy('each');
  const found = await readBy('newest');
  if (found.length >= enough) return found;
  return readBy((await areCommon(source, column, words, NEWEST)) ? 'each' : 'index');
}

/** Whether one in twenty of so many of the newest texts of actions has these words. */
async function areCommon(source: Source, column: 'whole' | 'public', words: SearchedWord[], probed: number) {
  const params = new Params();
  const { from, where } = amongTexts(source, column, words, params, probed);
  const [{ n }] = await rows<{ n: number }>(
    source,
    `SELECT count(*) AS "n" FROM ${from} WHERE ${where}`,
    params.values,
  );
  return n * COMMON >= probed;
}

function planned(
  source: Source,
  plan: WordPlan,
  column: 'whole' | 'public',
  words: SearchedWord[],
  params: Params,
): WordMatches {
  if (plan !== 'index') return amongTexts(source, column, words, params, plan === 'newest' ? NEWEST : undefined);
  const matches = withWords(source, ACTION_WORDS[column], words, params);
  if (!dialectOf(source).isPostgres) return matches;
  // Apart from the rest, because PostgreSQL would otherwise read all texts, newest first, to find a hundred of a rare word.
  const { from, where, id } = matches;
  return {
    from: `(WITH "found" AS MATERIALIZED (SELECT ${id} FROM ${from} WHERE ${where}) SELECT * FROM "found") t`,
    where: 'TRUE',
    id: 't."actionId"',
    newestFirst: 't."actionId" DESC',
  };
}

/** The texts of actions that have these words by themselves, without the index: all, or so many of the newest. */
function amongTexts(
  source: Source,
  column: 'whole' | 'public',
  words: SearchedWord[],
  params: Params,
  newest?: number,
): WordMatches {
  if (dialectOf(source).isPostgres) {
    const some = `(SELECT * FROM "action_texts" x ORDER BY x."actionId" DESC LIMIT ${newest}) t`;
    return {
      from: newest ? some : '"action_texts" t',
      where: `t."${column}Words" @@ CAST(${params.add(toTsquery(words))} AS tsquery)`,
      id: 't."actionId"',
      newestFirst: 't."actionId" DESC',
    };
  }
  const isNew = newest ? `t."id" > (SELECT max(x."id") - ${newest} FROM "action_texts" x) AND ` : '';
  return {
    from: '"action_texts" t CROSS JOIN "action_words" w ON w.rowid = t."id"',
    where: `${isNew}has_words(w."${column}", ${params.add(JSON.stringify(words))})`,
    id: 't."actionId"',
    newestFirst: 't."id" DESC',
  };
}
