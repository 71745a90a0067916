/**
 * A hundred concurrent meetings on one process (SQLite): each has a desk that follows it live and reloads the page when
 * something changed, and a colleague who writes something every few seconds: `npm run bench -- desks`.
 */
import BetterSqlite3 from 'better-sqlite3';
import { randomUUID } from 'node:crypto';
import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from './load.mjs';
import { hashOf, newSecret, openYears, startService, today } from './place.mjs';

const DESKS = 100;
const ACTIONS_EACH = 8;
const BETWEEN_WRITES_MS = 5000;
const LONGEST_MS = 100;
/** Excludes the start, when all browsers open everything at once. */
const SETTLE_MS = 3000;

export async function measure({ report, actions, seconds }) {
  const place = await openYears('sqlite', actions);
  try {
    const people = layPeople(place);
    const service = await startService(place);
    const desks = await layDesks(service.base, people, { Authorization: `Bearer ${place.seeded.secret}` });
    const took = await follow(service.base, desks, Math.max(20, seconds) * 1000);
    for (const [name, list] of Object.entries(took)) {
      const sorted = list.toSorted((one, other) => one - other);
      const at = (share) => sorted[Math.floor(sorted.length * share)];
      report.add(`${DESKS} desks: ${name}, p50 of ${sorted.length}`, at(0.5), 'ms');
      report.add(`${DESKS} desks: ${name}, p99`, at(0.99), 'ms', { atMost: LONGEST_MS });
    }
    await service.stop();
  } finally {
    await place.remove();
  }
}

/** Chairs of the root area, each signed in with a browser. */
function layPeople({ environment }) {
  const db = new BetterSqlite3(environment.DATABASE_PATH);
  const root = db.prepare(`SELECT "id" FROM "areas" WHERE "kind" = 'municipality'`).pluck().get();
  const now = new Date().toISOString();
  const put = (table, row) => {
    const names = Object.keys(row);
    const values = names.map((name) => `@${name}`);
    db.prepare(`INSERT INTO "${table}" (${names.map((name) => `"${name}"`)}) VALUES (${values})`).run(row);
  };
  const people = Array.from({ length: DESKS }, (_, n) => {
    const [personId, secret] = [randomUUID(), newSecret().replace('wa_', 'ws_')];
    put('people', { id: personId, name: `gebiedsadviseur ${n}`, email: `adviseur${n}@gemeente.example` });
    put('grants', { id: randomUUID(), personId, role: 'chair', areaId: root, fromOn: '2000-01-01' });
    put('web_sessions', {
      ...{ id: randomUUID(), personId, hash: hashOf(secret), signedInBy: 'mail', userAgent: 'bench' },
      ...{ createdAt: now, lastUsedAt: now, expiresAt: '2999-01-01T00:00:00.000Z' },
    });
    return { Cookie: `wijkagenda=${secret}` };
  });
  db.close();
  return people;
}

/** An open session per meeting, with some of its actions. */
async function layDesks(base, people, token) {
  const agent = new Agent({ keepAlive: true });
  const send = async (method, path, body, more = {}) => {
    const { status, text } = await ask(agent, base, { method, path, body, headers: { ...token, ...more } });
    if (status > 299) throw new Error(`${method} ${path} answered ${status}: ${text.slice(0, 300)}`);
    return JSON.parse(text);
  };
  const { items: areas } = await send('GET', '/v1/areas?pageSize=200');
  const { items: owners } = await send('GET', '/v1/organisations?pageSize=100');
  const wijken = areas.filter(({ kind }) => kind === 'wijk');
  const desks = [];
  for (const [n, cookie] of people.entries()) {
    const { id: areaId } = wijken[n % wijken.length];
    const fields = { areaId, kind: 'professionals', name: `Overleg ${n}`, startTime: '10:00' };
    const meeting = await send('POST', '/v1/meetings', fields);
    for (let k = 0; k < ACTIONS_EACH; k += 1) {
      const owner = { ownerId: owners[(n + k) % owners.length].id, dueKind: 'date', dueOn: today() };
      await send('POST', '/v1/actions', { areaId, meetingId: meeting.id, title: `Beheer nagaan ${k}`, ...owner });
    }
    const session = await send('POST', `/v1/meetings/${meeting.id}/sessions`, { heldOn: today() });
    await send('PUT', `/v1/sessions/${session.id}/opening`, undefined, { 'If-Match': `"${session.version}"` });
    desks.push({ id: session.id, cookie, token });
  }
  agent.destroy();
  return desks;
}

/** The waiting times in ms: the write, the event about it, and the page after it. */
async function follow(base, desks, forMs) {
  const agent = new Agent({ keepAlive: true });
  const took = { writing: [], 'news of it': [], 'the page after it': [] };
  const followers = await Promise.all(desks.map((desk) => openStream(base, desk)));
  await sleep(SETTLE_MS);
  const end = performance.now() + forMs;
  const one = async ({ id, token, cookie }, follower, index) => {
    await sleep((BETWEEN_WRITES_MS * index) / desks.length);
    for (let n = 0; performance.now() < end; n += 1) {
      const begin = performance.now();
      const news = follower.next();
      const body = { guestName: `bewoner ${n}`, status: 'present' };
      const written = await ask(agent, base, {
        method: 'POST',
        path: `/v1/sessions/${id}/attendances`,
        headers: token,
        body,
      });
      if (written.status !== 201) throw new Error(`Writing answered ${written.status}: ${written.text.slice(0, 300)}`);
      took.writing.push(performance.now() - begin);
      await news;
      const between = performance.now();
      took['news of it'].push(between - begin);
      const headers = { ...cookie, Accept: 'text/html', 'Page-Beside': 'true' };
      const page = await ask(agent, base, { path: `/vergaderingen/${id}`, headers });
      if (page.status !== 200) throw new Error(`The page answered ${page.status}.`);
      took['the page after it'].push(performance.now() - between);
      await sleep(Math.max(0, BETWEEN_WRITES_MS - (performance.now() - begin)));
    }
  };
  await Promise.all(desks.map((desk, index) => one(desk, followers[index], index)));
  for (const { leave } of followers) leave();
  agent.destroy();
  return took;
}

/** A stream of a session; `next` waits for the next version it reports. */
function openStream(base, { id, cookie }) {
  return new Promise((resolve, reject) => {
    const headers = { ...cookie, Accept: 'text/event-stream' };
    const request = get(`${base}/vergaderingen/${id}/gebeurtenissen`, { agent: false, headers }, (answer) => {
      if (answer.statusCode !== 200) return reject(new Error(`The stream answered ${answer.statusCode}.`));
      let [last, waiting] = ['', () => {}];
      answer.on('error', () => {});
      answer.on('data', (bytes) => {
        const version = /"version":"([^"]+)"/.exec(bytes.toString())?.[1];
        if (version && version !== last) waiting();
        last = version ?? last;
      });
      resolve({ leave: () => request.destroy(), next: () => new Promise((heard) => (waiting = heard)) });
    });
    request.on('error', reject);
  });
}
