import BetterSqlite3 from 'better-sqlite3';
import { simpleParser } from 'mailparser';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { fillForDigests } from './fill-digests.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const here = (name) => join(ROOT, 'test/bench', name);
const OPTIONS = {
  actions: { type: 'string', default: '1000000' },
  digests: { type: 'string', default: '10000' },
  lines: { type: 'string', default: '10' },
};
const LONGEST_MS = 600_000;
const started = [];

/**
 * `npm run bench -- digests [--actions 1000000] [--digests 10000] [--lines 10]`: plans, renders, sends and records the mails
 * of a Monday, beside nodemailer alone with ready-made mails to the same server.
 */
export async function measureDigests(args) {
  const { values } = parseArgs({ args, options: OPTIONS });
  const sizes = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number(value)]));
  const folder = mkdtempSync(join(tmpdir(), 'wijkagenda-bench-'));
  try {
    await measure(sizes, folder);
  } finally {
    for (const child of started) child.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure({ actions, digests, lines }, folder) {
  const path = join(folder, 'service.sqlite');
  const mailServer = await startMailServer();
  const environment = {
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    DATABASE_PATH: path,
    SMTP_URL: mailServer.url,
    MAIL_FROM: 'wijkagenda@gemeente.example',
    // Due from the first minute of the week on.
    DIGEST_TIME: '00:00',
    DIGEST_WEEKDAY: '1',
  };
  const empty = await startService({ ...environment, SMTP_URL: '' }, folder);
  await empty.stop();
  console.log(`Filling ${actions} actions, of which ${digests * lines} overdue, for ${digests} digests …`);
  const db = new BetterSqlite3(path);
  const secret = fillForDigests(db, { actions, digests, lines });
  await explain(path);

  const service = await startService(environment, folder);
  const memory = watchMemory(service.child);
  const begin = performance.now();
  const headers = { authorization: `Bearer ${secret}` };
  const asked = fetch(`${service.base}/v1/digests`, { method: 'POST', headers }).then((answer) => answer.status);
  const states = await untilEnded(db, digests, begin);
  const took = (performance.now() - begin) / 1000;
  const grown = memory.stop();
  if ((await asked) !== 200) throw new Error(`POST /v1/digests answered ${await asked}.`);
  const planned = msToFirst(db);
  const accepted = await mailServer.count();
  const { bytes } = db.prepare(`SELECT "bytes" FROM "outgoing_messages" WHERE "state" = 'sent' LIMIT 1`).get();
  db.close();
  await service.stop();

  const mail = await plainMail(bytes, folder);
  const plain = JSON.parse(
    execFileSync(process.execPath, [here('plain-mails.mjs'), mailServer.url, String(digests), mail], { cwd: ROOT }),
  );
  const perSecond = digests / took;
  console.table([
    row('Wijkagenda: plan, make, keep, send, record', perSecond, perSecond, plain.made),
    row('nodemailer alone, ready-made mails', plain.made, perSecond, plain.made),
    row('nodemailer alone, ready-made MIME', plain.ready, perSecond, plain.ready),
  ]);
  console.log(
    `States: ${JSON.stringify(states)}; accepted by the mail server: ${accepted}; the first one recorded ${planned} ms after planning.`,
  );
  console.log(
    `A mail is ${Math.round(bytes.length / 1024)} KiB. Memory: ${grown.begin} MiB at the start, at most ${grown.most} MiB (+${grown.most - grown.begin}).`,
  );
  const isEnough = perSecond >= plain.made / 2 && grown.most - grown.begin < 100 && accepted === digests;
  console.log(isEnough ? 'Within the aims.' : 'NOT within the aims: half of nodemailer alone, less than 100 MiB more.');
}

const row = (who, perSecond, ours, theirs) => ({
  '': who,
  'mails/s': Math.round(perSecond),
  'Wijkagenda beside it %': Math.round((100 * ours) / theirs),
});

/** Fails when a statement of planning or making reads all actions or their history: only what is open, or by an index. */
async function explain(path) {
  const built = (name) => import(join(ROOT, 'dist/src', name));
  const { openDatabase } = await built('platform/database/data-source.js');
  const { SCHEMA } = await built('schema.js');
  const { readSettings } = await built('platform/settings.js');
  const { ContactResolver } = await built('directory/organisations/contact-resolver.service.js');
  const { ActionRecipients } = await built('actions/recipients/action-recipients.service.js');
  const { DigestContents } = await built('digests/digest-contents.service.js');
  const { DigestUpdates } = await built('digests/digest-updates.service.js');
  const { Overviews } = await built('digests/overviews.service.js');
  const { Unanswered } = await built('digests/unanswered.service.js');
  const settings = readSettings({ DATABASE_PATH: path, LOG_LEVEL: 'silent' });
  const database = await openDatabase(settings, SCHEMA, false);
  const connection = database.reader.driver.databaseConnection;
  const seen = new Set();
  const prepare = connection.prepare.bind(connection);
  connection.prepare = (sql) => (seen.add(sql), prepare(sql));
  const today = new Date().toISOString().slice(0, 10);
  const answering = new ContactResolver();
  const assignments = new ActionRecipients(answering);
  const overviews = new Overviews(settings, assignments, new Unanswered());
  const contents = new DigestContents(settings, assignments, overviews, new DigestUpdates(answering));
  const some = prepare(`SELECT "id" FROM "people" ORDER BY "id" LIMIT 40`).pluck().all();
  const steps = {
    'who has something overdue': () => assignments.overduePeople(database.reader, today),
    'which chairs have something to look at': () => overviews.chairsWithNews(database.reader, today),
    'what is in forty mails': async () =>
      contents.of(database.reader, await contents.people(database.reader, some), today),
  };
  for (const [name, work] of Object.entries(steps)) {
    const begin = performance.now();
    await work();
    console.log(`Finding out ${name}: ${Math.round(performance.now() - begin)} ms`);
  }
  const open = new Set(prepare(`SELECT name FROM sqlite_master WHERE sql LIKE '%"closedOn" IS NULL%'`).pluck().all());
  for (const sql of seen) {
    const names = [...sql.matchAll(/"(?:actions|action_updates)" (\w+)/g)].map(([, name]) => name);
    const plan = prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...blanks(sql));
    const scans = plan.map(({ detail }) => detail).filter((text) => names.includes(/^SCAN (\w+)/.exec(text)?.[1]));
    const whole = scans.filter((detail) => !open.has(/INDEX (\S+)/.exec(detail)?.[1]));
    if (whole.length > 0) throw new Error(`This reads everything (${whole.join('; ')}): ${sql}`);
  }
  await database.onApplicationShutdown();
}

