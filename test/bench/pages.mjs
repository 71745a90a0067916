/**
 * Measures the pages that must be quick, through HTTP on the built service, one request at a time: the meeting screen
 * with 60 open actions, the action list with 200, and my actions with 60, among 100,000 other actions:
 * `npm run bench -- pages`. BENCH_ACTIONS (100000), BENCH_SECONDS (5) and BENCH_DATABASES (sqlite,postgresql) can be set.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask, load } from './load.mjs';
import { fill, SCHEMA_NAME, startPostgres, startService, stop, today } from './place.mjs';

const ACTIONS = Number(process.env.BENCH_ACTIONS ?? 100_000);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 5);
const KINDS = (process.env.BENCH_DATABASES ?? 'sqlite,postgresql').split(',');
const AIM_MS = 15;
/** Pages that add up what waits in every area. */
const AIMS_MS = { '/': 30, '/koersoverzicht': 300 };

export async function main() {
  for (const kind of KINDS) await measureOn(kind);
}

async function measureOn(kind) {
  const folder = mkdtempSync(join(tmpdir(), 'wijkagenda-bench-'));
  const postgres = kind === 'postgresql' ? await startPostgres() : undefined;
  const place = postgres
    ? { DATABASE_URL: postgres.url, DATABASE_SCHEMA: SCHEMA_NAME }
    : { DATABASE_PATH: join(folder, 'service.sqlite') };
  let service;
  try {
    const secret = `wa_${randomBytes(32).toString('base64url')}`;
    await fill(kind, place, secret, { actions: ACTIONS, years: 10 });
    service = await startService(folder, place);
    const api = new Api(service.base, secret);
    const pages = await layPages(api);
    api.end();
    console.log(`\n${kind}: pages among ${ACTIONS} actions`);
    console.table(await measure(service.base, secret, pages));
  } finally {
    if (service) await stop(service.child);
    await postgres?.server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

class Api {
  agent = new Agent({ keepAlive: true });
  constructor(base, secret) {
    this.base = base;
    this.headers = { Authorization: `Bearer ${secret}` };
  }

  async send(method, path, body, headers = {}) {
    const { status, text } = await ask(this.agent, this.base, {
      method,
      path,
      body,
      headers: { ...this.headers, ...headers },
    });
    if (status > 299) throw new Error(`${method} ${path} answered ${status}: ${text.slice(0, 500)}`);
    return JSON.parse(text);
  }

  end() {
    this.agent.destroy();
  }
}

/** A meeting with 60 open actions in an open session, half of them the own ones, and 30 more own ones beside it. */
async function layPages(api) {
  const { items } = await api.send('GET', '/v1/areas?pageSize=200');
  const { organisationIds } = await api.send('GET', '/v1/me');
  const areaId = items.find(({ kind }) => kind === 'wijk').id;
  const meeting = await api.send('POST', '/v1/meetings', {
    areaId,
    kind: 'professionals',
    name: 'Overleg',
    startTime: '10:00',
  });
  const others = (await api.send('GET', '/v1/organisations?pageSize=200')).items.filter(
    ({ id }) => !organisationIds.includes(id),
  );
  for (let n = 0; n < 90; n += 1) {
    const isOfMeeting = n < 60;
    await api.send('POST', '/v1/actions', {
      areaId,
      meetingId: isOfMeeting ? meeting.id : undefined,
      title: `Actie ${n}: afspraken maken over het beheer bij de skatebaan`,
      ownerId: isOfMeeting && n % 2 ? others[n].id : organisationIds[0],
      dueKind: 'date',
      dueOn: today(),
    });
  }
  const session = await api.send('POST', `/v1/meetings/${meeting.id}/sessions`, { heldOn: today() });
  await api.send('PUT', `/v1/sessions/${session.id}/opening`, undefined, { 'If-Match': `"${session.version}"` });
  return { areaId, sessionId: session.id };
}

async function measure(base, secret, { areaId, sessionId }) {
  const pages = {
    'vergadering, 60 acties': `/vergaderingen/${sessionId}`,
    'acties van een gebied': `/acties?gebied=${areaId}`,
    'acties van alle gebieden': '/acties',
    'acties van alle gebieden, te laat': '/acties?stand=te-laat&sorteer=nummer',
    vandaag: '/',
    'mijn acties': '/mijn-acties',
    'mijn acties als tabel': '/mijn-acties/tabel',
    koersoverzicht: '/koersoverzicht',
  };
  const headers = { Authorization: `Bearer ${secret}`, Accept: 'text/html' };
  const table = [];
  for (const [page, path] of Object.entries(pages)) {
    const agent = new Agent();
    const { text } = await ask(agent, base, { path, headers });
    agent.destroy();
    await load(base, () => ({ path, headers }), { connections: 1, seconds: Math.min(1, SECONDS) });
    const { p50, p99 } = await load(base, () => ({ path, headers }), { connections: 1, seconds: SECONDS });
    const rows = (text.match(/<(tr|li class="card)[ >]/g) ?? []).length;
    table.push({
      page,
      KiB: Math.round(text.length / 1024),
      rows,
      'p50 ms': Number(p50.toFixed(1)),
      'p99 ms': Number(p99.toFixed(1)),
      'aim ms': AIMS_MS[path] ?? AIM_MS,
    });
  }
  return table;
}
