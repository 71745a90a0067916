/**
 * Measures a review of one year out of ten beside a bare scan of the history in the same run, on SQLite and PostgreSQL:
 * `npm run bench -- review`. BENCH_ACTIONS (1000000), BENCH_YEARS (10), BENCH_SECONDS (5) and BENCH_DATABASES
 * (sqlite,postgresql) can be set.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ask, load } from './load.mjs';
import { fill, open, rss, SCHEMA_NAME, startPostgres, startService, stop, today } from './place.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ACTIONS = Number(process.env.BENCH_ACTIONS ?? 1_000_000);
const YEARS = Number(process.env.BENCH_YEARS ?? 10);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 5);
const KINDS = (process.env.BENCH_DATABASES ?? 'sqlite,postgresql').split(',');
const SCAN = `SELECT count(*) AS "n", sum(length("title")) AS "characters" FROM "action_updates"`;

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
    const rows = await fill(kind, place, secret, { actions: ACTIONS, years: YEARS });
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

/** The counts of a review beside the scan: the best of five of each. */
async function printFigures(kind, place) {
  const database = await open(place);
  const { BackgroundReader } = await import(join(ROOT, 'dist/src/platform/database/background-reader.js'));
  const { ActionFigures } = await import(join(ROOT, 'dist/src/wijkagenda/figures/action-figures.service.js'));
  const reads = new BackgroundReader(database);
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
  for (let round = 0; round < 5; round += 1) {
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

const seconds = (begin) => ((performance.now() - begin) / 1000).toFixed(0);
