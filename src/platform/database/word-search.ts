import type { EntityManager } from 'typeorm';
import { type Phrase, type SearchedWord, searchedWords } from '../spelling/plain-words.js';
import { dialectOf } from './dialect.js';
import { execute, type Params, type Source } from './rows.js';

/** So many of the newest texts tell whether words are common: if one in `COMMON` or more has them. */
export const PROBED = 400;
export const COMMON = 20;
/** Common words are looked for in the newest texts first. */
export const NEWEST = 5000;

/** A full-text index: its table of texts, on SQLite the one of words beside it, and the column of both that is searched. */
export interface WordIndex {
  texts: string;
  words: string;
  column: string;
  /** The id of the record with the text. */
  id: string;
}
const ACTIONS = { texts: 'action_texts', words: 'action_words', id: 'actionId' };
/** `whole` serves readers of the action, `public` those who may only read its public part. */
const ACTION_WORDS: Record<'whole' | 'public', WordIndex> = {
  whole: { ...ACTIONS, column: 'whole' },
  public: { ...ACTIONS, column: 'public' },
};
/**
 * SQL for the texts with the words of a search: the first table of the FROM clause, its condition, the id, and the
 * order (newest first).
 */
export interface WordMatches {
  from: string;
  where: string;
  id: string;
  newestFirst: string;
}

/**
 * Where to look for the words of actions: in the index; in the newest texts only; or in each text that the rest of the
 * statement asks for.
 */
export type WordPlan = 'index' | 'newest' | 'each';

/** The texts of actions with these words, found in that way. */
export function textsBy(
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
export function amongTexts(
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

/** The texts in an index that contain these words. */
export function withWords(
  source: Source,
  { texts, words: table, column, id }: WordIndex,
  words: SearchedWord[],
  params: Params,
): WordMatches {
  const subject = `t."${id}"`;
  if (dialectOf(source).isPostgres) {
    const where = `t."${column}Words" @@ CAST(${params.add(toTsquery(words))} AS tsquery)`;
    return { from: `"${texts}" t`, where, id: subject, newestFirst: `${subject} DESC` };
  }
  return {
    // In this order: SQLite does not reorder the tables of a CROSS JOIN.
    from: `"${table}" w CROSS JOIN "${texts}" t ON t."id" = w.rowid`,
    where: `"${table}" MATCH ${params.add(toFts5(column, words))}`,
    id: subject,
    newestFirst: 'w.rowid DESC',
  };
}

/** SQL for the ids of the actions that contain the words of this text. Undefined when the text contains no word. */
export function actionsWithWords(
  source: Source,
  column: 'whole' | 'public',
  text: string,
  params: Params,
): string | undefined {
  const words = searchedWords(text);
  if (words.length === 0) return undefined;
  const found = withWords(source, ACTION_WORDS[column], words, params);
  return `SELECT ${found.id} FROM ${found.from} WHERE ${found.where}`;
}

/**
 * Rebuilds the word index of SQLite from the present texts. A changed text leaves its former words in the index, marked as
 * deleted; erasing them at each change (`secure-delete`) makes an import twenty times slower. Takes 2 s for 100,000 actions.
 */
export async function forgetFormerWords(manager: EntityManager): Promise<void> {
  if (dialectOf(manager).isPostgres) return;
  await execute(manager, `INSERT INTO "action_words" ("action_words") VALUES ('rebuild')`);
}

/** The words are letters and digits only, so nothing in them is an operator. */
const toFts5 = (column: string, searched: readonly SearchedWord[]): string => {
  const phrase = ({ words, isWhole }: Phrase): string => `"${words.join(' ')}"${isWhole ? '' : ' *'}`;
  return `"${column}" : (${searched.map((phrases) => `(${phrases.map(phrase).join(' OR ')})`).join(' AND ')})`;
};

export function toTsquery(searched: readonly SearchedWord[]): string {
  const phrase = ({ words, isWhole }: Phrase): string =>
    `(${words.map((word, n) => `'${word}'${n === words.length - 1 && !isWhole ? ':*' : ''}`).join(' <-> ')})`;
  return searched.map((phrases) => `(${phrases.map(phrase).join(' | ')})`).join(' & ');
}
