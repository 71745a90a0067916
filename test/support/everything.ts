import { rows } from '../../src/platform/database/rows.js';
import type { TestApp } from './app.js';

/** Usage timestamps, which are updated even if a request is refused. */
const ASIDE = ['api_tokens', 'client_tokens'];

/** Every row of every table, for comparison: a refused request must change nothing at all. */
export async function everythingKept({ database }: TestApp): Promise<Record<string, string[]>> {
  const { reader } = database;
  const tables = await rows<{ name: string }>(
    reader,
    database.dialect.isPostgres
      ? `SELECT tablename AS "name" FROM pg_tables WHERE schemaname = current_schema()`
      : `SELECT "name" FROM sqlite_master WHERE "type" = 'table' AND "sql" NOT LIKE 'CREATE VIRTUAL%' AND "name" NOT LIKE '%fts%'`,
  );
  const kept: Record<string, string[]> = {};
  for (const { name } of tables.filter((one) => !ASIDE.includes(one.name))) {
    const found = await rows(reader, `SELECT * FROM "${name}"`);
    if (found.length > 0) kept[name] = found.map((one) => JSON.stringify(one)).sort();
  }
  return kept;
}
