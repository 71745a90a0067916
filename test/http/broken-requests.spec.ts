import { beforeAll, expect, it } from '@jest/globals';
import { connect, type AddressInfo } from 'node:net';
import { startApp, type TestApp } from '../support/app.js';

let t: TestApp;
beforeAll(async () => {
  t = await startApp('sqlite');
});

/** The whole response to these bytes. */
function answerTo(bytes: string): Promise<string> {
  const { port } = t.server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    let text = '';
    socket.on('data', (data) => (text += data));
    socket.on('error', (error) => reject(new Error(`${text}${error.message}`)));
    socket.on('close', () => resolve(text));
  });
}

const HOST = 'Host: x\r\nConnection: close\r\n';
const LONG = 'x'.repeat(20_000);

it.each([
  ['a request line that is too long', 431, `GET /v1/areas?q=${LONG} HTTP/1.1\r\n${HOST}\r\n`],
  ['a header that is too long', 431, `GET /v1/areas HTTP/1.1\r\n${HOST}X-Long: ${LONG}\r\n\r\n`],
  ['far more than a header holds', 431, `GET /v1/areas HTTP/1.1\r\n${HOST}X-Long: ${LONG.repeat(100)}\r\n\r\n`],
  ['what is no HTTP', 400, 'hello\r\n\r\n'],
  ['a method that does not exist', 400, `FETCH /v1/areas HTTP/1.1\r\n${HOST}\r\n`],
  ['a header with a control character', 400, `GET /v1/areas HTTP/1.1\r\n${HOST}X-Odd: a\0b\r\n\r\n`],
  [
    'two lengths',
    400,
    `POST /v1/organisations HTTP/1.1\r\n${HOST}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc`,
  ],
  [
    'a chunk that is none',
    400,
    `POST /v1/organisations HTTP/1.1\r\n${HOST}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`,
  ],
  ['no Host', 400, 'GET /v1/areas HTTP/1.1\r\nConnection: close\r\n\r\n'],
  ['an expectation that nobody meets', 417, `GET /v1/areas HTTP/1.1\r\n${HOST}Expect: tea\r\n\r\n`],
  ['a tunnel', 400, `CONNECT example.org:443 HTTP/1.1\r\n${HOST}\r\n`],
  ['an address that cannot be decoded', 400, `GET /v1/areas/%zz HTTP/1.1\r\n${HOST}\r\n`],
  ['a part of an address that is too long', 414, `GET /v1/areas/${'x'.repeat(300)} HTTP/1.1\r\n${HOST}\r\n`],
])('answers %s as any other problem: %i', async (_, status, bytes) => {
  const [head, body] = (await answerTo(bytes)).split('\r\n\r\n');
  expect(head.split(' ')[1]).toBe(String(status));
  expect(head).toMatch(/^content-type: application\/problem\+json/im);
  for (const header of [
    ...['x-frame-options: DENY', 'cache-control: no-store', 'x-content-type-options: nosniff'],
    ...['cross-origin-opener-policy: same-origin', 'cross-origin-resource-policy: same-origin'],
  ])
    expect(head.toLowerCase()).toContain(header.toLowerCase());
  expect(head).toMatch(/^api-version: \d/im);
  expect(head).toMatch(/^content-security-policy: default-src 'none'/im);
  expect(head).toMatch(/^x-request-id: [0-9a-f-]{36}$/im);
  expect(JSON.parse(body)).toMatchObject({
    status,
    title: expect.any(String),
    code: expect.stringMatching(/^[A-Z_]+$/),
  });
});

it('answers the request before a broken one on the same connection', async () => {
  const answers = await answerTo('GET /health/live HTTP/1.1\r\nHost: x\r\n\r\nhello\r\n\r\n');
  expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 400']);
});
