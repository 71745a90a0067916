import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { connect, type AddressInfo, type Socket } from 'node:net';
import multipart from '@fastify/multipart';
import { fastify, type RouteHandlerMethod } from 'fastify';
import { BODY_MS, limitBodyTimes, UPLOAD_MS } from '../../src/platform/server/body-deadlines.js';
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

it('keeps connections open longer than the proxies in front of it, so that none sends a request as it closes', async () => {
  const { server } = await startApp('sqlite');
  const kept = ['nginx.conf', 'Caddyfile'].map((file) =>
    Number(/^\s*keepalive(?:_timeout)? (\d+)s;?$/m.exec(readFileSync(`deploy/${file}`, 'utf8'))![1]),
  );
  for (const seconds of kept) expect(server.keepAliveTimeout).toBeGreaterThan(seconds * 1000);
});

it('ends a body that takes too long, but waits ten times as long for a file', async () => {
  const server = fastify();
  limitBodyTimes(server, 50);
  await server.register(multipart);
  server.post('/v1/areas', () => 'read');
  const upload: RouteHandlerMethod = async (request) => (await request.file())!.filename;
  server.post('/v1/actions/x/files', { config: { takesFiles: true } as object }, upload);
  await server.listen({ port: 0, host: '127.0.0.1' });
  const begin = (path: string, type: string, body: string) => {
    const socket = connect((server.server.address() as AddressInfo).port, '127.0.0.1');
    let answer = '';
    const ended = new Promise<void>((resolve) => socket.on('close', () => resolve()));
    socket.on('data', (piece) => (answer += String(piece)));
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: ${type}\r\nContent-Length: 99\r\n\r\n${body}`,
    );
    return { socket, ended, answer: () => answer };
  };
  const head = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n';
  const file = begin('/v1/actions/x/files', 'multipart/form-data; boundary=b', head);
  const other = begin('/v1/areas', 'application/json', '{');
  await other.ended;
  expect(other.answer()).toMatch(/^HTTP\/1.1 408 /);
  const end = '\r\n--b--\r\n';
  file.socket.write('%'.repeat(99 - head.length - end.length) + end);
  await file.ended;
  expect(file.answer()).toMatch(/^HTTP\/1.1 200 [^]*a\.pdf/);
  await server.close();
});

it('lets a file come for 300 seconds and other bodies for 30, as the proxies in front of it do', async () => {
  const { server } = await startApp('sqlite');
  expect([BODY_MS, UPLOAD_MS, server.requestTimeout]).toEqual([30_000, 300_000, 300_000]);
  const nginx = readFileSync('deploy/nginx.conf', 'utf8');
  expect(nginx).toMatch(/\n {2}client_body_timeout 30s;/);
  expect(nginx).toMatch(/client_max_body_size 12m;[^}]*proxy_send_timeout 300s;/);
});

const bodyOf = (authorization: string) =>
  `POST /v1/organisations HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n{"name":"`;
