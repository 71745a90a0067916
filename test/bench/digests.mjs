/**
 * The mails of a Monday: planned, made, stored, sent and recorded, compared with nodemailer alone sending ready-made
 * mails to the same server (SQLite): `npm run bench -- digests`. BENCH_DIGESTS (10000) people with ten overdue actions each.
 */
import BetterSqlite3 from 'better-sqlite3';
import { simpleParser } from 'mailparser';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fillForDigests } from './fill-digests.mjs';
import { openPlace, ROOT, rss, startHelper, startService, today } from './place.mjs';

const DIGESTS = Number(process.env.BENCH_DIGESTS ?? 10_000);
const LINES = 10;
const LONGEST_MS = 600_000;
const LEAST_SHARE = 90;
const MOST_MEMORY_MIB = 60;

export async function measure({ report, many }) {
  const place = await openPlace('sqlite', `digests-${many}-${DIGESTS}`, (empty) => lay(empty, many));
  const mailServer = await startMailServer();
  try {
    await explain(place.environment, report);
    // Due from the first minute of the week.
    const settings = {
      SMTP_URL: mailServer.url,
      MAIL_FROM: 'wijkagenda@gemeente.example',
      DIGEST_TIME: '00:00',
      DIGEST_WEEKDAY: '1',
    };
    const service = await startService(place, settings);
    const memory = watchMemory(service.child);
    const { perSecond, bytes } = await sendAll(service, place, mailServer);
    const grown = memory.stop();
    await service.stop();
    const mail = await plainMail(bytes, place.folder);
    const plain = JSON.parse(
      execFileSync(
        process.execPath,
        [join(ROOT, 'test/bench/plain-mails.mjs'), mailServer.url, String(DIGESTS), mail],
        { cwd: ROOT },
      ),
    );
    report.add('digests beside nodemailer alone', (100 * perSecond) / plain.made, '%', { atLeast: LEAST_SHARE });
    report.add('digests', perSecond, 'mails/s');
    report.add('digests: nodemailer alone, ready-made mails', plain.made, 'mails/s');
    report.add('digests: nodemailer alone, ready-made MIME', plain.ready, 'mails/s');
    report.add('digests: a mail', bytes.length / 1024, 'KiB');
    report.add('digests: memory more than at the start', grown, 'MiB', { atMost: MOST_MEMORY_MIB });
  } finally {
    await mailServer.stop();
    await place.remove();
  }
}

function lay({ environment }, actions) {
  const db = new BetterSqlite3(environment.DATABASE_PATH);
  const secret = fillForDigests(db, { actions, digests: DIGESTS, lines: LINES });
  db.close();
  return { secret };
}

/** Triggers the mails of this Monday and waits until each has been sent once. */
async function sendAll({ base }, { environment, seeded }, mailServer) {
  const db = new BetterSqlite3(environment.DATABASE_PATH, { readonly: true });
  try {
    const begin = performance.now();
    const headers = { authorization: `Bearer ${seeded.secret}` };
    const asked = fetch(`${base}/v1/digests`, { method: 'POST', headers });
    const read = db.prepare(`SELECT count(*) FROM "outgoing_messages" WHERE "state" = 'sent'`).pluck();
    while (read.get() < DIGESTS && performance.now() - begin < LONGEST_MS) await sleep(250);
    const perSecond = (1000 * DIGESTS) / (performance.now() - begin);
    const { status } = await asked;
    const accepted = await mailServer.count();
    if (status !== 200 || accepted !== DIGESTS)
      throw new Error(`POST /v1/digests answered ${status}; the mail server accepted ${accepted} of ${DIGESTS}.`);
    const { bytes } = db.prepare('SELECT "bytes" FROM "message_bytes" LIMIT 1').get();
    return { perSecond, bytes };
  } finally {
    db.close();
  }
}

/** Fails if a statement that plans or makes mails reads all actions or their history, not just open ones or by an index. */
async function explain({ DATABASE_PATH: path }, report) {
  const built = (name) => import(join(ROOT, 'dist/src', name));
  const { openDatabase } = await built('platform/database/data-source.js');
  const { SCHEMA } = await built('schema.js');
  const { readSettings } = await built('platform/settings.js');
  const { ContactResolver } = await built('directory/people/contact-resolver.service.js');
  const { ActionRecipients } = await built('actions/recipients/action-recipients.service.js');
  const { DigestContents } = await built('digests/contents/digest-contents.service.js');
  const { DigestAnswers } = await built('digests/contents/digest-answers.service.js');
  const { Overviews } = await built('digests/contents/overviews.service.js');
  const { Unanswered } = await built('digests/contents/unanswered.service.js');
  const settings = readSettings({ DATABASE_PATH: path, LOG_LEVEL: 'silent' });
  const database = await openDatabase(settings, SCHEMA, false);
  const connection = database.reader.driver.databaseConnection;
  const seen = new Set();
  const prepare = connection.prepare.bind(connection);
  connection.prepare = (sql) => (seen.add(sql), prepare(sql));
  const day = today();
  const answering = new ContactResolver();
  const assignments = new ActionRecipients(answering);
  const overviews = new Overviews(settings, assignments, new Unanswered());
  const contents = new DigestContents(settings, assignments, overviews, new DigestAnswers(settings, answering));
  const some = prepare(`SELECT "id" FROM "people" ORDER BY "id" LIMIT 40`).pluck().all();
  const steps = {
    'who has something overdue': () => assignments.overduePeople(database.reader, day),
    'which chairs have something to look at': () => overviews.chairsWithNews(database.reader, day),
    'what is in forty mails': async () =>
      contents.of(database.reader, await contents.people(database.reader, some), day),
  };
  for (const [name, work] of Object.entries(steps)) {
    const begin = performance.now();
    await work();
    report.add(`digests: finding out ${name}`, performance.now() - begin, 'ms');
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

/** Parameters without a value: by number, or in order where each occurs once. */
function blanks(sql) {
  const numbers = [...sql.matchAll(/\$(\d+)/g)].map(([, n]) => n);
  return numbers.length > 0
    ? [Object.fromEntries(numbers.map((n) => [n, null]))]
    : [...sql.matchAll(/\?/g)].map(() => null);
}

async function plainMail(bytes, folder) {
  const { subject, html, text } = await simpleParser(Buffer.from(bytes, 'latin1'));
  const path = join(folder, 'mail.json');
  writeFileSync(path, JSON.stringify({ subject, html, text, raw: bytes }));
  return path;
}

/** The growth of memory from the start to its peak, in MiB. */
function watchMemory(child) {
  const begin = rss(child);
  let most = begin;
  const timer = setInterval(() => (most = Math.max(most, rss(child))), 100);
  return {
    stop: () => {
      clearInterval(timer);
      return most - begin;
    },
  };
}

export async function startMailServer() {
  const { child, line, stop } = await startHelper('mail-server.mjs');
  const count = () => {
    const answer = new Promise((resolve) => child.stdout.once('data', (text) => resolve(Number(text))));
    child.kill('SIGUSR2');
    return answer;
  };
  return { url: `smtp://127.0.0.1:${line}`, count, stop };
}
