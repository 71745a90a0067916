import type { EntityManager } from 'typeorm';
import { dialectOf } from './dialect.js';
import { execute, Params, rows, type Source } from './rows.js';

const MOST_WORDS = 20;
const LONGEST_WORD = 100;
const FEW = 400;

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
export const ACTION_WORDS: Record<'whole' | 'public', WordIndex> = {
  whole: { ...ACTIONS, column: 'whole' },
  public: { ...ACTIONS, column: 'public' },
};
const RECORDS = { texts: 'record_texts', words: 'record_words', column: 'said', id: 'subjectId' };
/** One index for the texts of two tables: parts of minutes, and agenda items with a decision. */
export const RECORD_WORDS: Record<'minutes' | 'decisions', WordIndex & { subjects: string }> = {
  minutes: { ...RECORDS, subjects: 'minutes_parts' },
  decisions: { ...RECORDS, subjects: 'agenda_items' },
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
 * Reads the newest texts with these words, until there are `enough` rows. SQLite stops by itself; PostgreSQL looks the
 * words up once, and reads the newest few matches before the rest.
 */
export async function newestWithWords<T>(
  source: Source,
  index: WordIndex & { subjects: string },
  text: string,
  enough: number,
  read: (matches: WordMatches, params: Params) => Promise<T[]>,
): Promise<T[]> {
  const params = new Params();
  const matches = textsWithWords(source, index, text, params);
  if (!matches) return [];
  if (!dialectOf(source).isPostgres) return read(matches, params);
  const { from, where, id } = matches;
  const newest = await rows<{ id: string }>(
    source,
    `SELECT x."id" FROM ${from} JOIN "${index.subjects}" x ON x."id" = ${id} WHERE ${where} ORDER BY x."id" DESC`,
    params.values,
  );
  const readOf = (those: readonly { id: string }[]): Promise<T[]> => {
    const own = new Params();
    // As one string: thousands of values are more than a statement accepts.
    const ids = own.add(`{${those.map((one) => one.id).join()}}`);
    return read(listed(`CAST(${ids} AS uuid[])`, matches, index), own);
  };
  if (newest.length === 0) return [];
  const found = await readOf(newest.slice(0, FEW));
  if (newest.length <= FEW || found.length >= enough) return found;
  return [...found, ...(await readOf(newest.slice(FEW)))].slice(0, enough);
}

/** The texts with these ids, each looked up by its id: PostgreSQL would otherwise prefer to scan thousands. */
const listed = (ids: string, matches: WordMatches, { id }: WordIndex): WordMatches => ({
  ...matches,
  from: `unnest(${ids}) AS t("${id}")`,
  where: 'TRUE',
});

/** The texts in an index that contain the words of this text; undefined when it has no word. */
export function textsWithWords(
  source: Source,
  { texts, words: table, column, id }: WordIndex,
  text: string,
  params: Params,
): WordMatches | undefined {
  const words = searchedWords(text);
  if (words.length === 0) return undefined;
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
  const found = textsWithWords(source, ACTION_WORDS[column], text, params);
  return found && `SELECT ${found.id} FROM ${found.from} WHERE ${found.where}`;
}

/**
 * Rebuilds the word index of SQLite from the present texts. A changed text leaves its former words in the index, marked as
 * deleted; erasing them at each change (`secure-delete`) makes an import twenty times slower. Takes 2 s for 100,000 actions.
 */
export async function forgetFormerWords(manager: EntityManager): Promise<void> {
  if (dialectOf(manager).isPostgres) return;
  await execute(manager, `INSERT INTO "action_words" ("action_words") VALUES ('rebuild')`);
}

/**
 * The words of a search, all of which must occur as prefixes. Words written together, as in `BOS-12`, must be adjacent
 * in the text too. Accents, case and all characters except letters and digits are ignored.
 */
export function searchedWords(text: string): string[][] {
  return text
    .split(/\s+/)
    .map((together) =>
      together
        .toLowerCase()
        .normalize('NFKD')
        .replaceAll(/[\u0300-\u036f]/g, '')
        .split(/[^\p{L}\p{N}]+/u)
        .filter((word) => word !== '')
        .map((word) => word.slice(0, LONGEST_WORD)),
    )
    .filter((words) => words.length > 0)
    .slice(0, MOST_WORDS);
}

/** The words are letters and digits only, so nothing in them is an operator. */
const toFts5 = (column: string, words: readonly string[][]): string =>
  `"${column}" : (${words.map((together) => `"${together.join(' ')}" *`).join(' AND ')})`;

const toTsquery = (words: readonly string[][]): string =>
  words
    .map(
      (together) => `(${together.map((word, n) => `'${word}'${n === together.length - 1 ? ':*' : ''}`).join(' <-> ')})`,
    )
    .join(' & ');
