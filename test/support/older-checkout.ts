import BetterSqlite3 from 'better-sqlite3';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import pg from 'pg';
import { type DatabaseKind, newPlace } from './app.js';
import { dumpPostgres } from './schema-dump.mjs';

/** The part that this version inspects of every database from before the baselines. */
const SQL = [
  'CREATE TABLE "migrations" ("id" integer PRIMARY KEY, "timestamp" bigint NOT NULL, "name" varchar NOT NULL)',
  `INSERT INTO "migrations" VALUES (1, 1764000000000, 'CreateAreas1764000000000'),
     (2, 1764000001000, 'CreateOrganisations1764000001000')`,
  'CREATE TABLE "areas" ("id" varchar PRIMARY KEY NOT NULL, "name" varchar(200) NOT NULL)',
  `INSERT INTO "areas" VALUES ('019300a0-0000-7000-8000-000000000001', 'Boskoop')`,
];

/** A database of an older checkout; `contents` is everything in it, including the files next to it. */
export async function olderCheckout(kind: DatabaseKind, schema = 'public') {
  const { environment, remove } = await newPlace(kind);
  if (kind === 'sqlite') {
    const path = environment.DATABASE_PATH;
    writeOlderFile(path);
    return { environment, remove, contents: async () => contentsOf(path) };
  }
  const url = environment.DATABASE_URL;
  const client = new pg.Client({ connectionString: url, options: `-c search_path=${schema}` });
  await client.connect();
  for (const sql of [`CREATE SCHEMA IF NOT EXISTS ${schema}`, ...SQL]) await client.query(sql);
  await client.end();
  return { environment, remove, contents: async () => (await dumpPostgres(url, schema)).join('\n') };
}

function writeOlderFile(path: string): void {
  const file = openAsTheServiceDoes(path);
  for (const sql of SQL) file.exec(sql);
  file.close();
}

/** The state after a kill: the last changes are in the WAL next to the file. */
export function leaveUnfinished(path: string): void {
  const elsewhere = join(mkdtempSync(join(tmpdir(), 'wijkagenda-older-')), 'w.sqlite');
  copyFileSync(path, elsewhere);
  const file = openAsTheServiceDoes(elsewhere);
  file.exec(`UPDATE "areas" SET "name" = 'Hazerswoude'`);
  for (const ending of ['', '-wal']) copyFileSync(`${elsewhere}${ending}`, `${path}${ending}`);
  file.close();
}

function openAsTheServiceDoes(path: string): BetterSqlite3.Database {
  const file = new BetterSqlite3(path);
  file.pragma('journal_mode = WAL');
  return file;
}

/** The bytes of the file and of those next to it, except for the shared memory of readers. */
export function contentsOf(path: string): string {
  const names = readdirSync(dirname(path)).filter((name) => name.startsWith(basename(path)));
  return names
    .filter((name) => !name.endsWith('-shm') || !existsSync(`${path}-wal`))
    .map((name) => `${name} ${readFileSync(join(dirname(path), name)).toString('base64')}`)
    .join('\n');
}
