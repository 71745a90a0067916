import type { DataSource } from 'typeorm';
import { rows } from './rows.js';
import { placeSearchTriggers, SEARCH_TRIGGERS } from './search-triggers.js';

interface Guard {
  table: string;
  on: 'UPDATE' | 'DELETE';
  /** SQL over OLD and NEW for when a change is allowed after all; it may query other tables. */
  unless?: string;
}

/** Append-only tables. The text of a minutes part can be destroyed (redaction, retention), but never changed. */
const GUARDS: Guard[] = [
  { table: 'audit_entries', on: 'UPDATE' },
  // Only entries before the start of the chain: those past their retention period.
  {
    table: 'audit_entries',
    on: 'DELETE',
    unless: 'OLD."sequence" <= (SELECT s."sequence" FROM "audit_start" s)',
  },
  { table: 'budget_changes', on: 'UPDATE' },
  { table: 'initiative_changes', on: 'UPDATE' },
  { table: 'question_changes', on: 'UPDATE' },
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

/**
 * Guards the same tables against what row triggers miss: TRUNCATE on PostgreSQL, and on SQLite INSERT OR REPLACE, which
 * silently deletes the row with the same key. `key` identifies the same row, in SQL over "x" and NEW.
 */
const WHOLE: { table: string; key: string }[] = [
  { table: 'audit_entries', key: 'x."sequence" = NEW."sequence"' },
  {
    table: 'minutes_versions',
    key: 'x."id" = NEW."id" OR (x."minutesId" = NEW."minutesId" AND x."number" = NEW."number")',
  },
  {
    table: 'minutes_parts',
    key: 'x."id" = NEW."id" OR (x."versionId" = NEW."versionId" AND x."label" = NEW."label")',
  },
];

const nameOf = ({ table, on }: Guard): string => `${table}_refuse_${on.toLowerCase()}`;

/** Creates the guards. Called after every migration: TypeORM silently drops them when rebuilding a SQLite table. */
export async function placeTriggers(writer: DataSource): Promise<void> {
  const isPostgres = writer.options.type === 'postgres';
  for (const guard of GUARDS)
    for (const sql of isPostgres ? onPostgres(guard) : onSqlite(guard)) await writer.query(sql);
  for (const { table, key } of WHOLE)
    for (const sql of isPostgres ? againstTruncating(table) : againstReplacing(table, key)) await writer.query(sql);
  await placeSearchTriggers(writer);
}

/** On PostgreSQL the condition of a trigger cannot query other tables; its function can. */
function onPostgres(guard: Guard): string[] {
  const name = nameOf(guard);
  const [kept, is] = guard.on === 'DELETE' ? ['OLD', 'deleted'] : ['NEW', 'changed'];
  return [
    `CREATE OR REPLACE FUNCTION "${name}"() RETURNS trigger LANGUAGE plpgsql AS
     $$ BEGIN IF ${guard.unless ?? 'FALSE'} THEN RETURN ${kept}; END IF;
     RAISE EXCEPTION '% is append-only: rows cannot be ${is}', TG_TABLE_NAME; END $$`,
    `CREATE OR REPLACE TRIGGER "${name}" BEFORE ${guard.on} ON "${guard.table}"
     FOR EACH ROW EXECUTE FUNCTION "${name}"()`,
  ];
}

function onSqlite(guard: Guard): string[] {
  const condition = guard.unless ? `WHEN NOT (${guard.unless})` : '';
  return [
    `CREATE TRIGGER IF NOT EXISTS "${nameOf(guard)}" BEFORE ${guard.on} ON "${guard.table}"
     FOR EACH ROW ${condition} BEGIN SELECT RAISE(ABORT, '${guard.table} is append-only'); END`,
  ];
}

const wholeNameOf = (table: string): string => `${table}_refuse_replacing`;

function againstTruncating(table: string): string[] {
  const name = wholeNameOf(table);
  return [
    `CREATE OR REPLACE FUNCTION "${name}"() RETURNS trigger LANGUAGE plpgsql AS
     $$ BEGIN RAISE EXCEPTION '% is append-only: it cannot be truncated', TG_TABLE_NAME; END $$`,
    `CREATE OR REPLACE TRIGGER "${name}" BEFORE TRUNCATE ON "${table}" FOR EACH STATEMENT EXECUTE FUNCTION "${name}"()`,
  ];
}

function againstReplacing(table: string, key: string): string[] {
  return [
    `CREATE TRIGGER IF NOT EXISTS "${wholeNameOf(table)}" BEFORE INSERT ON "${table}"
     WHEN EXISTS (SELECT 1 FROM "${table}" x WHERE ${key}) BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END`,
  ];
}

const GUARD_NAMES = [...GUARDS.map(nameOf), ...WHOLE.map(({ table }) => wholeNameOf(table))];
/** The functions behind the guards on PostgreSQL. */
export const GUARD_FUNCTIONS: readonly string[] = GUARD_NAMES.map((name) => `"${name}"()`);

/** Throws if a guard or search trigger is missing, naming it. */
export async function checkTriggers(writer: DataSource): Promise<void> {
  const there = await rows<{ name: string }>(
    writer,
    writer.options.type === 'postgres'
      ? 'SELECT tgname AS "name" FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE relnamespace = current_schema()::regnamespace'
      : `SELECT "name" FROM sqlite_master WHERE "type" = 'trigger'`,
  );
  const names = new Set(there.map(({ name }) => name));
  const missing = [...GUARD_NAMES, ...SEARCH_TRIGGERS].filter((name) => !names.has(name));
  if (missing.length > 0) throw new Error(`The database lacks its protective triggers: ${missing.join(', ')}`);
}
