import { expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { readFileSync } from 'node:fs';
import { Transactions } from '../../src/platform/database/transactions.js';
import { startApp } from '../support/app.js';

const WORD = 'kanariegeel';
const MOST_TABLES = 100;

/** A table whose rows grow, so that some move to another page; then the word is removed from each row that has it. */
function churn(connection: BetterSqlite3.Database, seed: number): void {
  let state = seed;
  const next = (below: number): number => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) % below;
  const table = `moves${seed}`;
  connection.exec(`CREATE TABLE "${table}" ("id" INTEGER PRIMARY KEY, "text" text)`);
  const insert = connection.prepare(`INSERT INTO "${table}" VALUES (?, ?)`);
  const grow = connection.prepare(`UPDATE "${table}" SET "text" = "text" || ? WHERE "id" = ?`);
  connection.transaction(() => {
    for (let row = 1; row <= 400; row += 1) {
      insert.run(row, 'a'.repeat(next(300)) + (row % 50 === 7 ? WORD : ''));
      if (row % 3 === 0) grow.run('b'.repeat(next(500)), 1 + next(row));
    }
  })();
  connection.prepare(`UPDATE "${table}" SET "text" = replace("text", ?, '[weg]')`).run(WORD);
  connection.pragma('wal_checkpoint(TRUNCATE)');
}

it('leaves no copy of a removed word on a page of the file where its row used to be', async () => {
  const t = await startApp('sqlite');
  const file = t.database.file!;
  const isLeft = (): boolean => readFileSync(file).includes(WORD);
  const connection = new BetterSqlite3(file);
  connection.pragma('secure_delete = ON');
  // One in thirty of these tables leaves a copy behind.
  for (let seed = 1; seed <= MOST_TABLES && !isLeft(); seed += 1) churn(connection, seed);
  connection.close();
  expect(isLeft()).toBe(true);
  await t.app.get(Transactions).removeForGood(async () => {});
  expect(isLeft()).toBe(false);
});
