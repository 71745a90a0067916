/**
 * The pages that must be fast, over HTTP, one request at a time: the meeting page with 60 open actions, the action
 * list with 200, and my actions with 60, among all other actions; and reading a typed line: `npm run bench -- pages`.
 */
import { Agent } from 'node:http';
import { ask, load } from './load.mjs';
import { openYears, startService, today } from './place.mjs';

/** For the median, in ms. */
const GOALS = {
  'page: open meeting, 60 actions': { sqlite: 15, postgresql: 20 },
  'page: actions of an area': { sqlite: 6, postgresql: 15 },
  'page: actions of all areas': { sqlite: 15, postgresql: 15 },
  'page: actions of all areas, late': { sqlite: 15, postgresql: 15 },
  'page: start page': { sqlite: 30, postgresql: 30 },
  'page: my actions': { sqlite: 6, postgresql: 15 },
  'page: my actions as a table': { sqlite: 6, postgresql: 15 },
  'page: koersoverzicht': { sqlite: 300, postgresql: 300 },
  'reading a typed line': { sqlite: 50, postgresql: 50 },
};

export async function measure({ report, kinds, actions, seconds }) {
  for (const kind of kinds) {
    const place = await openYears(kind, actions);
    try {
      const service = await startService(place);
      await measureOn(service.base, place, { report, seconds });
      await service.stop();
    } finally {
      await place.remove();
    }
  }
}

async function measureOn(base, { kind, seeded }, { report, seconds }) {
  const api = new Api(base, seeded.secret);
  const requests = requestsFor(await layPages(api));
  api.end();
  for (const [name, next] of Object.entries(requests)) {
    const headers = { Authorization: `Bearer ${seeded.secret}`, Accept: 'text/html, application/json;q=0.9' };
    const asked = () => ({ ...next(), headers });
    await load(base, asked, { connections: 1, seconds: Math.min(1, seconds) });
    const { p50 } = await load(base, asked, { connections: 1, seconds });
    report.add(`${name} (${kind})`, p50, 'ms', { atMost: GOALS[name][kind] });
  }
}

function requestsFor({ areaId, sessionId }) {
  let turn = 0;
  const line = () => {
    const n = 1 + (turn++ % 200);
    return { areaId, line: `Organisatie ${n} en functionaris ${n}: verlichting nakijken voor kerst` };
  };
  return {
    'page: open meeting, 60 actions': () => ({ path: `/vergaderingen/${sessionId}` }),
    'page: actions of an area': () => ({ path: `/acties?gebied=${areaId}` }),
    'page: actions of all areas': () => ({ path: '/acties' }),
    'page: actions of all areas, late': () => ({ path: '/acties?stand=te-laat&sorteer=nummer' }),
    'page: start page': () => ({ path: '/' }),
    'page: my actions': () => ({ path: '/mijn-acties' }),
    'page: my actions as a table': () => ({ path: '/mijn-acties/tabel' }),
    'page: koersoverzicht': () => ({ path: '/koersoverzicht' }),
    'reading a typed line': () => ({ method: 'POST', path: '/v1/actions/interpretation', body: line() }),
  };
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

/** A meeting with 60 open actions in an open session, half of them the user's own, and 30 more of the user's own elsewhere. */
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
