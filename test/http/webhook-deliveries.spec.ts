import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { type AddressInfo, createServer, isIP } from 'node:net';
import { IntegrationsScheduler } from '../../src/integrations/integrations.scheduler.js';
import { EventPlanner } from '../../src/integrations/event-planner.service.js';
import { WebhookSender } from '../../src/integrations/webhook-sender.service.js';
import { post } from '../../src/integrations/webhook-request.js';
import type { Webhook } from '../../src/integrations/webhook.entity.js';
import { openDatabase } from '../../src/platform/database/data-source.js';
import { holdMail, releaseMail } from '../../src/platform/mail/mail-hold.js';
import { rows } from '../../src/platform/database/rows.js';
import { SCHEMA } from '../../src/schema.js';
import { itOnPostgres, onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Receiver } from '../support/receiver.js';
import { until } from '../support/until.js';
import { Visitor } from '../support/visitor.js';

interface Delivery {
  id: string;
  state: string;
  attempts: number;
  status: number | null;
  reason: string | null;
  nextAttemptAt: string;
}

const environment = { WEBHOOK_PRIVATE_ADDRESSES: 'on' };
const run = ({ app }: TestApp) => app.get(IntegrationsScheduler).run();
/** The deliveries to a webhook, in the order of their events. */
const deliveriesTo = ({ database }: TestApp, { id }: Webhook) =>
  rows<Delivery>(
    database.reader,
    'SELECT * FROM "webhook_deliveries" WHERE "webhookId" = $1 ORDER BY "plannedAt", "id"',
    [id],
  );
async function record(t: TestApp, areaId: string, chair: string): Promise<string> {
  const { id: ownerId } = await t.make.organisation();
  const action = { areaId, title: 'Lantaarn vervangen', ownerId, dueOn: '2026-12-10' };
  return (await t.api.post('/v1/actions').set('Authorization', chair).send(action).expect(201)).body.id as string;
}

