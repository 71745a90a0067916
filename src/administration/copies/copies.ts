import type { EntityManager } from 'typeorm';
import type { Action } from '../../actions/action.entity.js';
import { dialectOf } from '../../platform/database/dialect.js';
import { execute, Params, rows } from '../../platform/database/rows.js';
import { type Named, withoutFields, withoutNames, withoutWords, withoutWordsOf } from './copies.rules.js';

/** A column with copies of texts, as JSON, and the columns that identify its rows. */
interface Copies {
  table: string;
  column: string;
  keys: readonly string[];
}

const ANSWERS: Copies = { table: 'idempotency_keys', column: 'answer', keys: ['id'] };
const IMPORTS: Copies = { table: 'action_imports', column: 'proposal', keys: ['id'] };
const IMPORTED: Copies = { table: 'action_import_parts', column: 'rows', keys: ['importId', 'part'] };
const QUARTERS: Copies = { table: 'quarterly_results', column: 'lines', keys: ['id'] };
const REVIEWS: Copies = { table: 'reviews', column: 'document', keys: ['id'] };

/** Words as encoded in JSON, where quotes and line breaks are escaped. */
export const inJson = (words: string): string => JSON.stringify(words).slice(1, -1);

/**
 * Redacts the copies of a redacted text: stored responses and imported files wherever they contain the words; results
 * of quarters and frozen reviews, published or not, where they are about one of these actions. The hash of a frozen
 * review stays that of what was frozen.
 */
export async function takeOutOfCopies(
  manager: EntityManager,
  words: readonly string[],
  actions: readonly Pick<Action, 'number'>[],
): Promise<void> {
  await takeOutOfAnswers(manager, words);
  for (const copies of [IMPORTS, IMPORTED]) await change(manager, copies, words, (value) => withoutWords(value, words));
  const numbers = new Set(actions.map(({ number }) => number));
  if (numbers.size === 0) return;
  for (const copies of [QUARTERS, REVIEWS])
    await change(manager, copies, words, (value) => withoutWordsOf(value, numbers, words));
}

/** Redacts the stored responses to requests, which contain the words as they were then read. */
export function takeOutOfAnswers(manager: EntityManager, words: readonly string[]): Promise<void> {
  return change(manager, ANSWERS, words, (value) => withoutWords(value, words));
}

/** Removes the name and address of an erased person or guest from everybody's stored responses and imported files. */
export async function takeOutNames(manager: EntityManager, who: Named): Promise<void> {
  for (const copies of [ANSWERS, IMPORTS, IMPORTED])
    await change(manager, copies, [who.id, ...who.names], (value) => withoutNames(value, who));
}

/** The fields of responses about a session that contain what was said in it. */
const SAID = new Set(['title', 'notes', 'decision', 'note', 'text', 'guestName']);

/**
 * Removes what was said in a session from the stored responses about it: including short texts, which cannot be
 * searched for elsewhere, and texts that were changed since.
 */
export function takeOutOfAnswersAbout(manager: EntityManager, sessionId: string): Promise<void> {
  return change(manager, ANSWERS, [sessionId], (value) => withoutFields(value, SAID));
}

async function change(
  manager: EntityManager,
  { table, column, keys }: Copies,
  words: readonly string[],
  work: (value: unknown) => unknown,
): Promise<void> {
  const params = new Params();
  const dialect = dialectOf(manager);
  const holds = words.map((one) => dialect.spells([`t."${column}"`], inJson(one), params)).join(' OR ');
  const found = await rows<Record<string, string>>(
    manager,
    `SELECT ${keys.map((key) => `t."${key}"`).join(', ')}, t."${column}" AS "value" FROM "${table}" t WHERE ${holds}`,
    params.values,
  );
  for (const { value, ...row } of found) {
    const after = JSON.stringify(work(JSON.parse(value)));
    const where = keys.map((key, index) => `"${key}" = $${index + 2}`).join(' AND ');
    const values = [after, ...keys.map((key) => row[key])];
    if (after !== value) await execute(manager, `UPDATE "${table}" SET "${column}" = $1 WHERE ${where}`, values);
  }
}
