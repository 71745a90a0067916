import { expect, it } from '@jest/globals';
import { connect, type AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { startApp } from '../support/app.js';
import { clientOf } from '../support/client.js';

const PART = Buffer.alloc(1024 * 1024, 'a');
const PARTS = 30;

it('lets a client that is still sending read that its body is too large, and reuse the connection', async () => {
  const t = await startApp('sqlite');
  await clientOf(t);
  const { port } = t.server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  let answers = '';
  let failure: Error | undefined;
  socket.on('data', (data) => (answers += String(data)));
  socket.on('error', (error) => (failure = error));
  const ended = new Promise((resolve) => socket.on('close', resolve));
  const length = PARTS * PART.length;
  socket.write(
    `POST /v1/organisations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`,
  );
  for (let n = 0; n < PARTS; n += 1) {
    socket.write(PART);
    await delay(5);
  }
  socket.write('GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  await ended;
  expect(failure).toBeUndefined();
  expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 413', 'HTTP/1.1 200']);
  expect(answers).toContain('application/problem+json');
});
