import { beforeAll, expect, it, jest } from '@jest/globals';
import type BetterSqlite3 from 'better-sqlite3';
import { statSync } from 'node:fs';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import { newId } from '../../src/platform/common/ids.js';
import { CostlyCache } from '../../src/platform/database/commit-scoped-cache.js';
import { pageOf, Params, row, rows } from '../../src/platform/database/rows.js';
import { insertAll } from '../../src/platform/database/writes.js';
import { BusyError } from '../../src/platform/common/storage-errors.js';
import { lockOne, Transactions } from '../../src/platform/database/transactions.js';
import { Organisation } from '../../src/directory/organisations/organisation.entity.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { until } from '../support/until.js';

class Refused extends Error {}

onBothDatabases((kind) => {
  let t: TestApp;
  let door: Transactions;
  beforeAll(async () => {
    t = await startApp(kind);
    door = t.app.get(Transactions);
  });

  const add = (manager: EntityManager, name: string) =>
    manager.insert(Organisation, { id: newId(), name, kind: 'other', aliases: [], mergedIntoId: null });
  const names = async (front: string) =>
    (
      await rows<{ name: string }>(t.database.reader, 'SELECT "name" FROM "organisations" WHERE "name" LIKE $1', [
        `${front}%`,
      ])
    ).map(({ name }) => name);

  it('inserts several rows without writing into the objects it was given, in whatever order their ids are', async () => {
    const ids = [newId(), newId(), newId()].reverse();
    const given = ids.map((id, n) => ({
      id,
      name: `several ${n}`,
      kind: 'other' as const,
      aliases: [],
      mergedIntoId: null,
    }));
    const before = structuredClone(given);
    await door.run((manager) => insertAll(manager, Organisation, given));
    expect(given).toEqual(before);
    const sql = `SELECT "id", "name" FROM "organisations" WHERE "name" LIKE 'several%' ORDER BY "name"`;
    expect(await rows(t.database.reader, sql, [])).toEqual(given.map(({ id, name }) => ({ id, name })));
  });

  it('counts what a page is of anew after each commit, and only then', async () => {
    const total = async () => {
      const params = new Params();
      const where = `"name" LIKE ${params.add('counted%')}`;
      const asked = { select: '"id"', from: '"organisations"', where, orderBy: '"id"', params };
      return (await pageOf(t.database.reader, asked, { page: 1, pageSize: 1 })).total;
    };
    const cache = new CostlyCache<number>(t.database);
    const count = () =>
      cache.get('counted', async () => {
        const sql = `SELECT count(*) AS "n" FROM "organisations" WHERE "name" LIKE 'counted%'`;
        return (await row<{ n: number }>(t.database.reader, sql))!.n;
      });
    const both = async () => [await total(), await count(), await total(), await count()];
    await door.run((manager) => add(manager, 'counted 1'));
    expect(await both()).toEqual([1, 1, 1, 1]);
    await door.run(async (manager) => {
      await add(manager, 'counted 2');
      expect(await both()).toEqual([1, 1, 1, 1]);
    });
    expect(await both()).toEqual([2, 2, 2, 2]);
    const refused = door.run(async (manager) => {
      await add(manager, 'counted 3');
      await both();
      throw new Refused();
    });
    await expect(refused).rejects.toThrow(Refused);
    expect(await both()).toEqual([2, 2, 2, 2]);
    await Promise.all(Array.from({ length: 9 }, (_, n) => door.run((manager) => add(manager, `counted again ${n}`))));
    expect(await both()).toEqual([11, 11, 11, 11]);
  });

  it('keeps every acknowledged write and none of a refused one, with hundreds overlapping', async () => {
    const dirty: string[] = [];
    let isRunning = true;
    const latest = performance.now() + 20_000;
    const reading = (async () => {
      while (isRunning && performance.now() < latest) {
        dirty.push(...(await names('overlap')).filter((name) => name.includes('half')));
        await sleep(1);
      }
    })();
    const results = await Promise.allSettled(
      Array.from({ length: 600 }, (_, n) =>
        door.run(async (manager) => {
          if (n % 4 === 0) {
            await add(manager, `overlap half ${n}`);
            await manager.query('SELECT 1');
            throw new Refused();
          }
          await add(manager, `overlap ${n}`);
          return n;
        }),
      ),
    );
    isRunning = false;
    await reading;
    const acknowledged = results.flatMap((result) =>
      result.status === 'fulfilled' ? [`overlap ${result.value}`] : [],
    );
    const refused = results.filter((result) => result.status === 'rejected' && result.reason instanceof Refused);
    expect(acknowledged).toHaveLength(450);
    expect(refused).toHaveLength(150);
    expect((await names('overlap')).sort()).toEqual(acknowledged.sort());
    expect(dirty).toEqual([]);
  });

  it('loses no update when many add to the same row', async () => {
    const { id } = await t.make.organisation({ name: 'teller' });
    await Promise.all(
      Array.from({ length: 60 }, () =>
        door.run(async (manager) => {
          const organisation = await lockOne(manager, Organisation, id);
          await manager.update(Organisation, id, { version: organisation.version + 1 });
        }),
      ),
    );
    expect(await row(t.database.reader, 'SELECT "version" FROM "organisations" WHERE "id" = $1', [id])).toEqual({
      version: 61,
    });
  });

  it('refuses a transaction inside a transaction', async () => {
    await expect(door.run(() => door.run(async () => 1))).rejects.toThrow('Nested transaction');
  });

  it('undoes a job that takes over five seconds, and lets it write nothing afterwards', async () => {
    let late: Promise<unknown> = Promise.resolve();
    const timers = jest.spyOn(globalThis, 'setTimeout');
    const takeTooLong = async (manager: EntityManager) => {
      await add(manager, 'traag begin');
      const waiting = sleep(600).then(() => add(manager, 'traag einde'));
      late = waiting.catch((error: unknown) => error);
      await waiting;
    };
    await expect(door.run(takeTooLong, undefined, 300)).rejects.toBeInstanceOf(BusyError);
    await door.run((manager) => add(manager, 'vlot'));
    const given = timers.mock.calls.map(([, ms]) => ms);
    timers.mockRestore();
    // The test does not wait for the five seconds themselves: they are the default for a job without its own limit.
    expect(given).toEqual(expect.arrayContaining([300, 5000]));
    expect(await late).toBeInstanceOf(Error);
    expect(await names('traag')).toEqual([]);
    expect(await names('vlot')).toEqual(['vlot']);
  });

  it('gives every kind of column back alike', async () => {
    const person = await t.make.person({ isShared: true, digestPausedUntilOn: '2026-03-29' });
    const found = await row(
      t.database.reader,
      `SELECT "isShared", "digestPausedUntilOn", "version", (SELECT count(*) FROM "people") AS "count",
         '{"a":1}' AS "json", "replacementId" FROM "people" WHERE "id" = $1`,
      [person.id],
      { isShared: 'boolean', json: 'json' },
    );
    expect(found).toEqual({
      isShared: true,
      digestPausedUntilOn: '2026-03-29',
      version: 1,
      count: 1,
      json: { a: 1 },
      replacementId: null,
    });
  });

  it('binds each parameter where it stands: in order, in another order, twice and as a flag', async () => {
    const { id } = await t.make.person({ name: 'wijkagent Boskoop' });
    const read = (columns: string, where: string, values: (string | boolean)[]) =>
      row(t.database.reader, `SELECT ${columns} FROM "people" WHERE ${where}`, values);
    const [one, two] = ['CAST($1 AS text)', 'CAST($2 AS text)'];
    expect(await read(`${one} AS "a", ${two} AS "b"`, '"id" = $3', ['x', 'y', id])).toEqual({ a: 'x', b: 'y' });
    expect(await read(`${two} AS "a", ${one} AS "b", ${two} AS "c"`, '"id" = $3', ['x', 'y', id])).toEqual({
      ...{ a: 'y', b: 'x', c: 'y' },
    });
    expect(await read('"name"', '"id" = $1 AND "active" = $2', [id, true])).toEqual({ name: 'wijkagent Boskoop' });
    expect(await read('"name"', '"active" = $2 AND "id" = $1', [id, true])).toEqual({ name: 'wijkagent Boskoop' });
    expect(await read('"name"', '"active" = $2 AND "id" = $1', [id, false])).toBeUndefined();
  });

  it('has tables that are just what the entities say', async () => {
    const { upQueries } = await t.database.writer.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });
});

