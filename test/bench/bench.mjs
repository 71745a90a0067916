/**
 * Measures the built service beside a bare server that gives the same answers from the same rows. By hand:
 * `npm run bench`; the weekly mails: `npm run bench -- digests`; a review of a year: `npm run bench -- review` (see
 * review.mjs); searching, a list as of a day and an import: `npm run bench -- actions` (see actions.mjs).
 * Finding anything: `npm run bench -- search`. BENCH_SECONDS (5), BENCH_CONNECTIONS (16) and BENCH_ACTIONS (100000) can be set.
 */
import BetterSqlite3 from 'better-sqlite3';
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fill } from './fill.mjs';
import { ask, load } from './load.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SECONDS = Number(process.env.BENCH_SECONDS ?? 5);
const CONNECTIONS = Number(process.env.BENCH_CONNECTIONS ?? 16);
const ACTIONS = Number(process.env.BENCH_ACTIONS ?? 100_000);
const TURNS = 3;
const AIMS = { list: 55, one: 35, create: 60, update: 50 };
const folder = mkdtempSync(join(tmpdir(), 'wijkagenda-bench-'));
const started = [];

async function main() {
  const path = join(folder, 'service.sqlite');
  await stop(await startService(path));
  console.log(`Filling ${ACTIONS} actions in 20 areas and 200 organisations …`);
  const db = new BetterSqlite3(path);
  const seeded = fill(db, ACTIONS);
  db.close();
  const copy = join(folder, 'bare.sqlite');
  cpSync(path, copy);

  const service = await startService(path);
  console.log(`Cold start to the first 200: ${service.coldStart.toFixed(0)} ms`);
  const headers = { Authorization: `Bearer ${seeded.secret}` };
  const samples = await samplesOf(service.base, seeded, headers);
  const bare = await startBare(copy, seeded.personId, {
    BENCH_LIST: columnsOf(samples.list),
    BENCH_ONE: columnsOf(samples.one),
    BENCH_ALLOWED: JSON.stringify(samples.one.allowed),
  });
  await checkSameAnswers(service, bare, seeded, headers);

  const table = [];
  const begin = rss(service.child);
  for (const kind of Object.keys(AIMS)) {
    const { ours, theirs, share } = await compare(service, bare, kind, seeded, headers);
    table.push({
      '': kind,
      ...shown('service', ours),
      ...shown('bare', theirs),
      'ratio %': Math.round(100 * share),
      'aim %': AIMS[kind],
    });
  }
  console.table(table);
  await printMemory(service, seeded, headers, begin);
}

/** One answer of each shape, so that the bare server can answer with the same fields. */
async function samplesOf(base, seeded, headers) {
  const agent = new Agent();
  const samples = {};
  for (const kind of ['list', 'one']) {
    const { status, text } = await ask(agent, base, { ...requestFor(kind, seeded)(), headers });
    if (status !== 200) throw new Error(`${kind} answered ${status}: ${text.slice(0, 300)}`);
    samples[kind] = JSON.parse(text);
  }
  agent.destroy();
  return { list: samples.list.items[0], one: samples.one };
}

const COMPUTED = ['isOverdue', 'daysOverdue', 'isToBeChecked', 'allowed', 'referenceUrl'];

/** The fields of an answer that come out of the database; the bare server works the others out. */
const columnsOf = (sample) =>
  Object.keys(sample)
    .filter((name) => !COMPUTED.includes(name))
    .join();

/** The comparison is only worth something when both give the same JSON. */
async function checkSameAnswers(service, bare, seeded, headers) {
  for (const kind of ['list', 'one']) {
    const request = requestFor(kind, seeded)();
    const agent = new Agent();
    const [ours, theirs] = [service, bare].map(({ base }) => ask(agent, base, { ...request, headers }));
    const differ = unlike(JSON.parse((await ours).text), JSON.parse((await theirs).text));
    agent.destroy();
    if (differ.length > 0) throw new Error(`The bare server's ${kind} differs in ${differ.join(', ')}.`);
  }
}

function unlike(ours, theirs) {
  const [one, other] = [ours, theirs].map((answer) => answer.items ?? [answer]);
  if (one.length !== other.length || ours.total !== theirs.total) return ['its number of rows'];
  return Object.keys(one[0]).filter((name) => JSON.stringify(one[0][name]) !== JSON.stringify(other[0][name]));
}

