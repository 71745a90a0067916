import { execute, rows } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import type { TestApp } from './app.js';

/** What nobody reads on a page, or what means something else when a letter changes. */
const LEFT_ALONE = /^(outgoing_messages\.(bytes|dedupeKey|payload)|meetings\.(rhythm|rrule)|.*\.(hash|email|address))$/;
const MARKED = /<i data-raw="([\w.]+)">/g;
const SHOWN = /&lt;i data-raw(?:&#x3D;|=)&quot;([\w.]+)&quot;&gt;/g;

const markOf = (field: string): string => `<i data-raw="${field}">"'\`&`;
/** Which fields stand in a page as part of it; none may. */
export const rawFieldsIn = (html: string): string[] => [...html.matchAll(MARKED)].map(([, field]) => field);
/** Which fields stand in a page as words. */
export const shownFieldsIn = (html: string): string[] => [...html.matchAll(SHOWN)].map(([, field]) => field);

/**
 * Puts something that looks like HTML before whatever stands in each field in which people's words stand: every column
 * that somewhere holds a space. It names the field, so that a page that shows it raw says which one. SQLite only. Answers
 * the fields.
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
