/**
 * Measures searching, the list as of a day and the import of a file of 10,000 rows, on SQLite and PostgreSQL, and what
 * others notice of the import: `npm run bench -- actions`. BENCH_ACTIONS (100000), BENCH_YEARS (10), BENCH_SECONDS (5) and
 * BENCH_DATABASES (sqlite,postgresql) can be set.
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
const ACTIONS = Number(process.env.BENCH_ACTIONS ?? 100_000);
const YEARS = Number(process.env.BENCH_YEARS ?? 10);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 5);
const KINDS = (process.env.BENCH_DATABASES ?? 'sqlite,postgresql').split(',');
const ROWS = 10_000;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

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
    await fill(kind, place, secret, { actions: ACTIONS, years: YEARS });
    if (postgres) await keepWords(place);
    service = await startService(folder, place);
    console.log(`\n${kind}: ${ACTIONS} actions over ${YEARS} years`);
    const headers = { Authorization: `Bearer ${secret}` };
    const { areas, answered } = await registers(service.base, headers);
    await printLists(service.base, headers, areas, answered);
    await printImports(service, headers, areas[1]);
  } finally {
    if (service) await stop(service.child);
    await postgres?.server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** PostgreSQL was filled without its triggers: the words by which actions are found come afterwards. */
async function keepWords(place) {
  const { fillWords } = await import(join(ROOT, 'dist/src/platform/database/search-triggers.js'));
  const database = await open(place);
  for (const statement of [...fillWords(true), 'ANALYZE']) await database.writer.query(statement);
  await database.onApplicationShutdown();
}

async function registers(base, headers) {
  const agent = new Agent();
  const { text } = await ask(agent, base, { path: '/v1/areas?pageSize=200&sort=name', headers });
  agent.destroy();
  return { areas: JSON.parse(text).items.filter(({ kind }) => kind === 'wijk') };
}

async function printLists(base, headers, areas) {
  const yearAgo = `${Number(today().slice(0, 4)) - 1}${today().slice(4)}`;
  let turn = 0;
  const area = () => areas[turn++ % areas.length].id;
  const questions = {
    'search, one word of one action': () => `/v1/actions?q=${1 + ((turn++ * 7919) % ACTIONS)}`,
    'search, a word of every action': () => `/v1/actions?q=skatebaan&pageSize=50`,
    'search, three words in one area': () => `/v1/actions?q=beheer%20skatebaan%2044&area=${area()}`,
    'list of an area as of a year ago': () => `/v1/actions?asOf=${yearAgo}&area=${area()}&pageSize=50`,
    'list of an organisation as of a year ago': () =>
      `/v1/actions?asOf=${yearAgo}&area=${area()}&status=open&pageSize=50`,
  };
  const table = [];
  for (const [name, path] of Object.entries(questions)) {
    const next = () => ({ path: path(), headers });
    await load(base, next, { connections: 4, seconds: Math.min(1, SECONDS) });
    const { perSecond, p50, p99 } = await load(base, next, { connections: 4, seconds: SECONDS });
    table.push({
      '': name,
      '/s': Math.round(perSecond),
      'p50 ms': Number(p50.toFixed(1)),
      'p99 ms': Number(p99.toFixed(1)),
    });
  }
  console.table(table);
}

async function printImports({ base, child }, headers, area) {
  const fresh = rowsOf((n) => [
    '',
    '',
    'schoon',
    `Nieuwe actie ${n} uit de oude lijst`,
    `Organisatie ${1 + (n % 200)}`,
    'z.s.m.',
    '',
    '',
    '',
  ]);
  const table = [];
  const before = rss(child);
  const csv = await importOf(base, headers, area.id, 'text/csv', toCsv(fresh));
  table.push({ '': '10,000 new rows, CSV', ...csv });
  const lines = await listOf(base, headers, area.id, 5000);
  const workbook = await toXlsx([
    ...lines.map((one) => [one.number, '', '', `${one.title} (nagekeken)`, '', '', 'loopt: nagebeld', '', '']),
    ...fresh.slice(5000),
  ]);
  const xlsx = await importOf(base, headers, area.id, XLSX, workbook);
  table.push({ '': '5,000 changed and 5,000 new rows, XLSX', ...xlsx });
  console.table(table);
  console.log(`Memory of the service (RSS, MiB): ${before} before, ${rss(child)} after`);
}

const HEADER = [
  'nr',
  'datum',
  'onderwerp',
  'actie',
  'wie',
  'wanneer',
  'stand van zaken',
  'afgehandeld op',
  'aantal keren uitgesteld',
];
const rowsOf = (row) => Array.from({ length: ROWS }, (_, n) => row(n));
const toCsv = (rows) => Buffer.from([HEADER, ...rows].map((row) => row.join(';')).join('\r\n'));

async function toXlsx(rows) {
  const tables = await import(join(ROOT, 'dist/src/platform/rendering/tables.js'));
  return tables.toXlsx({
    name: 'Acties',
    title: 'Acties',
    columns: HEADER.map((title) => ({ title, kind: 'text' })),
    rows,
  });
}

async function listOf(base, headers, area, count) {
  const agent = new Agent();
  const lines = [];
  for (let page = 1; lines.length < count; page += 1) {
    const { text } = await ask(agent, base, {
      path: `/v1/actions?area=${area}&q=oude%20lijst&pageSize=200&page=${page}`,
      headers,
    });
    lines.push(...JSON.parse(text).items);
  }
  agent.destroy();
  return lines.slice(0, count);
}

/** Proposes and carries out, while others keep asking for a list and for a sign of life. */
async function importOf(base, headers, area, type, file) {
  const others = watch(base, [
    { path: `/v1/actions?area=${area}&open=true&pageSize=50`, headers },
    { path: '/health/live' },
  ]);
  const begin = performance.now();
  const proposed = await send(
    base,
    'POST',
    `/v1/action-imports?area=${area}`,
    { ...headers, 'Content-Type': type },
    file,
  );
  const between = performance.now();
  const done = await send(base, 'PUT', `/v1/action-imports/${proposed.id}/execution`, {
    ...headers,
    'If-Match': '"1"',
  });
  const end = performance.now();
  const { answers, longest } = await others.stop();
  const { new: made, changed, cannot } = done.counts;
  if (cannot > 0 || made + changed !== ROWS) throw new Error(`Unexpected counts: ${JSON.stringify(done.counts)}`);
  return {
    'preview ms': Math.round(between - begin),
    'carry out ms': Math.round(end - between),
    'answers to others meanwhile': answers,
    'longest of them ms': Math.round(longest),
  };
}

async function send(base, method, path, headers, body) {
  const answer = await fetch(base + path, { method, headers, body });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text.slice(0, 300)}`);
  return JSON.parse(text);
}

function watch(base, requests) {
  const agent = new Agent({ keepAlive: true });
  let isWatching = true;
  let answers = 0;
  let longest = 0;
  const watching = requests.map(async (request) => {
    while (isWatching) {
      const start = performance.now();
      const { status } = await ask(agent, base, request);
      if (status !== 200) throw new Error(`${request.path} answered ${status}`);
      answers += 1;
      longest = Math.max(longest, performance.now() - start);
    }
  });
  return {
    async stop() {
      isWatching = false;
      await Promise.all(watching);
      agent.destroy();
      return { answers, longest };
    },
  };
}