it('keeps SQLite safe against power loss and its references whole', async () => {
  const { database } = await startApp('sqlite');
  const connection = connectionOf(database.writer);
  expect(connection.pragma('synchronous', { simple: true })).toBe(2);
  expect(connection.pragma('journal_mode', { simple: true })).toBe('wal');
  expect(connection.pragma('foreign_keys', { simple: true })).toBe(1);
});

it('lets writes that arrive a moment later share the commit', async () => {
  const { app, database } = await startApp('sqlite');
  let commits = 0;
  const stop = database.onCommit(() => (commits += 1));
  const add = (name: string) =>
    app
      .get(Transactions)
      .run((manager) =>
        manager.insert(Organisation, { id: newId(), name, kind: 'other', aliases: [], mergedIntoId: null }),
      );
  const first = add('eerst');
  await nextTurn();
  await nextTurn();
  await Promise.all([first, add('iets later')]);
  stop();
  expect(commits).toBe(1);
});

it('keeps in memory what a job may have to undo, so that former texts are in no other file', async () => {
  const { database } = await startApp('sqlite');
  const MEMORY = 2;
  expect(connectionOf(database.writer).pragma('temp_store', { simple: true })).toBe(MEMORY);
});

it('moves a long log into the file of SQLite beside the commits', async () => {
  const { app, database } = await startApp('sqlite');
  const before = statSync(database.file!).size;
  const long = { kind: 'other' as const, aliases: ['x'.repeat(200_000)], mergedIntoId: null };
  for (let n = 0; n < 40; n += 1)
    await app
      .get(Transactions)
      .run((manager) => manager.insert(Organisation, { id: newId(), name: `lang ${n}`, ...long }));
  // SQLite itself would only do so after 32 MB.
  await until('the log is moved into the file', () => statSync(database.file!).size > before + 3_000_000);
  expect(await database.reader.getRepository(Organisation).count()).toBeGreaterThanOrEqual(40);
});