const blanks = (sql) => [Object.fromEntries([...sql.matchAll(/\$(\d+)/g)].map(([, n]) => [n, null]))];

async function untilEnded(db, digests, begin) {
  const read = db.prepare(`SELECT "state", count(*) AS "count" FROM "outgoing_messages" GROUP BY "state"`);
  for (;;) {
    const states = Object.fromEntries(read.all().map(({ state, count }) => [state, count]));
    if ((states.sent ?? 0) >= digests || performance.now() - begin > LONGEST_MS) return states;
    await sleep(250);
  }
}

const msToFirst = (db) => {
  const { at, first } = db
    .prepare(`SELECT min("plannedAt") AS "at", min("sentAt") AS "first" FROM "outgoing_messages"`)
    .get();
  return Date.parse(first) - Date.parse(at);
};

async function plainMail(bytes, folder) {
  const { subject, html, text } = await simpleParser(Buffer.from(bytes, 'latin1'));
  const path = join(folder, 'mail.json');
  writeFileSync(path, JSON.stringify({ subject, html, text, raw: bytes }));
  return path;
}

/** The resident memory at the start and at its most, in MiB. */
function watchMemory(child) {
  const now = () =>
    Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]) / 1024);
  const begin = now();
  let most = begin;
  const timer = setInterval(() => (most = Math.max(most, now())), 100);
  return {
    stop: () => {
      clearInterval(timer);
      return { begin, most };
    },
  };
}

async function startMailServer() {
  const child = spawn(process.execPath, [here('mail-server.mjs')], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  started.push(child);
  const line = () => new Promise((resolve) => child.stdout.once('data', (text) => resolve(Number(text))));
  const port = await line();
  const count = () => {
    const answer = line();
    child.kill('SIGUSR2');
    return answer;
  };
  return { url: `smtp://127.0.0.1:${port}`, count };
}

async function startService(environment, folder) {
  const log = join(folder, 'service.log');
  const out = openSync(log, 'w');
  const child = spawn(process.execPath, [join(ROOT, 'dist/src/main.js')], {
    env: { ...environment, PORT: '0' },
    stdio: ['ignore', out, out],
  });
  started.push(child);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  for (;;) {
    const found = /Server listening at (http:\/\/[^"\s]+)/.exec(readFileSync(log, 'utf8'));
    if (found) return { child, base: found[1], stop: () => (child.kill('SIGTERM'), ended) };
    if (child.exitCode !== null) throw new Error(readFileSync(log, 'utf8'));
    await sleep(20);
  }
}
