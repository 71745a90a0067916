import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { fastify, type FastifyInstance } from 'fastify';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { addLongAnswers } from '../../src/platform/server/long-answers.js';

const row = (n: number) => ({
  row: n,
  title: `Café "${n}" \u2028 😀`,
  none: null,
  missing: undefined,
  at: new Date(n),
});
const LONG = { id: '7', gone: undefined, total: 3, rows: Array.from({ length: 60_000 }, (_, n) => row(n)), empty: [] };
const WITH_HOLES = { rows: [undefined, ...LONG.rows.slice(0, 999)], version: 1 };

let server: FastifyInstance;
beforeAll(async () => {
  server = fastify();
  addLongAnswers(server);
  server.get('/long', () => LONG);
  server.get('/holes', () => WITH_HOLES);
  server.get('/failing', () => ({ rows: LONG.rows.map(() => 10n) }));
  await server.ready();
});
afterAll(() => server.close());

it('writes a long answer as it would a short one', async () => {
  const [long, holes] = [await server.inject('/long'), await server.inject('/holes')];
  expect([long.statusCode, long.headers['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
  expect(long.headers['content-length']).toBe(String(Buffer.byteLength(JSON.stringify(LONG))));
  expect(long.body === JSON.stringify(LONG)).toBe(true);
  expect(holes.body === JSON.stringify(WITH_HOLES)).toBe(true);
});

it('lets others go on meanwhile', async () => {
  let isBusy = true;
  let turns = 0;
  const others = (async () => {
    for (; isBusy; turns += 1) await nextTurn();
  })();
  await server.inject('/long');
  isBusy = false;
  await others;
  expect(turns).toBeGreaterThan(5);
});

it('answers 500 to what is no JSON', async () => {
  expect((await server.inject('/failing')).statusCode).toBe(500);
});
