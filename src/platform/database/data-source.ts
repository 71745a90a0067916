import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DataSource, type DataSourceOptions, type MigrationInterface } from 'typeorm';
import { PostgresSource } from '../postgres/postgres-source.js';
import type { Settings } from '../settings.js';
import { holdService } from '../sqlite/service-lock.js';
import { atFile, keepToOwner, readingOptions, sqliteOptions } from '../sqlite/sqlite-options.js';
import { Database } from './database.js';
import { migrationsInFile, refuseOtherVersions } from './other-versions.js';
import { rows } from './rows.js';
import { removeSearchTriggers } from './search-triggers.js';
import { checkTriggers, placeTriggers } from './triggers.js';

export interface Schema {
  entities: (new () => object)[];
  migrations: (new () => MigrationInterface)[];
}

type Place = Pick<Settings, 'NODE_ENV' | 'DATABASE_URL' | 'DATABASE_PATH' | 'DATABASE_SCHEMA'>;
const MIGRATION_LOCK = 7_326_411;
/** For requests. Migrations and commands may take longer. */
const LONGEST_QUERY_MS = 30_000;

/**
 * Opens the database and migrates it; refuses one of another version without touching it. With `isService`, a second
 * service on the same SQLite file is refused, and PostgreSQL must answer each query in time.
 */
export async function openDatabase(
  place: Place,
  schema: Schema,
  isService: boolean,
  longestQueryMs = LONGEST_QUERY_MS,
): Promise<Database> {
  const isWatched = place.NODE_ENV !== 'production';
  if (place.DATABASE_URL) {
    // Loaded only for this kind: with its driver it takes 3 MiB.
    const { PoolLimits } = await import('../postgres/postgres-client.js');
    const { postgresOptions } = await import('../postgres/postgres-options.js');
    const limits = new PoolLimits();
    const writer = await openWriter(postgresOptions(place, schema, limits), place, schema);
    if (isService) limits.longestMs = longestQueryMs;
    return new Database(writer, writer, undefined, isWatched, limits);
  }
  // Before opening it for writing, which would already change the file.
  refuseOtherVersions(migrationsInFile(place.DATABASE_PATH), schema.migrations);
  mkdirSync(dirname(place.DATABASE_PATH), { recursive: true });
  keepToOwner(place.DATABASE_PATH);
  const release = isService ? holdService(place.DATABASE_PATH) : () => {};
  try {
    const writer = await openWriter(sqliteOptions(place.DATABASE_PATH, schema), place, schema);
    // From here on `Transactions` does the waiting, without blocking requests that only read.
    await writer.query('PRAGMA busy_timeout = 0');
    // Every job is a savepoint, for which SQLite keeps the former state of each page: beyond 64 kB in a file, which took
    // as many writes as the commit. Not before, because migrations sort whole tables.
    await writer.query('PRAGMA temp_store = MEMORY');
    const reader = await new DataSource(readingOptions(place.DATABASE_PATH, schema)).initialize();
    return new Database(writer, reader, release, isWatched);
  } catch (error) {
    release();
    throw atFile(error, place.DATABASE_PATH);
  }
}

/** Whether there is a database of ours, of any version; creates nothing. Throws if that cannot be read. */
export async function hasDatabase(place: Place): Promise<boolean> {
  if (!place.DATABASE_URL) return hasMigrations(place.DATABASE_PATH);
  const { SteadyClient } = await import('../postgres/postgres-client.js');
  const client = new SteadyClient({ connectionString: place.DATABASE_URL, connectionTimeoutMillis: 10_000 });
  await client.connect().catch((error) => Promise.reject(atServer(error)));
  try {
    const { rows: found } = await client.query('SELECT to_regclass($1) IS NOT NULL AS "isThere"', [
      `"${place.DATABASE_SCHEMA}"."migrations"`,
    ]);
    return found[0].isThere as boolean;
  } finally {
    await client.end();
  }
}

function hasMigrations(path: string): boolean {
  try {
    return migrationsInFile(path, { mustBeReadable: true }).length > 0;
  } catch (error) {
    throw atFile(error, path);
  }
}

/** PostgreSQL's driver says neither which setting it is about, nor anything at all if a host has two addresses. */
function atServer(error: Error): Error {
  const [first] = error instanceof AggregateError ? (error.errors as Error[]) : [error];
  return new Error(`The database in DATABASE_URL cannot be opened: ${first.message}`, { cause: error });
}

async function openWriter(options: DataSourceOptions, place: Place, schema: Schema): Promise<DataSource> {
  const source = new (place.DATABASE_URL ? PostgresSource : DataSource)(options);
  const writer = await source.initialize().catch((error: Error) => {
    throw place.DATABASE_URL ? atServer(error) : error;
  });
  try {
    await migrate(writer, place, schema);
    return writer;
  } catch (error) {
    await writer.destroy();
    throw error;
  }
}

/** Runs pending migrations, one service at a time; refuses other versions before anything is written. */
async function migrate(writer: DataSource, place: Place, schema: Schema): Promise<void> {
  const isPostgres = writer.options.type === 'postgres';
  const runner = isPostgres ? writer.createQueryRunner() : undefined;
  await runner?.query(`SELECT pg_advisory_lock(${MIGRATION_LOCK})`);
  try {
    if (runner) await refuseOtherEncoding(writer);
    refuseOtherVersions(await migrationsOf(writer), schema.migrations);
    await runner?.query(`CREATE SCHEMA IF NOT EXISTS "${place.DATABASE_SCHEMA}"`);
    if (await writer.showMigrations()) await removeSearchTriggers((sql) => writer.query(sql), isPostgres);
    const ran = await writer.runMigrations({ transaction: 'each' });
    if (ran.length > 0) await placeTriggers(writer);
    await checkTriggers(writer);
  } finally {
    await runner?.query(`SELECT pg_advisory_unlock(${MIGRATION_LOCK})`);
    await runner?.release();
  }
}

/** Unless the encoding is UTF-8, PostgreSQL cannot strip accents, and every search of actions would fail. */
async function refuseOtherEncoding(writer: DataSource): Promise<void> {
  const [{ encoding }] = await rows<{ encoding: string }>(
    writer,
    `SELECT current_setting('server_encoding') AS "encoding"`,
  );
  if (encoding !== 'UTF8') {
    throw new Error(
      `This PostgreSQL database is encoded in ${encoding}. Create one in UTF8: createdb --encoding=UTF8 --template=template0.`,
    );
  }
}

/** The names of the applied migrations in order; empty for a new database. */
async function migrationsOf(writer: DataSource): Promise<string[]> {
  const probe = writer.createQueryRunner();
  const isThere = await probe
    .hasTable('migrations')
    .finally(() => (writer.options.type === 'postgres' ? probe.release() : undefined));
  if (!isThere) return [];
  const done = await rows<{ name: string }>(writer, 'SELECT "name" FROM "migrations" ORDER BY "id"');
  return done.map(({ name }) => name);
}
