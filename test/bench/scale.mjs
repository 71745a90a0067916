/**
 * One, two and four processes on one PostgreSQL behind nginx with the configuration of deploy/, and whether each mail and event
 * is sent once: `npm run bench -- scale`. nginx and openssl must be installed.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Agent } from 'node:https';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startMailServer } from './digests.mjs';
import { ask, load } from './load.mjs';
import { connect, freePort, hashOf, newSecret, openYears, ROOT, startService, stop, today } from './place.mjs';

const PROCESSES = [1, 2, 4];
const CONNECTIONS = 32;
const EVENTS = 200;
const LONGEST_MS = 300_000;
/** The name in deploy/nginx.conf; requests for other names are refused. */
const NAME = 'wijkagenda.gemeente.example';

export async function measure({ report, actions, seconds }) {
  const place = await openYears('postgresql', actions);
  try {
    await askAsMany(place, { report, seconds });
    await sendOnce(place, report);
  } finally {
    await place.remove();
  }
}

/** Processes that share a place, including its key and its files. */
function startProcesses(place, count, settings = {}) {
  const shared = { SECRET_KEY: '0'.repeat(43), FILES_PATH: join(place.folder, 'shared') };
  mkdirSync(shared.FILES_PATH, { recursive: true });
  return Promise.all(Array.from({ length: count }, () => startService(place, { ...shared, ...settings })));
}

async function askAsMany(place, { report, seconds }) {
  for (const count of PROCESSES) {
    const services = await startProcesses(place, count);
    const proxy = await startNginx(place.folder, services);
    const headers = { Authorization: `Bearer ${place.seeded.secret}`, Host: NAME };
    for (const [kind, next] of Object.entries(await requestsFor(proxy.base, headers))) {
      const asked = () => ({ ...next(), headers });
      const how = { connections: CONNECTIONS, agent: agentFor(NAME) };
      await load(proxy.base, asked, { ...how, seconds: Math.min(1, seconds) });
      const { perSecond, p99 } = await load(proxy.base, asked, { ...how, agent: agentFor(NAME), seconds });
      const name = `scale: ${kind}, ${count} ${count === 1 ? 'process' : 'processes'} behind nginx`;
      report.add(name, perSecond, 'answers/s');
      report.add(`${name}, p99`, p99, 'ms');
    }
    await proxy.stop();
    await Promise.all(services.map((service) => service.stop()));
  }
}

/** The certificate is made for this run, so it is self-signed. */
const agentFor = (servername) =>
  new Agent({ keepAlive: true, maxSockets: CONNECTIONS, servername, rejectUnauthorized: false });

async function requestsFor(base, headers) {
  const agent = agentFor(NAME);
  const read = async (path) => JSON.parse((await ask(agent, base, { path, headers })).text).items;
  const areas = (await read('/v1/areas?pageSize=200')).filter(({ kind }) => kind === 'wijk');
  const open = await read('/v1/actions?open=true&pageSize=200');
  const owners = await read('/v1/organisations?pageSize=50');
  agent.destroy();
  let turn = 0;
  const one = (list) => list[turn++ % list.length].id;
  const action = () => ({
    ...{ areaId: one(areas), ownerId: one(owners), title: 'Afspraken maken over zelfbeheer' },
    ...{ dueKind: 'date', dueOn: `${Number(today().slice(0, 4)) + 1}${today().slice(4, 8)}01` },
  });
  const status = { status: 'in_progress' };
  return {
    list: () => ({ path: `/v1/actions?area=${one(areas)}&open=true&sort=dueOn&pageSize=50` }),
    one: () => ({ path: `/v1/actions/${one(open)}` }),
    create: () => ({ method: 'POST', path: '/v1/actions', body: action() }),
    update: () => ({ method: 'POST', path: `/v1/actions/${one(open)}/updates`, body: status }),
  };
}

/** nginx as the operators' manual configures it, with a port and a certificate for this run. */
async function startNginx(folder, services) {
  const port = await freePort();
  const [key, certificate] = ['key.pem', 'certificate.pem'].map((name) => join(folder, name));
  const days = ['-days', '1', '-subj', `/CN=${NAME}`];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate, ...days],
    { stdio: 'ignore' },
  );
  const upstreams = services.map((one) => `  server 127.0.0.1:${one.port} max_fails=1 fail_timeout=10s;`).join('\n');
  const site = readFileSync(join(ROOT, 'deploy/nginx.conf'), 'utf8')
    .replace(/^ {2}server 127\.0\.0\.1:3000.*$/m, upstreams)
    .replace(/listen (\[::\]:)?80\b.*;/g, '')
    .replace(/listen \[::\]:443\b.*;/g, '')
    .replace(/listen 443\b/g, `listen 127.0.0.1:${port}`)
    .replaceAll('/etc/ssl/wijkagenda.pem', certificate)
    .replaceAll('/etc/ssl/private/wijkagenda.key', key)
    .replaceAll('/var/log/nginx', folder)
    // The server that only redirects from http to https does not listen here.
    .replace(/server \{\s+access_log[^}]*server_name wijkagenda[^}]*\}[^}]*\}\s*\}/, '');
  const path = join(folder, 'nginx.conf');
  const main = `daemon off; pid ${folder}/nginx.pid; error_log ${folder}/nginx.log; events { worker_connections 1024; }`;
  writeFileSync(path, `${main}\nhttp {\n${site}\n}\n`);
  const child = spawn('nginx', ['-c', path, '-p', folder], { stdio: ['ignore', 'ignore', 'inherit'] });
  const base = `https://127.0.0.1:${port}`;
  const agent = agentFor(NAME);
  for (;;) {
    if (child.exitCode !== null) throw new Error('nginx did not start.');
    const answer = await ask(agent, base, { path: '/health/ready', headers: { Host: NAME } }).catch(() => undefined);
    if (answer?.status === 200) break;
    await sleep(50);
  }
  agent.destroy();
  return { base, stop: () => stop(child) };
}

