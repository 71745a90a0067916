import { expect, it } from '@jest/globals';
import { closeSync, openSync, readSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Transactions } from '../../src/platform/database/transactions.js';
import { startApp } from '../support/app.js';

/** More pages than make the log long. */
const LONG = 66 * 1024 * 1024;
/** Only a log that is never started again takes this long. */
const LONGEST_MS = 30_000;

it('starts the write-ahead log of SQLite again although one write follows another, which waits for that once', async () => {
  const { app, database } = await startApp('sqlite', { isOwn: true });
  const door = app.get(Transactions);
  // Otherwise SQLite itself would in the end.
  await database.writer.query('PRAGMA wal_autocheckpoint = 0');
  const log = openSync(`${database.file}-wal`, 'r');
  /** In the header of the log; another each time it is started again. */
  const salt = () => {
    const bytes = Buffer.alloc(8);
    readSync(log, bytes, 0, bytes.length, 16);
    return bytes.toString('hex');
  };
  let waited = 0;
  const waitsFor = database.nextWriteWaitsFor.bind(database);
  database.nextWriteWaitsFor = (rest) => {
    waited += 1;
    waitsFor(rest);
  };
  await door.run((manager) => manager.query('CREATE TABLE "written" ("bytes" blob)'));
  await door.run((manager) => manager.query('INSERT INTO "written" VALUES (zeroblob(?))', [LONG]));
  const before = salt();
  // Each begins as soon as the last one is stored.
  for (const end = performance.now() + LONGEST_MS; performance.now() < end && (waited === 0 || salt() === before);)
    await door.run((manager) => manager.query(`INSERT INTO "written" VALUES ('one more')`));
  expect(waited).toBeGreaterThan(0);
  expect(salt()).not.toBe(before);
  closeSync(log);
}, 60_000);

it('begins the next write after what was asked for at the last commit', async () => {
  const { app, database } = await startApp('sqlite');
  const door = app.get(Transactions);
  const seen: string[] = [];
  let resolve = (): void => {};
  const stop = database.onCommit(() => {
    stop();
    database.nextWriteWaitsFor(new Promise((done) => (resolve = done)));
  });
  await door.run((manager) => manager.query('UPDATE "audit_head" SET "hash" = "hash"'));
  const next = door.run(async () => void seen.push('next'));
  await sleep(20);
  seen.push('rested');
  resolve();
  await next;
  expect(seen).toEqual(['rested', 'next']);
});
