/**
 * The built service compared with a bare server that gives the same responses from the same rows (SQLite), and its start time:
 * `npm run bench -- api`.
 */
import { cpSync } from 'node:fs';
import { Agent } from 'node:http';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { fill } from './fill.mjs';
import { ask, load } from './load.mjs';
import { openPlace, rss, startHelper, startService } from './place.mjs';

const CONNECTIONS = Number(process.env.BENCH_CONNECTIONS ?? 16);
const TURNS = 3;
/** Percentage of the bare server's speed, and the 99th percentile in ms. */
const GOALS = { list: [85, 43], one: [70, 6], create: [180, 24], update: [130, 26] };
const LONGEST_START_MS = 1600;
const MOST_IDLE_MIB = 140;
const IDLE_MS = 3000;

export async function measure({ report, actions, seconds }) {
  const place = await openPlace('sqlite', `api-${actions}`, (empty) => lay(empty, actions));
  try {
    const { seeded } = place;
    const copy = join(place.folder, 'bare.sqlite');
    cpSync(place.environment.DATABASE_PATH, copy);
    const service = await startService(place);
    report.add('start to the first 200', service.took, 'ms', { atMost: LONGEST_START_MS });
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
    report.add('memory when idle', rss(service.child), 'MiB', { atMost: MOST_IDLE_MIB });

    const headers = { Authorization: `Bearer ${seeded.secret}` };
    const samples = await samplesOf(service.base, seeded, headers);
    const helper = await startHelper('bare.mjs', [copy, seeded.personId], {
      BENCH_LIST: columnsOf(samples.list),
      BENCH_ONE: columnsOf(samples.one),
      BENCH_ALLOWED: JSON.stringify(samples.one.allowed),
    });
    const bare = { base: `http://127.0.0.1:${helper.line}` };
    await checkSameAnswers(service, bare, seeded, headers);
    for (const [kind, [atLeast, atMost]] of Object.entries(GOALS)) {
      const { ours, theirs, share } = await beside(service, bare, { kind, seeded, headers, seconds });
      report.add(`${kind} beside a bare server`, 100 * share, '%', { atLeast });
      report.add(`${kind}`, ours.perSecond, 'answers/s');
      report.add(`${kind}, bare`, theirs.perSecond, 'answers/s');
      report.add(`${kind} p99, ${CONNECTIONS} connections`, ours.p99, 'ms', { atMost });
    }
    report.add('memory after all of it', rss(service.child), 'MiB');
    await Promise.all([service.stop(), helper.stop()]);
  } finally {
    await place.remove();
  }
}

function lay({ environment }, actions) {
  const db = new BetterSqlite3(environment.DATABASE_PATH);
  const seeded = fill(db, actions);
  db.close();
  return seeded;
}

/** One response of each shape, so that the bare server can respond with the same fields. */
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

const COMPUTED = ['domain', 'isOverdue', 'daysOverdue', 'isToBeChecked', 'allowed', 'referenceUrl'];

/** The fields of a response that come from the database; the bare server computes the others. */
const columnsOf = (sample) =>
  Object.keys(sample)
    .filter((name) => !COMPUTED.includes(name))
    .join();

/** The comparison is meaningless unless both return the same JSON. */
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

/** Measures both alternately and takes the median, so that other work on the machine affects both equally. */
async function beside(service, bare, { kind, seeded, headers, seconds }) {
  const turns = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    const ours = await ofKind(service, kind, { seeded, headers, seconds });
    const theirs = await ofKind(bare, kind, { seeded, headers: {}, seconds });
    turns.push({ ours, theirs, share: ours.perSecond / theirs.perSecond });
  }
  return turns.toSorted((one, other) => one.share - other.share)[Math.floor(TURNS / 2)];
}

async function ofKind({ base }, kind, { seeded, headers, seconds }) {
  const plain = requestFor(kind, seeded);
  const next = () => ({ ...plain(), headers });
  await load(base, next, { connections: CONNECTIONS, seconds: Math.min(1, seconds) });
  return load(base, next, { connections: CONNECTIONS, seconds });
}
