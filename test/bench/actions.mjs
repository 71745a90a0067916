/**
 * Searching, the list as of a day and the import of a file of 10,000 rows, and what others notice of the import:
 * `npm run bench -- actions`.
 */
import { Agent } from 'node:http';
import { join } from 'node:path';
import { ask, load } from './load.mjs';
import { openYears, ROOT, rss, startService, today } from './place.mjs';

const ROWS = 10_000;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const LONGEST_IMPORT_MS = 2500;
const LONGEST_WAIT_MS = 100;

export async function measure({ report, kinds, actions, seconds }) {
  for (const kind of kinds) {
    const place = await openYears(kind, actions);
    try {
      const service = await startService(place);
      const headers = { Authorization: `Bearer ${place.seeded.secret}` };
      const add = (name, ...figure) => report.add(`${name} (${kind})`, ...figure);
      const areas = await areasOf(service.base, headers);
      await measureLists(service.base, headers, { areas, actions, seconds, add });
      await measureImports(service, headers, areas[1].id, add);
      await service.stop();
    } finally {
      await place.remove();
    }
  }
}

async function areasOf(base, headers) {
  const agent = new Agent();
  const { text } = await ask(agent, base, { path: '/v1/areas?pageSize=200&sort=name', headers });
  agent.destroy();
  return JSON.parse(text).items.filter(({ kind }) => kind === 'wijk');
}

async function measureLists(base, headers, { areas, actions, seconds, add }) {
  const yearAgo = `${Number(today().slice(0, 4)) - 1}${today().slice(4)}`;
  let turn = 0;
  const area = () => areas[turn++ % areas.length].id;
  const questions = {
    'list by one word of one action': () => `/v1/actions?q=${1 + ((turn++ * 7919) % actions)}`,
    'list by a word of every action': () => `/v1/actions?q=skatebaan&pageSize=50`,
    'list by three words in one area': () => `/v1/actions?q=beheer%20skatebaan%2044&area=${area()}`,
    'list of an area as of a year ago': () => `/v1/actions?asOf=${yearAgo}&area=${area()}&pageSize=50`,
    'list of what was open a year ago': () => `/v1/actions?asOf=${yearAgo}&area=${area()}&status=open&pageSize=50`,
  };
  for (const [name, path] of Object.entries(questions)) {
    const next = () => ({ path: path(), headers });
    await load(base, next, { connections: 4, seconds: Math.min(0.5, seconds) });
    const { p50 } = await load(base, next, { connections: 4, seconds: seconds / 2 });
    add(name, p50, 'ms');
  }
}

async function measureImports({ base, child }, headers, area, add) {
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
  const csv = await importOf(base, headers, area, 'text/csv', toCsv(fresh));
  tell('import of 10,000 new rows, CSV', csv, add);
  for (const [format, type] of Object.entries({ CSV: 'text/csv', XLSX })) {
    const { took, longest } = await tableOf(base, headers, area, type);
    add(`table of 10,000 rows, ${format}`, took, 'ms');
    add(`table of 10,000 rows, ${format}: longest wait of others`, longest, 'ms', { atMost: LONGEST_WAIT_MS });
  }
  const lines = await listOf(base, headers, area, ROWS / 2);
  const workbook = await toXlsx([
    ...lines.map((one) => [one.number, '', '', `${one.title} (nagekeken)`, '', '', 'loopt: nagebeld', '', '']),
    // With titles of their own: the same rows once more would be recognised.
    ...fresh.slice(ROWS / 2).map((row) => row.with(3, `${row[3]}, later`)),
  ]);
  const xlsx = await importOf(base, headers, area, XLSX, workbook);
  tell('import of 5,000 changed and 5,000 new rows, XLSX', xlsx, add);
  add('memory after the imports', rss(child), 'MiB');
}

function tell(name, { preview, execution, longest }, add) {
  add(`${name}: preview`, preview, 'ms');
  add(`${name}: carried out`, execution, 'ms', { atMost: LONGEST_IMPORT_MS });
  add(`${name}: longest wait of others`, longest, 'ms', { atMost: LONGEST_WAIT_MS });
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

/** What others keep requesting meanwhile: a list and a health check. */
const meanwhile = (headers, area) => [
  { path: `/v1/actions?area=${area}&open=true&pageSize=50`, headers },
  { path: '/health/live' },
];

/** The imported list as a file. */
async function tableOf(base, headers, area, type) {
  const others = watch(base, meanwhile(headers, area));
  const begin = performance.now();
  const path = `/v1/actions?area=${area}&q=oude%20lijst`;
  const answer = await fetch(base + path, { headers: { ...headers, Accept: type } });
  const { byteLength } = await answer.arrayBuffer();
  const took = performance.now() - begin;
  const longest = await others.stop();
  if (!answer.ok || byteLength < 10 * ROWS) throw new Error(`${path} answered ${answer.status}.`);
  return { took, longest };
}

/** Proposes and executes an import, while others keep making requests. */
async function importOf(base, headers, area, type, file) {
  const others = watch(base, meanwhile(headers, area));
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
  const longest = await others.stop();
  const { new: made, changed, cannot } = done.counts;
  if (cannot > 0 || made + changed !== ROWS) throw new Error(`Unexpected counts: ${JSON.stringify(done.counts)}`);
  return { preview: between - begin, execution: end - between, longest };
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
  let longest = 0;
  const follow = async (request) => {
    while (isWatching) {
      const start = performance.now();
      const { status, text } = await ask(agent, base, request);
      if (status !== 200) throw new Error(`${request.path} answered ${status}: ${text.slice(0, 300)}`);
      longest = Math.max(longest, performance.now() - start);
    }
  };
  const watching = Promise.all(requests.map(follow));
  // Reported when the load is stopped.
  watching.catch(() => {});
  return {
    async stop() {
      isWatching = false;
      await watching;
      agent.destroy();
      return longest;
    },
  };
}
