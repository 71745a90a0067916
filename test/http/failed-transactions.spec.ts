import { beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { EntityManager } from 'typeorm';
import { Organisation } from '../../src/directory/organisations/organisation.entity.js';
import { newId } from '../../src/platform/common/ids.js';
import { toProblem } from '../../src/platform/common/problem.filter.js';
import { rows } from '../../src/platform/database/rows.js';
import { BusyError } from '../../src/platform/database/storage-errors.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { databasesNow, startApp, type TestApp } from '../support/app.js';

const onPostgres = databasesNow().includes('postgresql') ? describe : describe.skip;

onPostgres('a write that PostgreSQL breaks off', () => {
  let t: TestApp;
  let door: Transactions;
  beforeAll(async () => {
    t = await startApp('postgresql');
    door = t.app.get(Transactions);
  });

  const add = (manager: EntityManager, name: string) =>
    manager.insert(Organisation, { id: newId(), name, kind: 'other', aliases: [], mergedIntoId: null });
  const names = async (front: string) => {
    const sql = 'SELECT "name" FROM "organisations" WHERE "name" LIKE $1 ORDER BY "name"';
    return (await rows<{ name: string }>(t.database.reader, sql, [`${front}%`])).map(({ name }) => name);
  };
  const raise = (manager: EntityManager, code: string) =>
    manager.query(`DO $$ BEGIN RAISE EXCEPTION 'broken off' USING ERRCODE = '${code}'; END $$`);
  const problemOf = (answer: Promise<unknown>) =>
    answer.then(
      () => 'stored',
      (error: unknown) => {
        const { status, code } = toProblem(error);
        return `${status} ${code}`;
      },
    );

  it('writes nothing after it took too long, not even what it does once the lock it waited for is free', async () => {
    const { id } = await t.make.organisation({ name: 'bezet' });
    const other = new pg.Client({ connectionString: t.settings.DATABASE_URL });
    await other.connect();
    await other.query('BEGIN');
    await other.query('SELECT 1 FROM "organisations" WHERE "id" = $1 FOR UPDATE', [id]);
    const ids: string[] = [];
    for (let n = 0; n < 6; n += 1) ids.push((await t.make.organisation({ name: `op tijd ${n}` })).id);
    const late: Promise<unknown>[] = [];
    const work = async (manager: EntityManager, n: number) => {
      await manager.query('SELECT 1 FROM "organisations" WHERE "id" = $1 FOR KEY SHARE', [id]);
      await manager.query(`UPDATE "organisations" SET "name" = 'te laat' WHERE "id" = $1`, [ids[n]]);
    };
    const jobs = Array.from({ length: 6 }, (_, n) =>
      door.run((manager) => (late[n] = work(manager, n)) as Promise<void>, undefined, 200),
    );
    const refused = Promise.all(jobs.map((job) => expect(job).rejects.toBeInstanceOf(BusyError)));
    await sleep(400);
    await other.query('COMMIT');
    await other.end();
    await refused;
    await Promise.all(late.map((one) => expect(one).rejects.toThrow()));
    expect(await names('te laat')).toEqual([]);
  });

  it.each(['40001', '40P01'])(
    'tries again after %s, and again, and says it is busy when that does not help',
    async (code) => {
      let tries = 0;
      const twice = door.run(async (manager) => {
        await add(manager, `poging ${code}`);
        tries += 1;
        if (tries < 3) await raise(manager, code);
      });
      expect(await problemOf(twice)).toBe('stored');
      expect(await names(`poging ${code}`)).toEqual([`poging ${code}`]);
      expect(await problemOf(door.run((manager) => raise(manager, code)))).toBe('503 BUSY');
    },
  );

  it.each(['55P03', '57014', '53100', '53200', '58030', '25P04'])('says it is busy after %s', async (code) => {
    const write = door.run(async (manager) => {
      await add(manager, `bezet ${code}`);
      await raise(manager, code);
    });
    await expect(write).rejects.toBeInstanceOf(BusyError);
    expect(
      await problemOf(t.database.reader.query(`DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '${code}'; END $$`)),
    ).toBe('503 BUSY');
  });
});
