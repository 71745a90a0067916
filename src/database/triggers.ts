import type { DataSource } from 'typeorm';
import { rows } from './rows.js';
import { placeSearchTriggers, SEARCH_TRIGGERS } from './search-triggers.js';

interface Guard {
  table: string;
  on: 'UPDATE' | 'DELETE';
  /** When a change is let through after all, in SQL over OLD and NEW. */
  unless?: string;
}

/** Tables that are only appended to. The text of a minutes part can be destroyed (redaction, end of term), never changed. */
const GUARDS: Guard[] = [
  { table: 'audit_entries', on: 'UPDATE' },
  { table: 'audit_entries', on: 'DELETE' },
  { table: 'minutes_versions', on: 'UPDATE' },
  { table: 'minutes_versions', on: 'DELETE' },
  { table: 'minutes_parts', on: 'DELETE' },
  {
    table: 'minutes_parts',
    on: 'UPDATE',
    unless:
      'NEW."content" IS NULL AND NEW."id" = OLD."id" AND NEW."versionId" = OLD."versionId" ' +
      'AND NEW."label" = OLD."label" AND NEW."hash" = OLD."hash"',
  },
];

const nameOf = ({ table, on }: Guard): string => `${table}_refuse_${on.toLowerCase()}`;

/** Puts the guards in place. Called after every migration run: TypeORM drops them silently when it rebuilds a SQLite table. */
export async function placeTriggers(writer: DataSource): Promise<void> {
  if (writer.options.type === 'postgres') {
    await writer.query(
      `CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$`,
    );
  }
  for (const guard of GUARDS) {
    const condition = guard.unless ? `WHEN (NOT (${guard.unless}))` : '';
    await writer.query(
      writer.options.type === 'postgres'
        ? `CREATE OR REPLACE TRIGGER "${nameOf(guard)}" BEFORE ${guard.on} ON "${guard.table}"
           FOR EACH ROW ${condition} EXECUTE FUNCTION refuse_change()`
        : `CREATE TRIGGER IF NOT EXISTS "${nameOf(guard)}" BEFORE ${guard.on} ON "${guard.table}"
           FOR EACH ROW ${condition} BEGIN SELECT RAISE(ABORT, '${guard.table} is append-only'); END`,
    );
  }
  await placeSearchTriggers(writer);
}

/** Throws when a guard or a trigger of the search is missing, naming it. */
export async function checkTriggers(writer: DataSource): Promise<void> {
  const there = await rows<{ name: string }>(
    writer,
    writer.options.type === 'postgres'
      ? 'SELECT tgname AS "name" FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE relnamespace = current_schema()::regnamespace'
      : `SELECT "name" FROM sqlite_master WHERE "type" = 'trigger'`,
  );
  const names = new Set(there.map(({ name }) => name));
  const missing = [...GUARDS.map(nameOf), ...SEARCH_TRIGGERS].filter((name) => !names.has(name));
  if (missing.length > 0) throw new Error(`The database lacks its guards against changes: ${missing.join(', ')}`);
}
