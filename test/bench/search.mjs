/**
 * Measures finding anything among 100,000 actions and 5,000 minutes with their decisions, on SQLite and PostgreSQL, for a
 * chair of everything and for a partner: `npm run bench -- search`. BENCH_ACTIONS (100000), BENCH_SECONDS (5) and
 * BENCH_DATABASES (sqlite,postgresql) can be set.
 */
import BetterSqlite3 from 'better-sqlite3';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { load } from './load.mjs';
import { fill, open, SCHEMA_NAME, startPostgres, startService, stop } from './place.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ACTIONS = Number(process.env.BENCH_ACTIONS ?? 100_000);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 5);
const KINDS = (process.env.BENCH_DATABASES ?? 'sqlite,postgresql').split(',');
/** Ten sessions a year in each of 20 areas: 5,000 minutes. */
const YEARS = 25;
const TOPICS = 6;
const id = (table, n) => `${table.toString(16).padStart(8, '0')}-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
const WORDS =
  'overlast verlichting parkeren speeltuin hondenveld fietspad zwerfvuil jongeren buurthuis rotonde drempel groenstrook bankje hekwerk stoep'.split(
    ' ',
  );
const wordOf = (n) => WORDS[n % WORDS.length];

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
    const [chair, partner] = [0, 1].map(() => `wa_${randomBytes(32).toString('base64url')}`);
    await fill(kind, place, chair, { actions: ACTIONS, years: YEARS });
    const minutes = await addMinutes(place, partner);
    if (postgres) await keepWords(place);
    service = await startService(folder, place);
    console.log(`\n${kind}: ${ACTIONS} actions, ${minutes} minutes, ${minutes * TOPICS} decisions`);
    await printSearches(service.base, { chair, partner });
  } finally {
    if (service) await stop(service.child);
    await postgres?.server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The text of each session of `fill`, with a token for a partner. */
async function addMinutes(place, secret) {
  const sessions = await all(place, 'SELECT count(*) AS "n" FROM "sessions"');
  const count = Number(sessions[0].n);
  const now = new Date().toISOString();
  const parts = Array.from({ length: count }, (_, n) => ({
    id: id(21, n + 1),
    versionId: id(20, n + 1),
    label: 'open',
    content: JSON.stringify(contentOf(n + 1)),
    salt: 'salt',
    hash: 'a'.repeat(64),
  }));
  const rows = (make) => Array.from({ length: count }, (_, n) => make(n + 1));
  await insert(place, [
    [
      'minutes_versions',
      rows((n) => ({
        id: id(20, n),
        minutesId: id(11, n),
        number: 1,
        reason: 'closing',
        composedAt: now,
        hash: 'a'.repeat(64),
      })),
    ],
    ['minutes_parts', parts],
    [
      'minutes_events',
      rows((n) => ({ id: id(22, n), minutesId: id(11, n), kind: 'sent', at: now, versionId: id(20, n) })),
    ],
    [
      'agenda_items',
      rows((n) =>
        contentOf(n).items.map((item, k) => ({
          ...item,
          id: id(23 + k, n),
          sessionId: id(10, n),
          position: k,
          isConfidential: false,
        })),
      ).flat(),
    ],
    [
      'api_tokens',
      [
        {
          ...{
            id: id(7, 2),
            personId: id(4, 8),
            name: 'partner',
            createdAt: now,
            expiresAt: '2999-01-01T00:00:00.000Z',
          },
          hash: createHash('sha256').update(secret).digest('hex'),
        },
      ],
    ],
  ]);
  return count;
}

/** Some six kilobytes, of which every word but one is in many others. */
function contentOf(n) {
  const sentence = (k) =>
    `Bij ${wordOf(n + k)} en ${wordOf(n * 7 + k)} is afgesproken dat de partijen dit met elkaar oppakken. `;
  const items = Array.from({ length: TOPICS }, (_, k) => ({
    number: String(k + 1),
    kind: 'topic',
    title: `${wordOf(n + k)} in de wijk`,
    notes: sentence(k).repeat(6) + `Zaak ${n * 10 + k}.`,
    decision: `Wij pakken ${wordOf(n * 3 + k)} samen aan, dossier ${n}.`,
    state: 'discussed',
  }));
  return {
    ...{ meeting: { id: id(8, 1), name: 'Professionaloverleg', kind: 'professionals', minutesForm: 'full' } },
    ...{ area: { id: id(1, 1), name: 'Wijk' }, heldOn: '2026-01-01', startTime: null, endTime: null, place: null },
    ...{ chair: null, secretary: null, attendance: { present: [], excused: [], absent: [] }, items },
    ...{ discussed: [], reportedDone: [], actions: [], nextSession: null },
  };
}

async function all(place, sql) {
  if (!place.DATABASE_URL) {
    const db = new BetterSqlite3(place.DATABASE_PATH);
    const found = db.prepare(sql).all();
    db.close();
    return found;
  }
  const client = await connect(place);
  const { rows } = await client.query(sql);
  await client.end();
  return rows;
}

async function connect(place) {
  const client = new pg.Client({ connectionString: place.DATABASE_URL });
  await client.connect();
  await client.query(
    `SET search_path = ${SCHEMA_NAME}; SET session_replication_role = replica; SET synchronous_commit = off`,
  );
  return client;
}

async function insert(place, tables) {
  const client = place.DATABASE_URL ? await connect(place) : undefined;
  const db = client ? undefined : new BetterSqlite3(place.DATABASE_PATH);
  db?.pragma('synchronous = OFF');
  for (const [table, rows] of tables) {
    const names = Object.keys(rows[0]);
    const columns = names.map((name) => `"${name}"`).join();
    const into = `INSERT INTO "${table}" (${columns})`;
    if (client) {
      const select = `${into} SELECT ${columns} FROM json_populate_recordset(NULL::"${table}", $1::json)`;
      for (let n = 0; n < rows.length; n += 1000) await client.query(select, [JSON.stringify(rows.slice(n, n + 1000))]);
    } else {
      const statement = db.prepare(`${into} VALUES (${names.map(() => '?').join()})`);
      const value = (one) => (typeof one === 'boolean' ? Number(one) : one);
      db.transaction(() => rows.forEach((row) => statement.run(names.map((name) => value(row[name])))))();
    }
  }
  await client?.end();
  db?.close();
}

/** PostgreSQL was filled without its triggers: the words come afterwards. */
async function keepWords(place) {
  const { fillWords } = await import(join(ROOT, 'dist/src/platform/database/search-triggers.js'));
  const { fillRecords } = await import(join(ROOT, 'dist/src/platform/database/record-triggers.js'));
  const database = await open(place);
  for (const statement of [...fillWords(true), ...fillRecords(true), 'ANALYZE']) await database.writer.query(statement);
  await database.onApplicationShutdown();
}

async function printSearches(base, secrets) {
  let turn = 0;
  const number = () => 1 + ((turn++ * 7919) % ACTIONS);
  const questions = {
    'a number': () => `WB-${number()}`,
    'a word of one action': () => String(number()),
    'a word of one record': () => `zaak ${10 * (1 + (turn++ % 5000))}`,
    'the beginning of a word of many minutes': () => wordOf(turn++).slice(0, 4),
    'two words of many minutes': () => `${wordOf(turn++)} afgesproken`,
    'a word of every action': () => 'skatebaan',
    'a person': () => `functionaris ${1 + (turn++ % 200)}`,
    'a word that is nowhere': () => `bestaatniet${turn++}`,
  };
  const table = [];
  for (const [name, words] of Object.entries(questions)) {
    const line = { '': name };
    for (const [who, secret] of Object.entries(secrets)) {
      const headers = { Authorization: `Bearer ${secret}` };
      const next = () => ({ path: `/v1/search?pageSize=5&q=${encodeURIComponent(words())}`, headers });
      await load(base, next, { connections: 1, seconds: Math.min(1, SECONDS) });
      const { p50, p99 } = await load(base, next, { connections: 1, seconds: SECONDS });
      line[`${who} p50 ms`] = Number(p50.toFixed(1));
      line[`${who} p99 ms`] = Number(p99.toFixed(1));
    }
    table.push(line);
  }
  console.table(table);
}
