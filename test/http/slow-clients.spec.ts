import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { startApp } from '../support/app.js';
import { clientOf } from '../support/client.js';

const SLOW = 150;

it('serves others within a second while many clients dribble their headers and bodies', async () => {
  const t = await startApp('sqlite');
  const authorization = await t.make.signedIn('admin');
  const client = await clientOf(t);
  const { port } = t.server.address() as AddressInfo;
  const sockets: Socket[] = Array.from({ length: SLOW }, (_, n) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    socket.write(n % 2 === 0 ? 'GET /v1/areas HTTP/1.1\r\nHost: x\r\nX-' : bodyOf(authorization));
    return socket;
  });
  const dribble = setInterval(() => sockets.forEach((socket) => socket.write('a')), 50);
  const took: number[] = [];
  for (let n = 0; n < 100; n += 1) {
    const asked = performance.now();
    const { status } = await client({ method: 'GET', path: '/v1/areas', headers: { authorization } });
    took.push(performance.now() - asked);
    expect(status).toBe(200);
  }
  clearInterval(dribble);
  sockets.forEach((socket) => socket.destroy());
  expect(took.sort((a, b) => a - b)[94]).toBeLessThan(1000);
});

it('keeps a connection longer than the proxies in front of it, so that none sends a request as it closes', async () => {
  const { server } = await startApp('sqlite');
  const kept = ['nginx.conf', 'Caddyfile'].map((file) =>
    Number(/^\s*keepalive(?:_timeout)? (\d+)s;?$/m.exec(readFileSync(`deploy/${file}`, 'utf8'))![1]),
  );
  for (const seconds of kept) expect(server.keepAliveTimeout).toBeGreaterThan(seconds * 1000);
});

const bodyOf = (authorization: string) =>
  `POST /v1/organisations HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n{"name":"`;
