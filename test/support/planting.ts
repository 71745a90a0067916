import { execute, rows } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import type { TestApp } from './app.js';

/** Fields not shown on a page, or whose meaning changes with a letter. */
const LEFT_ALONE =
  /^(message_bytes\.bytes|outgoing_messages\.(dedupeKey|payload)|meetings\.(rhythm|rrule)|.*\.(hash|email|address))$/;
const MARKED = /<i data-raw="([\w.]+)">/g;
const SHOWN = /&lt;i data-raw(?:&#x3D;|=)&quot;([\w.]+)&quot;&gt;/g;

const markOf = (field: string): string => `<i data-raw="${field}">"'\`&`;
/** The fields whose markup is unescaped in a page; there must be none. */
export const rawFieldsIn = (html: string): string[] => [...html.matchAll(MARKED)].map(([, field]) => field);
/** The fields shown as text in a page. */
export const shownFieldsIn = (html: string): string[] => [...html.matchAll(SHOWN)].map(([, field]) => field);

/**
 * Prefixes every field of human-written text (every column that contains a space somewhere) with something that looks
 * like HTML. It names the field, so that a page that shows it unescaped says which one. SQLite only. Returns the
 * fields.
 */
export async function plantEverywhere({ app, database }: TestApp): Promise<string[]> {
  const triggers = await rows<{ name: string }>(
    database.reader,
    `SELECT "name" FROM sqlite_master WHERE "type" = 'trigger' AND "name" LIKE '%refuse%'`,
  );
  const planted: string[] = [];
  await app.get(Transactions).run(
    async (manager) => {
      for (const { name } of triggers) await execute(manager, `DROP TRIGGER "${name}"`);
      for (const { tableName, columns } of database.writer.entityMetadatas) {
        for (const { databaseName, type, isPrimary } of columns) {
          const field = `${tableName}.${databaseName}`;
          if (isPrimary || !['varchar', 'text', 'simple-json'].includes(String(type)) || LEFT_ALONE.test(field))
            continue;
          const found = await rows<{ id: number; value: string }>(
            manager,
            `SELECT rowid AS "id", "${databaseName}" AS "value" FROM "${tableName}" WHERE "${databaseName}" IS NOT NULL`,
          );
          const isStructured = found.every(({ value }) => /^[[{]/.test(value));
          if (!found.some(({ value }) => value.includes(' '))) continue;
          for (const { id, value } of found) {
            const marked = isStructured ? JSON.stringify(withMarks(JSON.parse(value), field)) : markOf(field) + value;
            await execute(manager, `UPDATE "${tableName}" SET "${databaseName}" = $1 WHERE rowid = $2`, [marked, id]);
          }
          planted.push(field);
        }
      }
    },
    undefined,
    60_000,
  );
  return planted;
}

function withMarks(value: unknown, field: string): unknown {
  if (typeof value === 'string') return value.includes(' ') ? markOf(field) + value : value;
  if (Array.isArray(value)) return value.map((one) => withMarks(one, field));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withMarks(one, field)]));
}
