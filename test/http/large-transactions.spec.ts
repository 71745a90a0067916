import { beforeAll, expect, it } from '@jest/globals';
import type BetterSqlite3 from 'better-sqlite3';
import { statSync } from 'node:fs';
import type { EntityManager } from 'typeorm';
import { newId } from '../../src/platform/common/ids.js';
import { PagesAhead } from '../../src/platform/sqlite/pages-ahead.js';
import { rows } from '../../src/platform/database/rows.js';
import { BusyError } from '../../src/platform/common/storage-errors.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { insertRows } from '../../src/platform/database/writes.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';

class Refused extends Error {}

const LONGEST_MS = 20_000;

const addMany = (manager: EntityManager, front: string, count: number, size = 10) =>
  insertRows(
    manager,
    'organisations',
    Array.from({ length: count }, (_, n) => ({
      ...{ id: newId(), name: `${front} ${n}`, kind: 'other', aliases: ['x'.repeat(size)], mergedIntoId: null },
      version: 1,
    })),
  );

async function countOf(t: Pick<TestApp, 'database'>, front: string): Promise<number> {
  const sql = 'SELECT count(*) AS "n" FROM "organisations" WHERE "name" LIKE $1';
  return (await rows<{ n: number }>(t.database.reader, sql, [`${front}%`]))[0].n;
}

onBothDatabases((kind) => {
  let t: TestApp;
  let door: Transactions;
  beforeAll(async () => {
    t = await startApp(kind);
    door = t.app.get(Transactions);
  });

  it('stores all of a large job or none of it, and every small one before, between and after', async () => {
    const small = (n: number) => door.run((manager) => addMany(manager, `klein ${n}`, 1));
    const refuse = async (manager: EntityManager) => {
      await addMany(manager, 'afgewezen', 500);
      throw new Refused();
    };
    const [, , refused] = await Promise.allSettled([
      small(1),
      door.runLarge((manager) => addMany(manager, 'groot een', 2000), LONGEST_MS),
      door.runLarge(refuse, LONGEST_MS),
      small(2),
      door.runLarge((manager) => addMany(manager, 'groot twee', 500), LONGEST_MS),
      small(3),
    ]);
    expect(refused).toMatchObject({ status: 'rejected', reason: expect.any(Refused) });
    const counts = ['klein', 'groot een', 'afgewezen', 'groot twee'].map((front) => countOf(t, front));
    expect(await Promise.all(counts)).toEqual([3, 2000, 0, 500]);
    expect(await door.isRefusing()).toBe(false);
  });

  it('undoes a large job that takes longer than it may, and nothing else', async () => {
    const endless = door.runLarge(async (manager) => {
      await addMany(manager, 'te lang', 10);
      return new Promise<never>(() => {});
    }, 50);
    const after = door.run((manager) => addMany(manager, 'daarna', 1));
    await expect(endless).rejects.toBeInstanceOf(BusyError);
    await after;
    expect(await Promise.all([countOf(t, 'te lang'), countOf(t, 'daarna')])).toEqual([0, 1]);
  });

  it('refuses a large transaction inside a transaction', async () => {
    await expect(door.run(() => door.runLarge(async () => 1, LONGEST_MS))).rejects.toThrow('Nested transaction');
  });
});

it('leaves little to be written by the commit of a large job on SQLite', async () => {
  const { database } = await startApp('sqlite', { isOwn: true });
  const connection = connectionOf(database.writer);
  const sizeOfLog = () => statSync(`${database.file}-wal`).size;
  const usual = connection.pragma('cache_size', { simple: true });
  const insert = connection.prepare(
    `INSERT INTO "organisations" ("id", "name", "kind", "aliases", "version") VALUES (?, ?, 'other', ?, 1)`,
  );
  connection.exec('BEGIN IMMEDIATE');
  const pages = new PagesAhead(connection, database.file!);
  for (let n = 0; n < 3000; n += 1) insert.run(newId(), `vooruit ${n}`, JSON.stringify(['x'.repeat(6000)]));
  // More than SQLite's usual cache, of which it would have written some, and some of these twice.
  const early = sizeOfLog();
  await pages.write();
  const ahead = sizeOfLog();
  connection.exec('COMMIT');
  pages.release();
  expect(early).toBeLessThan(4_000_000);
  expect(ahead).toBeGreaterThan(18_000_000);
  expect(sizeOfLog() - ahead).toBeLessThan(100_000);
  expect(await countOf({ database }, 'vooruit')).toBe(3000);
  expect(connection.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(connection.pragma('cache_size', { simple: true })).toBe(usual);
});

it('stores nothing of a large job when the disk is full, and loses no later write', async () => {
  const t = await startApp('sqlite');
  const door = t.app.get(Transactions);
  const connection = connectionOf(t.database.writer);
  const pages = connection.pragma('page_count', { simple: true }) as number;
  connection.pragma(`max_page_count = ${pages + 20}`);
  const full = door.runLarge((manager) => addMany(manager, 'vol', 100, 9000), LONGEST_MS);
  await expect(full).rejects.toBeInstanceOf(BusyError);
  connection.pragma('max_page_count = 1000000');
  await door.runLarge((manager) => addMany(manager, 'past', 100, 9000), LONGEST_MS);
  expect(await Promise.all([countOf(t, 'vol'), countOf(t, 'past')])).toEqual([0, 100]);
  expect(connection.pragma('integrity_check', { simple: true })).toBe('ok');
});

function connectionOf(source: { driver: unknown }): BetterSqlite3.Database {
  return (source.driver as { databaseConnection: BetterSqlite3.Database }).databaseConnection;
}
