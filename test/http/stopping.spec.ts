import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createApp } from '../../src/configure.js';
import { Clock } from '../../src/platform/common/clock.js';
import { openDatabase } from '../../src/platform/database/data-source.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { listenOn } from '../../src/platform/server/draining.js';
import { rows } from '../../src/platform/database/rows.js';
import { readSettings } from '../../src/platform/settings.js';
import { SCHEMA } from '../../src/schema.js';
import { type DatabaseKind, databasesNow, newPlace } from '../support/app.js';
import { Follower } from '../support/follower.js';
import { Make } from '../support/make.js';
import { Receiver } from '../support/receiver.js';
import { startService } from '../support/service.js';
import { until } from '../support/until.js';

const GET = 'GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n';

/** What a connection receives until the service closes it, or the error that closed it. */
function heardOn(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    socket.on('data', (data) => (text += data));
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(`${text}${error.code}`));
    socket.on('close', () => resolve(text));
  });
}

async function started() {
  const { environment, remove } = await newPlace('sqlite', true);
  const service = await startService({ ...environment, NODE_ENV: 'production' });
  const open = async () => {
    const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
    const heard = heardOn(socket);
    await once(socket, 'connect');
    return { socket, heard };
  };
  return { service, open, remove, environment };
}

/** Seven events, five of which are in flight when the service stops; four of these are answered before it exits. */
async function stopsDuringDeliveries(kind: DatabaseKind): Promise<void> {
  const { environment, remove } = await newPlace(kind, true);
  const settings = { ...environment, WEBHOOK_PRIVATE_ADDRESSES: 'on' };
  const database = await openDatabase(readSettings(settings), SCHEMA, false);
  const make = new Make(new Transactions(database), new Clock());
  const receiver = await Receiver.start();
  const arrived = () => receiver.received.map(({ event }) => event.id);
  const webhook = await make.webhook({ url: receiver.url });
  const events: string[] = [];
  for (let n = 0; n < 7; n += 1) events.push((await make.delivery(webhook)).eventId);
  await database.writer.query(`UPDATE "events" SET "kind" = 'session.closed'`);
  const answers: (() => void)[] = [];
  receiver.answers.push(...events.map(() => (response: ServerResponse) => void answers.push(() => response.end())));
  const first = await startService({ ...settings, NODE_ENV: 'production' });
  await until('as many as it sends at once arrived', () => answers.length === 5);
  const ending = first.stop();
  await sleep(300);
  for (const answer of answers.slice(0, 4)) answer();
  expect(await ending).toBe(0);
  const answered = arrived().slice(0, 4);
  const sql = 'SELECT "eventId" FROM "webhook_deliveries" WHERE "state" = \'delivered\'';
  const delivered = async () =>
    (await rows<{ eventId: string }>(database.reader, sql)).map(({ eventId }) => eventId).sort();
  expect(await delivered()).toEqual([...answered].sort());
  receiver.received.length = 0;
  receiver.answers.length = 0;
  const NOW = new Date(Date.now() + 120_000).toISOString();
  const second = await startService({ ...settings, NODE_ENV: 'development', NOW });
  await until('all are recorded', async () => (await delivered()).length === events.length);
  expect(await second.stop()).toBe(0);
  expect(arrived().sort()).toEqual(events.filter((id) => !answered.includes(id)));
  await database.onApplicationShutdown();
  receiver.stop();
  await remove();
}