it('refuses all writes of a group when the disk is full, and loses no later write', async () => {
  const { app, database } = await startApp('sqlite');
  const door = app.get(Transactions);
  const connection = connectionOf(database.writer);
  const write = (n: number, size: number) =>
    door.run((manager) =>
      manager.insert(Organisation, {
        id: newId(),
        name: `vol ${n}`,
        kind: 'other',
        aliases: ['x'.repeat(size)],
        mergedIntoId: null,
      }),
    );
  const pages = connection.pragma('page_count', { simple: true }) as number;
  connection.pragma(`max_page_count = ${pages + 20}`);
  const group = await Promise.allSettled(Array.from({ length: 30 }, (_, n) => write(n, n === 20 ? 400_000 : 10)));
  connection.pragma('max_page_count = 1000000');
  const kept = async () =>
    (await row<{ n: number }>(database.reader, `SELECT count(*) AS "n" FROM "organisations" WHERE "name" LIKE 'vol%'`))!
      .n;
  const acknowledged = group.filter(({ status }) => status === 'fulfilled').length;
  expect(group.filter((result) => result.status === 'rejected' && result.reason instanceof BusyError).length).toBe(
    30 - acknowledged,
  );
  expect(acknowledged).toBeLessThan(30);
  expect(await kept()).toBe(acknowledged);
  await Promise.all(Array.from({ length: 50 }, (_, n) => write(100 + n, 10)));
  expect(await kept()).toBe(acknowledged + 50);
  expect(connection.pragma('integrity_check', { simple: true })).toBe('ok');
});

function connectionOf(source: { driver: unknown }): BetterSqlite3.Database {
  return (source.driver as { databaseConnection: BetterSqlite3.Database }).databaseConnection;
}