/** Four processes that all find the same mails and events due. */
async function sendOnce(place, report) {
  const admin = await layRecipients(place);
  const receiver = await startReceiver();
  const mailServer = await startMailServer();
  const settings = {
    ...{ SMTP_URL: mailServer.url, MAIL_FROM: `wijkagenda@${NAME}`, DIGEST_TIME: '00:00', DIGEST_WEEKDAY: '1' },
    WEBHOOK_PRIVATE_ADDRESSES: 'on',
  };
  const services = await startProcesses(place, 4, settings);
  const client = await connect(place);
  try {
    await makeEvents(services, { admin, url: receiver.url });
    const due = async () => {
      const { rows } = await client.query(
        `SELECT (SELECT count(*) FROM "outgoing_messages" WHERE "state" <> 'sent')::int AS "mails",
           (SELECT count(*) FROM "webhook_deliveries" WHERE "state" <> 'delivered')::int AS "events",
           (SELECT count(*) FROM "outgoing_messages")::int AS "planned"`,
      );
      return rows[0];
    };
    const begin = performance.now();
    let last = await due();
    for (; performance.now() - begin < LONGEST_MS; last = await due()) {
      if (last.planned > 0 && last.mails + last.events === 0 && receiver.ids.length >= EVENTS) break;
      await sleep(500);
    }
    const accepted = await mailServer.count();
    report.add('scale: mails planned by four processes', last.planned, 'mails', { atLeast: 1 });
    report.add('scale: mails that left twice or not', Math.abs(accepted - last.planned), 'mails', { atMost: 0 });
    report.add('scale: events delivered by four processes', new Set(receiver.ids).size, 'events', { atLeast: EVENTS });
    report.add('scale: events that left twice', receiver.ids.length - new Set(receiver.ids).size, 'events', {
      atMost: 0,
    });
  } finally {
    await client.end();
    await Promise.all([...services.map((service) => service.stop()), mailServer.stop()]);
    receiver.stop();
  }
}

/** Adds a contact to each organisation; returns an administrator's token. */
async function layRecipients(place) {
  const client = await connect(place);
  const secret = newSecret();
  await client.query(
    `INSERT INTO "contacts" ("id", "organisationId", "personId", "fromOn")
     SELECT gen_random_uuid(), "organisationId", "personId", '2000-01-01' FROM "memberships"`,
  );
  await client.query(
    `INSERT INTO "grants" ("id", "personId", "role", "areaId", "fromOn")
     SELECT gen_random_uuid(), "personId", 'admin', "areaId", '2000-01-01' FROM "grants"`,
  );
  await client.query(
    `INSERT INTO "api_tokens" ("id", "personId", "name", "hash", "createdAt", "expiresAt")
     SELECT gen_random_uuid(), "personId", 'scale', $1, "createdAt", "expiresAt" FROM "api_tokens" LIMIT 1`,
    [hashOf(secret)],
  );
  await client.end();
  return secret;
}

/** A subscription, and changes that the processes make in turn. */
async function makeEvents(services, { admin, url }) {
  const headers = { authorization: `Bearer ${admin}`, 'content-type': 'application/json' };
  const send = async (base, path, body) => {
    const answer = await fetch(base + path, {
      method: body ? 'POST' : 'GET',
      headers,
      body: body && JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  };
  const [{ base }] = services;
  const { items: areas } = await send(base, '/v1/areas?pageSize=200');
  const { id: areaId } = areas.find(({ kind }) => kind === 'municipality');
  await send(base, '/v1/webhooks', { name: 'bench', url, areaId, kinds: ['action.changed'] });
  const { items } = await send(base, `/v1/actions?open=true&pageSize=${EVENTS}`);
  for (const [n, { id }] of items.entries())
    await send(services[n % services.length].base, `/v1/actions/${id}/updates`, { comment: `Nagebeld (${n}).` });
}

/** Another system that stores the id of each event it accepts. */
async function startReceiver() {
  const ids = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => (body += part));
    request.on('end', () => {
      ids.push(JSON.parse(body).id);
      response.writeHead(204).end();
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { ids, url: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
}
