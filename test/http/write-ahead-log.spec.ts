import { expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Transactions } from '../../src/platform/database/transactions.js';
import { startApp } from '../support/app.js';

const COMMITS = 100;
/** In all less than SQLite's own limit, `wal_autocheckpoint`. */
const BYTES = 300 * 4096;
const MEGABYTE = 1024 * 1024;

it('starts the write-ahead log of SQLite again although one write follows another', async () => {
  const { app, database } = await startApp('sqlite', { isOwn: true });
  const door = app.get(Transactions);
  await door.run((manager) => manager.query('CREATE TABLE "written" ("text" text)'));
  await door.run((manager) => manager.query(`INSERT INTO "written" VALUES ('')`));
  const texts = [0, 1].map(() => randomBytes(BYTES / 2).toString('hex'));
  // Each begins as soon as the last one is stored.
  for (let n = 0; n < COMMITS; n += 1)
    await door.run((manager) => manager.query('UPDATE "written" SET "text" = ?', [texts[n % 2]]));
  expect(statSync(`${database.file}-wal`).size).toBeLessThan(100 * MEGABYTE);
});

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
