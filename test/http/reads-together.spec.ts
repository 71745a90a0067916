import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { QueryFailedError } from 'typeorm';
import type { Database } from '../../src/platform/database/database.js';
import { openDatabase } from '../../src/platform/database/data-source.js';
import { isDatabaseAway } from '../../src/platform/postgres/postgres-errors.js';
import { row, rows } from '../../src/platform/database/rows.js';
import { readSettings } from '../../src/platform/settings.js';
import { SCHEMA } from '../../src/schema.js';
import { describeOnPostgres, newPlace } from '../support/app.js';

const WHERE = 'SELECT pg_backend_pid() AS "pid"';
const ASKED_OFTEN = 30;

describeOnPostgres('what is asked of PostgreSQL in one go', () => {
  let place: Awaited<ReturnType<typeof newPlace>>;
  let database: Database;

  beforeAll(async () => {
    place = await newPlace('postgresql', true);
    database = await openDatabase(readSettings(place.environment), SCHEMA, true);
    await database.writer.query('CREATE SEQUENCE "turns"');
  }, 60_000);
  afterAll(async () => {
    await database?.onApplicationShutdown();
    await place?.remove();
  });

  const where = async (source = database.aside) => (await row<{ pid: number }>(source, WHERE))!.pid;
  const next = async () => (await row<{ turn: number }>(database.reader, `SELECT nextval('turns') AS "turn"`))!.turn;

  it('goes there over one connection', async () => {
    const all = await Promise.all([1, 2, 3].map(() => where(database.reader)));
    expect(new Set(all).size).toBe(1);
  });

  it('is read in the order in which it was asked', async () => {
    const turns = await Promise.all(Array.from({ length: ASKED_OFTEN }, next));
    expect(turns).toEqual(turns.toSorted((one, other) => one - other));
  });

  it('answers each with its own, also when asked so often that PostgreSQL keeps its plan', async () => {
    const asked = Array.from({ length: ASKED_OFTEN }, (_, n) => `word ${n}`);
    for (let round = 0; round < 3; round += 1) {
      const read = (word: string) =>
        row<{ word: string }>(database.reader, 'SELECT CAST($1 AS text) AS "word"', [word]);
      expect((await Promise.all(asked.map(read))).map((found) => found?.word)).toEqual(asked);
    }
  });

  it('leaves the others alone when one of them fails', async () => {
    const [before, failed, after] = await Promise.allSettled([
      where(database.reader),
      rows(database.reader, 'SELECT 1 / CAST($1 AS integer)', [0]),
      where(database.reader),
    ]);
    expect([before.status, failed.status, after.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((failed as PromiseRejectedResult).reason).toBeInstanceOf(QueryFailedError);
  });

  it('fails as a whole when the connection breaks, and the next is asked over another', async () => {
    const broken = await Promise.allSettled([
      rows(database.reader, 'SELECT pg_terminate_backend(pg_backend_pid())'),
      where(database.reader),
      rows(database.reader, 'SELECT "id" FROM "areas"'),
    ]);
    const reasons = broken.map((one) => (one.status === 'rejected' ? one.reason : undefined));
    expect(reasons.map(isDatabaseAway)).toEqual([true, true, true]);
    await expect(where(database.reader)).resolves.toEqual(expect.any(Number));
  });

  it('does not wait behind what is asked aside, which has a connection of its own', async () => {
    const long = rows(database.aside, 'SELECT pg_sleep(2)');
    const begin = performance.now();
    const [one, other] = await Promise.all([where(), where(database.reader)]);
    expect(performance.now() - begin).toBeLessThan(1500);
    expect(one).not.toBe(other);
    await long;
  });
});
