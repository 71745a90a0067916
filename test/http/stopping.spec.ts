import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createApp } from '../../src/configure.js';
import { Clock } from '../../src/platform/common/clock.js';
import { openDatabase } from '../../src/platform/database/data-source.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { listenOn } from '../../src/platform/server/draining.js';
import { readSettings } from '../../src/platform/settings.js';
import { SCHEMA } from '../../src/schema.js';
import { newPlace } from '../support/app.js';
import { Follower } from '../support/follower.js';
import { Make } from '../support/make.js';
import { startService } from '../support/service.js';

const GET = 'GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n';

/** What a connection gets until the service ends it, or the error that ended it. */
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
    await sleep(300);
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
});