onBothDatabases((kind) => {
  let t: TestApp;
  let receiver: Receiver;
  let chair: string;
  let areaId: string;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02', environment });
    receiver = await Receiver.start();
  });
  afterAll(() => receiver.stop());
  beforeEach(async () => {
    areaId = (await t.make.area()).id;
    chair = await t.make.signedIn('chair', areaId);
    receiver.received.length = 0;
    receiver.answers.length = 0;
  });

  it('says everything that is wrong in its form at once, on a new one and on an existing one', async () => {
    const { id: adminId } = await t.make.person();
    await t.make.grant(adminId, 'admin', await t.make.root());
    const admin = await Visitor.of(t, adminId);
    const { id } = await t.make.webhook({ areaId, url: receiver.url });
    for (const [path, fields] of [
      ['/beheer/berichten/nieuw', { name: 'zaaksysteem', areaId }],
      [`/beheer/berichten/${id}`, { name: 'zaaksysteem', version: '1' }],
    ] as const) {
      const { status, text } = await admin.post(path, { ...fields, url: 'ftp://zaken.example' });
      expect(status).toBe(400);
      const summary = text.slice(text.indexOf('id="fouten"'));
      expect(summary.match(/href="#[^"]+"/g)).toEqual(['href="#url"', 'href="#kinds"']);
    }
  });

  it('retries with increasing delays, follows no redirect, gives up after three days, and resends on request', async () => {
    const webhook = await t.make.webhook({ areaId, url: receiver.url });
    receiver.answers.push(500, (response) => response.writeHead(302, { location: `${receiver.url}/elders` }).end());
    await record(t, areaId, chair);
    await run(t);
    await run(t);
    let [one] = await deliveriesTo(t, webhook);
    expect(one).toMatchObject({ state: 'deferred', attempts: 1, status: 500 });
    expect(Date.parse(one.nextAttemptAt) - t.clock.now().getTime()).toBeGreaterThan(50_000);
    t.clock.set('2026-06-02T10:02:00Z');
    await run(t);
    [one] = await deliveriesTo(t, webhook);
    expect(one).toMatchObject({ state: 'deferred', attempts: 2, status: 302, reason: 'Redirects are not followed.' });
    expect(receiver.received).toHaveLength(2);
    t.clock.set('2026-06-05T10:00:00Z');
    receiver.answers.push(500);
    await run(t);
    [one] = await deliveriesTo(t, webhook);
    expect(one).toMatchObject({ state: 'dead', attempts: 3 });
    const [first, second, third] = receiver.received.map(({ event }) => event.id);
    expect([second, third]).toEqual([first, first]);
    const admin = await t.make.signedIn('admin');
    const path = `/v1/webhooks/${webhook.id}/deliveries`;
    await t.api.post(`${path}/${one.id}/attempts`).set('Authorization', admin).expect(200);
    await run(t);
    expect(await deliveriesTo(t, webhook)).toMatchObject([{ state: 'delivered', attempts: 1, status: 204 }]);
    const { body } = await t.api.get(`${path}?state=dead`).set('Authorization', admin).expect(200);
    expect(body.items).toEqual([]);
  });

  it('does not hold others up when a receiver is away', async () => {
    const away = await Receiver.start();
    const { url } = away;
    away.stop();
    const webhook = await t.make.webhook({ areaId, url });
    for (let n = 0; n < 7; n += 1) await record(t, areaId, chair);
    const working = await t.make.webhook({ areaId, url: receiver.url });
    await run(t);
    const [tried, rest] = [await deliveriesTo(t, webhook), await deliveriesTo(t, working)];
    expect(tried.map(({ attempts }) => attempts)).toEqual([1, 1, 1, 1, 1, 0, 0]);
    expect(tried.every(({ nextAttemptAt }) => nextAttemptAt > t.clock.moment())).toBe(true);
    expect(rest.map(({ state }) => state)).toEqual(Array(7).fill('delivered'));
  });

  it('delivers nothing from a held copy, and after its release nothing the original may have delivered', async () => {
    const own = await startApp(kind, { today: '2026-06-02', environment });
    const area = (await own.make.area()).id;
    const by = await own.make.signedIn('chair', area);
    const webhook = await own.make.webhook({ areaId: area, url: receiver.url });
    receiver.answers.push(500);
    await record(own, area, by);
    await run(own);
    await own.make.action({ areaId: area, dueOn: '2026-06-03' });
    await record(own, area, by);
    receiver.received.length = 0;
    await holdMail(own.database, own.clock.moment());
    own.clock.set('2026-06-10T10:00:00Z');
    await run(own);
    expect(receiver.received).toEqual([]);
    await releaseMail(own.database, { waiting: 'skip', sendsWeek: false, moment: own.clock.moment() });
    await own.app.close();
    const again = await startApp('sqlite', {
      now: '2026-06-10T11:00:00Z',
      environment: {
        ...environment,
        DATABASE_PATH: own.settings.DATABASE_PATH,
        DATABASE_URL: own.settings.DATABASE_URL,
      },
    });
    await run(again);
    expect(receiver.received).toEqual([]);
    expect(await deliveriesTo(again, webhook)).toMatchObject([{ state: 'skipped' }]);
    await record(again, area, by);
    await run(again);
    expect(receiver.take()).toHaveLength(1);
  });

  it('signs with the old secret too for a day after a rotation, and shows each secret once', async () => {
    const person = await t.make.person();
    await t.make.grant(person.id, 'admin', await t.make.root());
    const admin = await Visitor.of(t, person.id);
    const page = (path = '') => `/beheer/berichten/${path}`.replace(/\/$/, '');
    const list = await admin.see('/beheer/berichten');
    expect(list).not.toContain('whsec_');
    const form = { name: 'burgerzaken', url: receiver.url, areaId, kinds: 'action.changed' };
    const made = await admin.post('/beheer/berichten/nieuw', form);
    const [secret] = /whsec_[\w+/=]+/.exec(made.text)!;
    const id = /\/beheer\/berichten\/([0-9a-f-]{36})\/bezorgingen/.exec(made.text)![1];
    expect(await admin.see(page(id))).not.toContain(secret);
    expect(JSON.stringify(await rows(t.database.reader, 'SELECT * FROM "webhooks"'))).not.toContain(secret.slice(6));
    const rotated = await admin.post(page(`${id}/geheim`), {}, page(id));
    expect(/whsec_[\w+/=]+/.exec(rotated.text)![0]).not.toBe(secret);
    await record(t, areaId, chair);
    receiver.answers.push(410);
    await run(t);
    expect(String(receiver.received[0].headers['webhook-signature']).split(' ')).toHaveLength(2);
    const dead = await admin.see(page(`${id}/bezorgingen?state=dead`));
    expect(dead).toContain('Het systeem antwoordde met code 410.');
    expect(await admin.see('/beheer/berichten')).toContain('1 opgegeven');
    const [{ id: deliveryId }] = await deliveriesTo(t, { id } as Webhook);
    await admin.post(page(`${id}/bezorgingen/${deliveryId}`), {}, page(`${id}/bezorgingen`));
    await run(t);
    expect(await admin.see(page(`${id}/bezorgingen`))).toContain('aangekomen');
  });

  it('lets an attempt in progress finish when it is asked to stop, and records it', async () => {
    const own = await startApp(kind, { today: '2026-06-02', environment });
    const area = (await own.make.area()).id;
    await own.make.webhook({ areaId: area, url: receiver.url });
    await record(own, area, await own.make.signedIn('chair', area));
    let answer = () => {};
    receiver.answers.push((response) => (answer = () => response.writeHead(204).end()));
    const round = run(own);
    await until('the event arrived', () => receiver.received.length === 1);
    const closing = own.app.close();
    answer();
    await Promise.all([closing, round]);
    const database = await openDatabase(own.settings, SCHEMA, false);
    const found = await rows(database.reader, 'SELECT "state" FROM "webhook_deliveries"');
    await database.onApplicationShutdown();
    expect(found).toEqual([{ state: 'delivered' }]);
  });
});