describe('a service that is asked to stop', () => {
  it('answers on connections that were just made, and on those in use, and ends with 0', async () => {
    const { service, open, remove } = await started();
    const used = await Promise.all(Array.from({ length: 4 }, open));
    for (const { socket } of used) {
      socket.write(GET);
      await once(socket, 'data');
    }
    const late = await Promise.all(Array.from({ length: 8 }, open));
    const ending = service.stop();
    for (const { socket } of used) socket.write(GET);
    const isRefused = async () => {
      const { socket, heard } = await open().catch(() => ({ socket: undefined, heard: undefined }));
      socket?.destroy();
      await heard;
      return !socket;
    };
    await until('it has stopped listening', isRefused);
    for (const { socket } of late) socket.write(GET);
    for (const { heard } of late) expect(await heard).toMatch(/^HTTP\/1.1 200 [^]*connection: close[^]*"ok"/i);
    for (const { heard } of used) expect((await heard).match(/HTTP\/1.1 200 /g)).toHaveLength(2);
    expect(await ending).toBe(0);
    await remove();
  });

  it('answers so on each of the addresses it listens on', async () => {
    const { environment, remove } = await newPlace('sqlite', true);
    const app = await createApp(readSettings({ NODE_ENV: 'test', ...environment }));
    await listenOn(app, 0, ['127.0.0.1', '127.0.0.2']);
    const { port } = app.getHttpServer().address() as AddressInfo;
    const open = async (address: string) => {
      const socket = connect(port, address);
      const heard = heardOn(socket);
      await once(socket, 'connect');
      return { socket, heard };
    };
    const all = await Promise.all(['127.0.0.1', '127.0.0.2', '127.0.0.2'].map(open));
    all[2].socket.write(GET);
    await once(all[2].socket, 'data');
    const ending = app.close();
    await sleep(300);
    for (const { socket } of all.slice(0, 2)) socket.write(GET);
    await ending;
    for (const { heard } of all) expect(await heard).toMatch(/^HTTP\/1.1 200 /);
    await expect(open('127.0.0.2')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await remove();
  });

  it('answers on all connections that the system made for it, also if it is too busy to have taken them yet', async () => {
    const { environment, remove } = await newPlace('sqlite', true);
    const app = await createApp(readSettings({ NODE_ENV: 'test', ...environment }));
    await listenOn(app, 0, ['127.0.0.1', '127.0.0.2']);
    const { port } = app.getHttpServer().address() as AddressInfo;
    // Each turn of the event loop takes 10 ms, and takes one connection.
    const busy = setInterval(() => {
      for (const end = performance.now() + 10; performance.now() < end;);
    }, 1);
    const all = Array.from({ length: 60 }, (_, n) => connect(port, n % 2 ? '127.0.0.1' : '127.0.0.2'));
    const heard = all.map(heardOn);
    for (const socket of all) socket.once('connect', () => socket.write(GET));
    await Promise.all(all.map((socket) => once(socket, 'connect')));
    await app.close();
    clearInterval(busy);
    for (const one of await Promise.all(heard)) expect(one).toMatch(/^HTTP\/1.1 200 /);
    await remove();
  });

  it('answers on a used connection what arrived just before it stood still itself', async () => {
    const { environment, remove } = await newPlace('sqlite', true);
    const app = await createApp(readSettings({ NODE_ENV: 'test', ...environment }));
    await listenOn(app, 0, ['127.0.0.1']);
    const socket = connect((app.getHttpServer().address() as AddressInfo).port, '127.0.0.1');
    const heard = heardOn(socket);
    socket.write(GET);
    await once(socket, 'data');
    const ending = app.close();
    await until('it has stopped listening', () => !app.getHttpServer().listening);
    // From here on it is in the callback of a read, after which come the timers.
    await stat('.');
    socket.write(GET);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000);
    await ending;
    expect((await heard).match(/HTTP\/1.1 200 /g)).toHaveLength(2);
    await remove();
  });

  it('does not wait for ever for clients that never finish or never begin', async () => {
    const { service, open, remove } = await started();
    const silent = await open();
    const slow = await open();
    slow.socket.write('POST /v1/organisations HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n{');
    const half = await open();
    half.socket.write('GET /health/live HTTP/1.1\r\nX-');
    await sleep(100);
    const since = performance.now();
    expect(await service.stop()).toBe(0);
    expect(performance.now() - since).toBeLessThan(8000);
    await Promise.all([silent.heard, slow.heard, half.heard]);
    await remove();
  });

  it('ends streams first of all, and does not wait for whoever follows a session', async () => {
    const { service, remove, environment } = await started();
    const database = await openDatabase(readSettings(environment), SCHEMA, false);
    const make = new Make(new Transactions(database), new Clock());
    const chair = await make.person();
    const { id: areaId } = await make.area();
    await make.grant(chair.id, 'chair', areaId);
    const session = await make.session((await make.meeting(areaId)).id);
    const cookie = await make.cookie(chair.id);
    const followers = [];
    for (let n = 0; n < 3; n += 1) followers.push(await Follower.of(service.url, session.id, { cookie }));
    await database.onApplicationShutdown();
    const since = performance.now();
    const ending = service.stop();
    for (const follower of followers) await follower.untilEnded(500);
    expect(await ending).toBe(0);
    expect(performance.now() - since).toBeLessThan(1500);
    await remove();
  });

  it('ends at once when nobody is connected', async () => {
    const { service, remove } = await started();
    const since = performance.now();
    expect(await service.stop()).toBe(0);
    expect(performance.now() - since).toBeLessThan(1500);
    await remove();
  });

  it('while events are under way: records what was answered, repeats what was not, and loses nothing', async () => {
    // Mostly waiting, so both databases run concurrently.
    await Promise.all(databasesNow().map(stopsDuringDeliveries));
  });
});