function requestFor(kind, seeded) {
  let turn = 0;
  const { areaIds, openIds, organisationIds } = seeded;
  const dueOn = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  switch (kind) {
    case 'list':
      return () => ({ path: `/v1/actions?area=${areaIds[turn++ % areaIds.length]}&open=true&sort=dueOn&pageSize=50` });
    case 'one':
      return () => ({ path: `/v1/actions/${openIds[(turn++ * 7) % openIds.length]}` });
    case 'create':
      return () => ({
        method: 'POST',
        path: '/v1/actions',
        body: {
          areaId: areaIds[turn++ % areaIds.length],
          title: 'Afspraken maken over zelfbeheer',
          ownerId: organisationIds[turn % organisationIds.length],
          dueKind: 'date',
          dueOn,
        },
      });
    case 'update':
      return () => ({
        method: 'POST',
        path: `/v1/actions/${openIds[(turn++ * 7) % openIds.length]}/updates`,
        body: { status: 'in_progress' },
      });
    default:
      throw new Error(`No such kind: ${kind}`);
  }
}

/** The two in turns, and of the turns the one in the middle: what else the machine does weighs on both. */
async function compare(service, bare, kind, seeded, headers) {
  const turns = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    const ours = await measure(service, kind, seeded, headers);
    const theirs = await measure(bare, kind, seeded, {});
    turns.push({ ours, theirs, share: ours.perSecond / theirs.perSecond });
  }
  return turns.toSorted((one, other) => one.share - other.share)[Math.floor(TURNS / 2)];
}

async function measure({ base }, kind, seeded, headers) {
  const plain = requestFor(kind, seeded);
  const next = () => ({ ...plain(), headers });
  await load(base, next, { connections: CONNECTIONS, seconds: Math.min(1, SECONDS) });
  return load(base, next, { connections: CONNECTIONS, seconds: SECONDS });
}

function shown(who, { perSecond, p50, p99 }) {
  return {
    [`${who}/s`]: Math.round(perSecond),
    [`${who} p50 ms`]: Number(p50.toFixed(1)),
    [`${who} p99 ms`]: Number(p99.toFixed(1)),
  };
}

/** Memory after everything was warm, and after two more rounds of it: between those it must not grow. */
async function printMemory(service, seeded, headers, begin) {
  const after = [rss(service.child)];
  for (let round = 0; round < 2; round += 1) {
    for (const kind of Object.keys(AIMS)) await measure(service, kind, seeded, headers);
    after.push(rss(service.child));
  }
  console.log(`Memory of the service (RSS, MiB): ${begin} at the start, then after each round ${after.join(', ')}`);
}

/** Resident memory in MiB. */
function rss(child) {
  if (process.platform === 'linux') {
    const [, kib] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'));
    return Math.round(kib / 1024);
  }
  return Math.round(Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)])) / 1024);
}

/** The built service with the settings of production, its log in a file. */
async function startService(path) {
  const port = await freePort();
  const log = openSync(join(folder, 'service.log'), 'a');
  const begin = performance.now();
  const environment = {
    PATH: process.env.PATH,
    LIMITS: 'off',
    NODE_ENV: 'production',
    PORT: String(port),
    DATABASE_PATH: path,
  };
  const child = spawn(process.execPath, [join(ROOT, 'dist/src/main.js')], {
    env: environment,
    stdio: ['ignore', log, log],
  });
  started.push(child);
  const base = `http://127.0.0.1:${port}`;
  const agent = new Agent();
  for (;;) {
    if (child.exitCode !== null) throw new Error(readFileSync(join(folder, 'service.log'), 'utf8'));
    const answer = await ask(agent, base, { path: '/health/ready' }).catch(() => undefined);
    if (answer?.status === 200) break;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  agent.destroy();
  return { child, base, coldStart: performance.now() - begin };
}

async function startBare(path, personId, columns) {
  const environment = { PATH: process.env.PATH, LIMITS: 'off', NODE_ENV: 'production', ...columns };
  const child = spawn(process.execPath, [join(ROOT, 'test/bench/bare.mjs'), path, personId], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.push(child);
  const port = await new Promise((resolve, reject) => {
    child.stdout.once('data', (text) => resolve(String(text).trim()));
    child.once('exit', () => reject(new Error('The bare server did not start.')));
  });
  return { child, base: `http://127.0.0.1:${port}` };
}

function stop({ child }) {
  return new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill('SIGTERM');
  });
}

/** Below the ports that systems hand out by themselves, so that nobody takes it while the service starts. */
async function freePort() {
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

try {
  if (process.argv[2] === 'digests') await (await import('./digests.mjs')).measureDigests(process.argv.slice(3));
  else if (process.argv[2] === 'review') await (await import('./review.mjs')).main();
  else if (process.argv[2] === 'pages') await (await import('./pages.mjs')).main();
  else if (process.argv[2] === 'actions') await (await import('./actions.mjs')).main();
  else if (process.argv[2] === 'search') await (await import('./search.mjs')).main();
  else await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  for (const child of started) child.kill('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
}
