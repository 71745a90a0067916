import { beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { EntityManager } from 'typeorm';
import { Organisation } from '../../src/directory/organisations/organisation.entity.js';
import { newId } from '../../src/platform/common/ids.js';
import { SteadyClient } from '../../src/platform/postgres/postgres-client.js';
import { toProblem } from '../../src/platform/server/problem.filter.js';
import { rows } from '../../src/platform/database/rows.js';
import { BusyError } from '../../src/platform/common/storage-errors.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { describeOnPostgres, startApp, type TestApp } from '../support/app.js';

describeOnPostgres('a write that PostgreSQL breaks off', () => {
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

  it('is not answered as stored when the work went on after a statement that failed, or did not wait for one', async () => {
    const swallows = door.run(async (manager) => {
      await add(manager, 'verzwegen een');
      await manager.query('SELECT 1 / 0').catch(() => {});
      return 'stored';
    });
    expect(await problemOf(swallows)).toBe('500 INTERNAL_ERROR');
    const hurries = door.run(async (manager) => {
      await add(manager, 'verzwegen twee');
      void manager.query('SELECT 1 / 0').catch(() => {});
      return 'stored';
    });
    expect(await problemOf(hurries)).toBe('500 INTERNAL_ERROR');
    expect(await names('verzwegen')).toEqual([]);
  });

  it('tries again what was broken off by a deadlock, also if the work itself let that pass', async () => {
    let tries = 0;
    const passes = door.run(async (manager) => {
      await add(manager, `doorgaan ${(tries += 1)}`);
      if (tries < 2) await raise(manager, '40P01').catch(() => {});
    });
    expect(await problemOf(passes)).toBe('stored');
    expect(await names('doorgaan')).toEqual(['doorgaan 2']);
  });

  it('waits for a lock for less than a job may take, and longer in one that may take longer', async () => {
    const patience = (longestMs?: number) =>
      door.run(async (manager) => (await manager.query('SHOW lock_timeout'))[0].lock_timeout, undefined, longestMs);
    expect(await patience()).toBe('4s');
    expect(await patience(20_000)).toBe('20s');
    expect(await patience()).toBe('4s');
    expect(await rows(t.database.reader, `SELECT current_setting('lock_timeout') AS "at"`)).toEqual([{ at: '4s' }]);
    expect(await rows(t.database.reader, `SELECT current_setting('statement_timeout') AS "at"`)).toEqual([
      { at: '30s' },
    ]);
  });

  describe('whose connection is cut', () => {
    const cut = async (pid: number) => {
      const admin = new SteadyClient({ connectionString: t.settings.DATABASE_URL });
      await admin.connect();
      // Once in hundreds of times PostgreSQL ends this connection as well, after the other one.
      await admin.query('SELECT pg_terminate_backend($1, 2000)', [pid]).catch(() => {});
      await admin.end();
    };
    const pidOf = async (manager: EntityManager) =>
      (await manager.query('SELECT pg_backend_pid() AS pid'))[0].pid as number;
    const stages: Record<string, (manager: EntityManager, name: string) => Promise<unknown>> = {
      'before its first statement': async (manager, name) => {
        await cut(await pidOf(manager));
        await add(manager, name);
      },
      'during a statement': async (manager, name) => {
        await add(manager, name);
        const pid = await pidOf(manager);
        await Promise.all([manager.query('SELECT pg_sleep(3)'), sleep(50).then(() => cut(pid))]);
      },
      'after its last statement': async (manager, name) => {
        await add(manager, name);
        await cut(await pidOf(manager));
        await sleep(20);
      },
    };

    it.each(Object.keys(stages))('%s, stored nothing, says so, and leaves nothing open', async (stage) => {
      const name = `afgesneden ${stage}`;
      expect(await problemOf(door.run((manager) => stages[stage](manager, name)))).toBe('503 DATABASE_UNAVAILABLE');
      expect(await names(name)).toEqual([]);
      expect(await problemOf(door.run((manager) => add(manager, name)))).toBe('stored');
      expect(await names(name)).toEqual([name]);
      const open = `SELECT count(*) AS "n" FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'`;
      expect(await rows(t.database.reader, open)).toEqual([{ n: 0 }]);
    });
  });
});
