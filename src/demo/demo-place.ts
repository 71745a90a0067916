import { randomBytes } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { getMetadataArgsStorage } from 'typeorm';
import { PROJECT_ROOT } from '../platform/common/project-root.js';
import { isBeforeBaselines, migrationsInFile } from '../platform/database/other-versions.js';
import { holdService } from '../platform/sqlite/service-lock.js';
import { NATURAL_KEY_FUNCTION } from '../platform/database/dialect.js';
import { SEARCH_FUNCTIONS, SEARCH_TABLES } from '../platform/database/search-triggers.js';
import { GUARD_FUNCTIONS } from '../platform/database/triggers.js';
import { filesBeside } from '../platform/data-folder.js';
import { STAMP_FUNCTION, STAMP_TABLE } from '../identity/rights-stamp.js';
import { SCHEMA } from '../schema.js';

type Environment = Record<string, string | undefined>;
const FOLDER = join(PROJECT_ROOT, 'data');
const DEMO_FILE = join(FOLDER, 'demo.sqlite');
const DEMO_FILES = filesBeside(DEMO_FILE);
export const ACCESS_FILE = join(FOLDER, 'demo-access.json');
const DEMO_SCHEMA = 'wijkagenda_demo';

/**
 * The settings of the demo: those of the environment, with a database of its own and never in production. With an
 * external mail server, mail is sent only to addresses that cannot exist.
 */
export async function demoEnvironment(environment: Environment): Promise<Environment> {
  const port = environment.PORT === '0' ? await freePort() : (environment.PORT ?? '3000');
  return {
    LOG_LEVEL: 'warn',
    MUNICIPALITY: 'Gemeente Alphen aan den Rijn',
    MAIL_FROM: 'wijkagenda@alphenaandenrijn.example',
    MAIL_REPLY_TO: 'secretariaat@alphenaandenrijn.example',
    // Events are delivered to the mailbox on this machine.
    WEBHOOK_PRIVATE_ADDRESSES: 'on',
    ZAAK_LINK: 'Z-* https://zaken.alphenaandenrijn.example/zaak/{reference}',
    // The database is deleted at each start, so none of it needs to be readable later.
    SECRET_KEY: randomBytes(32).toString('base64url'),
    ...environment,
    NODE_ENV: 'development',
    PORT: port,
    DATABASE_PATH: DEMO_FILE,
    FILES_PATH: DEMO_FILES,
    DATABASE_SCHEMA: DEMO_SCHEMA,
    ...(environment.SMTP_URL && { MAIL_ONLY_TO: '.example' }),
  };
}

/**
 * Deletes the database and the files of the previous demo. Refuses if another demo is running on it, if it is not ours, or if an
 * older version created it.
 */
export async function clearDemoPlace(databaseUrl: string, file = DEMO_FILE): Promise<void> {
  await clearDatabase(databaseUrl, file);
  rmSync(filesBeside(file), { recursive: true, force: true });
}

async function clearDatabase(databaseUrl: string, file: string): Promise<void> {
  if (databaseUrl) await clearSchema(databaseUrl);
  else if (existsSync(file)) clearFile(file);
}

function clearFile(file: string): void {
  if (isBeforeBaselines(migrationsInFile(file))) {
    throw new Error(
      `The database in ${file} was made by an older version of Wijkagenda. Delete that file and start the demo again.`,
    );
  }
  holdService(file)();
  for (const ending of ['', '-wal', '-shm']) rmSync(`${file}${ending}`, { force: true });
}

/** Drops our tables one by one and then the empty schema, never by CASCADE: objects not ours cause an error. */
async function clearSchema(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('BEGIN');
    const tables = await tablesOf(client);
    const done = await migrationsOf(client, tables);
    if (isBeforeBaselines(done)) throw refusal('it was made by an older version of Wijkagenda');
    const foreign = notOurs(tables ?? [], done);
    if (foreign.length > 0) throw refusal(`it holds ${foreign.join(', ')}, which the demo did not create`);
    if (tables === undefined) return;
    if (tables.length > 0)
      await client.query(`DROP TABLE ${tables.map((table) => `${DEMO_SCHEMA}."${table}"`).join()}`);
    for (const ours of [...GUARD_FUNCTIONS, ...SEARCH_FUNCTIONS, NATURAL_KEY_FUNCTION, STAMP_FUNCTION]) {
      await client.query(`DROP FUNCTION IF EXISTS ${DEMO_SCHEMA}.${ours}`);
    }
    await client.query(`DROP SCHEMA ${DEMO_SCHEMA}`);
    await client.query('COMMIT');
  } catch (error) {
    // 2BP01: it contains an object that is not ours, or one depends on it.
    throw (error as { code?: string }).code === '2BP01' ? refusal((error as Error).message) : error;
  } finally {
    await client.query('ROLLBACK').catch(() => {});
    await client.end();
  }
}

const refusal = (why: string): Error =>
  new Error(`The schema ${DEMO_SCHEMA} is left as it is: ${why}. Empty it yourself, or use another database.`);

/** All relations in the schema that hold rows; undefined if the schema does not exist. */
async function tablesOf(client: pg.Client): Promise<string[] | undefined> {
  const schema = await client.query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [DEMO_SCHEMA]);
  if (schema.rowCount === 0) return undefined;
  const { rows } = await client.query<{ name: string }>(
    `SELECT c.relname AS "name" FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND c.relkind IN ('r', 'p', 'f', 'v', 'm') ORDER BY c.relname`,
    [DEMO_SCHEMA],
  );
  return rows.map(({ name }) => name);
}

/** The tables not created by us. Without our list of migrations none are ours, whatever their names. */
function notOurs(tables: string[], done: string[]): string[] {
  if (done[0] !== SCHEMA.migrations[0].name) return tables;
  const ours = new Set(['migrations', STAMP_TABLE, ...SEARCH_TABLES, ...SCHEMA.entities.map(tableOf)]);
  return tables.filter((table) => !ours.has(table));
}

const tableOf = (entity: new () => object): string | undefined =>
  getMetadataArgsStorage().tables.find(({ target }) => target === entity)?.name;

async function migrationsOf(client: pg.Client, tables: string[] = []): Promise<string[]> {
  if (!tables.includes('migrations')) return [];
  const { rows } = await client
    .query<{ name: string }>(`SELECT "name" FROM ${DEMO_SCHEMA}."migrations" ORDER BY "id"`)
    .catch(() => ({ rows: [] as { name: string }[] }));
  return rows.map(({ name }) => name);
}

/** A free port, for `PORT=0`: links in mails must contain it. */
async function freePort(): Promise<string> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise<void>((resolve) => probe.close(() => resolve()));
  return String(port);
}
