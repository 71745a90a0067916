/**
 * A review of one year out of ten compared with a bare scan of the history in the same run, and its documents:
 * `npm run bench -- review`.
 */
import { Agent } from 'node:http';
import { join } from 'node:path';
import { ask, load } from './load.mjs';
import { open, openYears, ROOT, rss, startService, today } from './place.mjs';

const YEARS = 10;
const SCAN = `SELECT count(*) AS "n", sum(length("title")) AS "characters" FROM "action_updates"`;
/** Times the scan. */
const GOALS = { 'a year of the whole municipality': 1.6, 'a year of one area': 0.05 };
const LONGEST_PDF_MS = 2000;

export async function measure({ report, kinds, many, seconds }) {
  for (const kind of kinds) {
    const place = await openYears(kind, many);
    const add = (name, ...figure) => report.add(`review: ${name} (${kind})`, ...figure);
    try {
      add('rows of history', place.seeded.updates, 'rows');
      await measureFigures(place, add);
      const service = await startService(place);
      await measureDocuments(service, place.seeded.secret, seconds, add);
      await service.stop();
    } finally {
      await place.remove();
    }
  }
}

/** The counts of a review compared with the scan: the best of five of each. */
async function measureFigures({ environment }, add) {
  const database = await open(environment);
  const { BackgroundReader } = await import(join(ROOT, 'dist/src/platform/database/background-reader.js'));
  const { ActionFigures } = await import(join(ROOT, 'dist/src/wijkagenda/figures/action-figures.service.js'));
  const reads = new BackgroundReader(database);
  const figures = new ActionFigures(reads);
  const areas = (await reads.rows('SELECT "id" FROM "areas" ORDER BY "id"', [])).map(({ id }) => id);
  const knownAt = new Date().toISOString();
  const last = Number(today().slice(0, 4));
  const year = (from, to = from) => ({ fromOn: `${from}-01-01`, asOf: `${to}-12-31`, knownAt });
  const past = last - Math.ceil(YEARS / 2);
  const scan = await best(() => reads.rows(SCAN, []));
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
  add('scan of the history', scan, 'ms');
  for (const [name, question] of Object.entries(questions)) {
    const took = await best(() => figures.count(question));
    add(name, took / scan, '× scan', name in GOALS ? { atMost: GOALS[name] } : {});
  }
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

/** The whole review over HTTP, its PDF, and the effect on concurrent requests for the list of actions. */
async function measureDocuments({ base, child }, secret, seconds, add) {
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
  const alone = await load(base, list, { connections: 4, seconds });
  const before = rss(child);
  let busy = true;
  const reviewing = (async () => {
    for (let turn = 0; busy; turn += 1) await get(path, turn % 2 ? 'application/pdf' : 'application/json');
  })();
  const meanwhile = await load(base, list, { connections: 4, seconds });
  busy = false;
  await reviewing;
  const json = await get(path);
  // The first one loads what makes it.
  const pdfs = [];
  for (let turn = 0; turn < 3; turn += 1) pdfs.push((await get(path, 'application/pdf')).took);
  add('the whole, with the year before', json.took, 'ms');
  add('as PDF', pdfs.toSorted((one, other) => one - other)[1], 'ms', { atMost: LONGEST_PDF_MS });
  add('p99 of the list of actions, alone', alone.p99, 'ms');
  add('p99 of the list of actions, meanwhile', meanwhile.p99, 'ms');
  add('memory before', before, 'MiB');
  add('memory after', rss(child), 'MiB');
  agent.destroy();
}
