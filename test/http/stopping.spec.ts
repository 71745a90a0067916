import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { newPlace } from '../support/app.js';
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
  return { service, open, remove };
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

  it('ends at once when nobody is connected', async () => {
    const { service, remove } = await started();
    const since = performance.now();
    expect(await service.stop()).toBe(0);
    expect(performance.now() - since).toBeLessThan(1500);
    await remove();
  });
});
