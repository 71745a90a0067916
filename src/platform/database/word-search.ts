import { dialectOf } from './dialect.js';
import type { Params, Source } from './rows.js';

/**
 * SQL for the ids of the actions that have all of these words, each by its beginning, out of the index that the search
 * triggers keep; `public` looks only in what is public of an action. Words that stand together in one list must stand
 * together in the text; they are letters and digits only, so nothing in them is an operator.
 */
export function actionsWithWords(
  source: Source,
  column: 'whole' | 'public',
  words: readonly string[][],
  params: Params,
): string {
  if (dialectOf(source).isPostgres) {
    const wanted = `CAST(${params.add(toTsquery(words))} AS tsquery)`;
    return `SELECT t."actionId" FROM "action_texts" t WHERE t."${column}Words" @@ ${wanted}`;
  }
  const wanted = params.add(toFts5(column, words));
  return `SELECT t."actionId" FROM "action_words" w JOIN "action_texts" t ON t."id" = w.rowid WHERE "action_words" MATCH ${wanted}`;
}

const toFts5 = (column: string, words: readonly string[][]): string =>
  `"${column}" : (${words.map((together) => `"${together.join(' ')}" *`).join(' AND ')})`;

const toTsquery = (words: readonly string[][]): string =>
  words
    .map(
      (together) => `(${together.map((word, n) => `'${word}'${n === together.length - 1 ? ':*' : ''}`).join(' <-> ')})`,
    )
    .join(' & ');