itOnPostgres('delivers each event once from two processes on one PostgreSQL', async () => {
  const receiver = await Receiver.start();
  const one = await startApp('postgresql', { today: '2026-06-02', environment });
  const two = await startApp('sqlite', {
    today: '2026-06-02',
    environment: { ...environment, DATABASE_URL: one.settings.DATABASE_URL },
  });
  const { id: areaId } = await one.make.area();
  const chair = await one.make.signedIn('chair', areaId);
  await one.make.webhook({ areaId, url: receiver.url });
  const ids = await Promise.all(Array.from({ length: 30 }, () => record(one, areaId, chair)));
  await Promise.all([one, two].map(({ app }) => app.get(EventPlanner).planDeliveries()));
  for (const { clock } of [one, two]) clock.set('2026-06-02T11:00:00Z');
  // Each keeps claiming while the other waits for responses.
  receiver.answers.push(
    ...ids.map(() => (response: ServerResponse) => void setTimeout(() => response.writeHead(204).end(), 20)),
  );
  const made = await Promise.all([one, two].map(({ app }) => app.get(WebhookSender).sendDue()));
  expect(Math.min(...made)).toBeGreaterThan(0);
  receiver.stop();
  expect(receiver.take()).toEqual(ids.map((id) => `action.changed ${id}`).sort());
});

describe('a request to an address that is not public', () => {
  const limits = () => ({ isPrivateAllowed: false, signal: AbortSignal.timeout(5_000) });
  const PRIVATE = { status: null, reason: 'The address is not on the public internet.' };

  it('is not made, whether the host is an address or a name that resolves to one', async () => {
    let connections = 0;
    const server = createServer(() => (connections += 1)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    for (const host of ['localhost', '127.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '0'])
      expect([host, await post(`https://${host}:${port}/`, {}, '{}', limits())]).toEqual([host, PRIVATE]);
    expect(await post(`http://localhost:${port}/`, {}, '{}', limits())).toEqual(PRIVATE);
    server.close();
    expect(connections).toBe(0);
  });

  it('resists DNS rebinding: it connects to the address that was checked', async () => {
    let connections = 0;
    const server = createServer(() => (connections += 1)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    let asked = 0;
    const send = (...given: string[][]) => {
      asked = 0;
      return post(`https://wisselt.example:${port}/`, {}, '{}', {
        ...limits(),
        resolve: (_hostname, _options, found) => {
          const addresses = given[Math.min(asked++, given.length - 1)];
          found(
            null,
            addresses.map((address) => ({ address, family: isIP(address) })),
          );
        },
      });
    };
    // In an unassigned block, so that it counts as public and never responds.
    const elsewhere = '2e00::1';
    const { reason } = await send([elsewhere], ['127.0.0.1']);
    expect({ asked, reason }).toEqual({
      asked: 1,
      reason: expect.stringMatching(/connect .*2e00::1|No answer in time/),
    });
    expect(await send(['127.0.0.1'], [elsewhere])).toEqual(PRIVATE);
    expect(await send([elsewhere, '127.0.0.1'])).toEqual(PRIVATE);
    server.close();
    expect(connections).toBe(0);
  });

  it('reads nothing of a response but its head', async () => {
    const receiver = await Receiver.start();
    let isEnded = false;
    receiver.answers.push((response) => {
      response.writeHead(200, { 'retry-after': '7' });
      const more = setInterval(() => response.write('x'.repeat(65_536)), 1);
      response.on('close', () => ((isEnded = true), clearInterval(more)));
    });
    const answer = await post(receiver.url, {}, '{}', { ...limits(), isPrivateAllowed: true });
    expect(answer).toEqual({ status: 200, reason: null, retryAfter: 7 });
    await until('the connection was ended', () => isEnded);
    receiver.stop();
  });
});
