import type { EntityManager } from 'typeorm';
import { dialectOf } from './dialect.js';
import { execute, type Params, type Source } from './rows.js';

const MOST_WORDS = 20;
const LONGEST_WORD = 100;

/**
 * SQL for the ids of the actions that contain the words of this text, from the index maintained by the search triggers;
 * `public` searches the public part of an action only. Undefined when the text contains no word.
 */
export function actionsWithWords(
  source: Source,
  column: 'whole' | 'public',
  text: string,
  params: Params,
): string | undefined {
  const words = searchedWords(text);
  if (words.length === 0) return undefined;
  if (dialectOf(source).isPostgres) {
    const wanted = `CAST(${params.add(toTsquery(words))} AS tsquery)`;
    return `SELECT t."actionId" FROM "action_texts" t WHERE t."${column}Words" @@ ${wanted}`;
  }
  const wanted = params.add(toFts5(column, words));
  return `SELECT t."actionId" FROM "action_words" w JOIN "action_texts" t ON t."id" = w.rowid WHERE "action_words" MATCH ${wanted}`;
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
function searchedWords(text: string): string[][] {
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
