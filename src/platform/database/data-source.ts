import type BetterSqlite3 from 'better-sqlite3';
import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Client as PgClient } from 'pg';
import { DataSource, type DataSourceOptions, type MigrationInterface } from 'typeorm';
import { naturalKey } from '../common/natural-order.js';
import { hasWords, plainWords, type SearchedWord } from '../common/plain-words.js';
import type { Settings } from '../settings.js';
import { Database } from './database.js';
import { migrationsInFile, refuseOtherVersions } from './other-versions.js';
import { PostgresSource } from './postgres-connection.js';
import { rows } from './rows.js';
import { holdService } from '../sqlite/service-lock.js';
import { codeOf } from './storage-errors.js';
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

/** Loaded only for a database on PostgreSQL: with its package it takes 3 MiB. */
const postgres = () => import('../postgres/postgres-client.js');

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
    const { clientWithin, PoolLimits } = await postgres();
    const limits = new PoolLimits();
    const writer = await openWriter(postgresOptions(place, schema, clientWithin(limits)), place, schema);
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
    const reader = await new DataSource({
      ...sqliteOptions(place.DATABASE_PATH, schema),
      readonly: true,
      fileMustExist: true,
      prepareDatabase: addFunctions,
    } as DataSourceOptions).initialize();
    return new Database(writer, reader, release, isWatched);
  } catch (error) {
    release();
    throw atFile(error, place.DATABASE_PATH);
  }
}

/** SQLite does not say which file: "disk I/O error", "database or disk is full". */
const atFile = (error: unknown, path: string): unknown =>
  /^SQLITE_(FULL|IOERR|CANTOPEN|READONLY|CORRUPT|NOTADB)/.test(codeOf(error))
    ? new Error(`${path}: ${(error as Error).message}`, { cause: error })
    : error;

/** Makes the file one that only its owner can read; its log files get the same mode from SQLite. */
function keepToOwner(path: string): void {
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
  try {
    chmodSync(path, 0o600);
  } catch (error) {
    // Owned by another user and opened through group permissions.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
  }
}

/** Whether there is a database of ours, of any version; creates nothing. */
export async function hasDatabase(place: Place): Promise<boolean> {
  if (!place.DATABASE_URL) return migrationsInFile(place.DATABASE_PATH).length > 0;
  const { SteadyClient } = await postgres();
  const client = new SteadyClient({ connectionString: place.DATABASE_URL, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    const { rows: found } = await client.query('SELECT to_regclass($1) IS NOT NULL AS "isThere"', [
      `"${place.DATABASE_SCHEMA}"."migrations"`,
    ]);
    return found[0].isThere as boolean;
  } finally {
    await client.end();
  }
}

async function openWriter(options: DataSourceOptions, place: Place, schema: Schema): Promise<DataSource> {
  const writer = await new (place.DATABASE_URL ? PostgresSource : DataSource)(options).initialize();
  try {
    await migrate(writer, place, schema);
    return writer;
  } catch (error) {
    await writer.destroy();
    throw error;
  }
}

let lastWords = '';
let parsed: SearchedWord[] = [];

/** A statement asks for the same words of each row. */
function parsedWords(words: string): SearchedWord[] {
  if (words !== lastWords) [lastWords, parsed] = [words, JSON.parse(words) as SearchedWord[]];
  return parsed;
}

/** For queries only: an index or trigger that uses them would keep other programs from opening the file. */
function addFunctions(connection: BetterSqlite3.Database): void {
  // SQLite's own `lower` only handles A to Z.
  connection.function('fold', { deterministic: true }, (text) =>
    typeof text === 'string' ? text.toLowerCase() : text,
  );
  connection.function('plain_words', { deterministic: true }, (text) =>
    typeof text === 'string' ? plainWords(text) : text,
  );
  connection.function('has_words', { deterministic: true }, (text, words) =>
    Number(hasWords(String(text), parsedWords(String(words)))),
  );
  connection.function('natural_key', { deterministic: true }, naturalKey as (...values: unknown[]) => unknown);
}

function sqliteOptions(path: string, schema: Schema): DataSourceOptions {
  return {
    type: 'better-sqlite3',
    database: path,
    timeout: 5000,
    statementCacheSize: 500,
    prepareDatabase: (connection: BetterSqlite3.Database) => {
      connection.pragma('journal_mode = WAL');
      // With WAL, a default of NORMAL would let a power failure undo acknowledged commits.
      connection.pragma('synchronous = FULL');
      // Reached only if `Checkpoints` cannot keep up, or in a command that runs without it: 128 MB. An import of 10,000 actions
      // writes 40 MB, and everybody would wait for a checkpoint in its commit.
      connection.pragma('wal_autocheckpoint = 32000');
      // Overwrites deleted content: text that was removed on purpose must not remain in the file.
      connection.pragma('secure_delete = ON');
      // Pages are looked up all over the file: more of them in memory (16 MB by default) make no write cheaper.
      connection.pragma('cache_size = -4000');
      addFunctions(connection);
    },
    ...schema,
  };
}

function postgresOptions(place: Place, schema: Schema, Client: typeof PgClient): DataSourceOptions {
  return {
    type: 'postgres',
    url: place.DATABASE_URL,
    // Counts are int8, and arrive as text otherwise; no number here comes near 2⁵³.
    parseInt8: true,
    schema: place.DATABASE_SCHEMA,
    extra: {
      // The default of 4 assumes a spinning disk: for each row of a page, small tables were scanned instead of looked up by key.
      options: `-c search_path=${place.DATABASE_SCHEMA} -c random_page_cost=1.1`,
      Client,
      // Sends queries before earlier ones are answered, which `PostgresSource` needs.
      pipeline: true,
      max: 10,
      // Kept while idle: opening a new one takes longer than a page, and it has to plan all statements again.
      min: 2,
      // Timeout for getting a connection, also from a server that does not answer at all.
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
      // A process that freezes inside a transaction must not block the others for ever; a job takes at most 5 s.
      idle_in_transaction_session_timeout: 30_000,
    },
    ...schema,
  };
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
