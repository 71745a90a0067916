import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { EntityManager } from 'typeorm';
import type { Database } from '../../src/platform/database/database.js';
import { openDatabase } from '../../src/platform/database/data-source.js';
import { isDatabaseAway } from '../../src/platform/postgres/postgres-errors.js';
import { execute, row, rows, type Source } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { readSettings } from '../../src/platform/settings.js';
import { SCHEMA } from '../../src/schema.js';
import { describeOnPostgres, newPlace } from '../support/app.js';
import { DatabaseProxy } from '../support/database-proxy.js';
import { until } from '../support/until.js';

const CONNECTIONS = 10;
const OTHERS = 'datname = current_database() AND pid <> pg_backend_pid()';
const CUT = `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE ${OTHERS}`;
const CUTS_ITSELF = `SELECT nextval('asked'), pg_terminate_backend(pg_backend_pid())`;
const SLEEPS = `SELECT nextval('asked') AS "time", pg_sleep(0.5)`;

describeOnPostgres('a read whose connection to PostgreSQL is lost', () => {
  let place: Awaited<ReturnType<typeof newPlace>>;
  let database: Database;
  let admin: pg.Client;

  beforeAll(async () => {
    place = await newPlace('postgresql', true);
    database = await openDatabase(readSettings(place.environment), SCHEMA, true);
    admin = new pg.Client({ connectionString: place.environment.DATABASE_URL, application_name: 'admin' });
    await admin.connect();
    await admin.query('CREATE SEQUENCE "asked"');
    await admin.query('CREATE TABLE "noted" ("text" text)');
  }, 60_000);
  afterAll(async () => {
    await admin?.end();
    await database?.onApplicationShutdown();
    await place?.remove();
  });
  beforeEach(() => admin.query(`ALTER SEQUENCE "asked" RESTART`));

  const timesAsked = async () => {
    const { rows: found } = await admin.query('SELECT "last_value" AS "n", "is_called" AS "isAsked" FROM "asked"');
    return found[0].isAsked ? Number(found[0].n) : 0;
  };
  const pid = async (source: Source) => (await row<{ pid: number }>(source, 'SELECT pg_backend_pid() AS "pid"'))!.pid;
  const outcome = (asked: Promise<unknown>) =>
    asked.then(
      () => 'answered',
      (error) => (isDatabaseAway(error) ? 'away' : 'refused'),
    );
  const fill = async () => {
    const each = `SELECT pg_backend_pid() AS "pid", pg_sleep(0.2)`;
    const found = await Promise.all(
      Array.from({ length: CONNECTIONS }, () => row<{ pid: number }>(database.aside, each)),
    );
    const pids = new Set(found.map((one) => one!.pid));
    expect(pids.size).toBe(CONNECTIONS);
    return pids;
  };
  /** While this process stands still, so that it cannot have noticed the loss when it reads next. */
  const cutUnnoticed = () => {
    const program = `import pg from 'pg';
      const client = new pg.Client({ connectionString: process.env.PLACE });
      await client.connect();
      await client.query(process.env.CUT);
      await client.end();`;
    const env = { ...process.env, PLACE: place.environment.DATABASE_URL, CUT: `${CUT} AND application_name = ''` };
    execFileSync(process.execPath, ['--input-type=module', '-e', program], { env });
  };
  const openBehindProxy = async (longestMs?: number) => {
    const proxy = await DatabaseProxy.before(place.environment.DATABASE_URL);
    const settings = { ...readSettings(place.environment), DATABASE_URL: proxy.url };
    return { proxy, behind: await openDatabase(settings, SCHEMA, true, longestMs) };
  };
  const isRunning = (part: string) =>
    until('it is asked', async () => {
      const sql = `SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE $1 AND ${OTHERS}`;
      return (await admin.query(sql, [`%${part}%`])).rows.length > 0;
    });

  it('is asked again over a new connection, although all that are open were lost while idle', async () => {
    const before = await fill();
    cutUnnoticed();
    const all = await Promise.all([
      ...Array.from({ length: CONNECTIONS * 2 }, () => pid(database.aside)),
      ...Array.from({ length: 5 }, () => pid(database.reader)),
    ]);
    expect(all.filter((one) => before.has(one))).toEqual([]);
    expect(new Set(all.slice(-5)).size).toBe(1);
  });

  it('leaves no lost connection to the write after it', async () => {
    await fill();
    cutUnnoticed();
    await pid(database.reader);
    const write = new Transactions(database).run((manager) => manager.query(`INSERT INTO "noted" VALUES ('na')`));
    expect(await outcome(write)).toBe('answered');
  });

  it.each(['reader', 'aside'] as const)('is asked again when it is lost during the read (%s)', async (source) => {
    const noted = `SELECT nextval('asked') AS "time", (SELECT count(*) FROM "noted") AS "count", pg_sleep(0.5)`;
    const before = (await row<{ count: number }>(database.reader, noted))!.count;
    const running = row(database[source], noted);
    await isRunning('AS "count", pg_sleep');
    await admin.query(`INSERT INTO "noted" VALUES ('meanwhile')`);
    await admin.query(CUT);
    // Of a later state: what was committed before it was asked again is in it.
    expect(await running).toMatchObject({ time: 3, count: before + 1 });
  });

  it('is asked again in its place among what was asked with it, of which nothing is asked again that was answered', async () => {
    const turn = `SELECT nextval('asked') AS "time"`;
    const asked = [turn, SLEEPS, turn, turn].map((sql) => row<{ time: number }>(database.reader, sql));
    await isRunning('pg_sleep(0.5)');
    await admin.query(CUT);
    expect((await Promise.all(asked)).map((one) => one!.time)).toEqual([1, 3, 4, 5]);
  });

  it.each(['reader', 'aside'] as const)('is asked twice at most (%s)', async (source) => {
    expect(await outcome(rows(database[source], CUTS_ITSELF))).toBe('away');
    expect(await timesAsked()).toBe(2);
    expect(await outcome(pid(database[source]))).toBe('answered');
  });

  it.each(['reader', 'aside'] as const)('is not asked again when PostgreSQL refuses it (%s)', async (source) => {
    expect(await outcome(rows(database[source], `SELECT 1 / (nextval('asked') - 1)`))).toBe('refused');
    expect(await timesAsked()).toBe(1);
  });

  it('is not asked again within a transaction, nor when it changes something', async () => {
    const door = new Transactions(database);
    expect(await outcome(door.run((manager) => rows(manager, CUTS_ITSELF)))).toBe('away');
    expect(await timesAsked()).toBe(1);
    const changes = `WITH "added" AS (INSERT INTO "noted" VALUES ('twee') RETURNING 1) ${CUTS_ITSELF}`;
    expect(await outcome(database.writer.query(changes))).toBe('away');
    expect(await timesAsked()).toBe(2);
  });

  describe('before a write', () => {
    const add = (text: string) => async (manager: EntityManager) => {
      await execute(manager, `INSERT INTO "noted" VALUES ($1)`, [text]);
    };
    const noted = async (text: string) =>
      (await rows(database.reader, 'SELECT 1 FROM "noted" WHERE "text" = $1', [text])).length;

    it('lets it begin over a new connection, although all that are open were lost while idle', async () => {
      const door = new Transactions(database);
      await fill();
      cutUnnoticed();
      const writes = Array.from({ length: CONNECTIONS * 2 }, () => outcome(door.run(add('eenmaal'))));
      expect(new Set(await Promise.all(writes))).toEqual(new Set(['answered']));
      expect(await noted('eenmaal')).toBe(CONNECTIONS * 2);
    });

    it('lets it begin twice at most, and do nothing before it began', async () => {
      const { proxy, behind } = await openBehindProxy();
      const door = new Transactions(behind);
      expect(await outcome(door.run(add('eerst')))).toBe('answered');
      const made = proxy.made;
      proxy.loseBeginnings();
      let times = 0;
      const write = door.run(async (manager) => {
        times += 1;
        await add('nooit')(manager);
      });
      expect(await outcome(write)).toBe('away');
      expect([times, proxy.made - made]).toEqual([0, 1]);
      proxy.giveBack();
      expect(await outcome(door.run(add('daarna')))).toBe('answered');
      expect(await noted('nooit')).toBe(0);
      await behind.onApplicationShutdown();
      await proxy.stop();
    });

    it('does not let it begin again when PostgreSQL took too long to begin', async () => {
      const { proxy, behind } = await openBehindProxy(300);
      const door = new Transactions(behind);
      expect(await outcome(door.run(add('eerst')))).toBe('answered');
      proxy.freeze();
      const made = proxy.made;
      expect(await outcome(door.run(add('bevroren')))).toBe('away');
      await sleep(50);
      expect(proxy.made).toBe(made);
      proxy.giveBack();
      await behind.onApplicationShutdown();
      await proxy.stop();
    });

    it('does not let it do its work again once it began', async () => {
      let times = 0;
      const write = new Transactions(database).run(async (manager) => {
        times += 1;
        await manager.query('SELECT pg_terminate_backend(pg_backend_pid())');
      });
      expect([await outcome(write), times]).toEqual(['away', 1]);
    });
  });

  it('is not asked again when it was given up because it took too long', async () => {
    const { proxy, behind } = await openBehindProxy(300);
    expect(await outcome(pid(behind.reader))).toBe('answered');
    for (const source of [behind.reader, behind.aside]) {
      proxy.giveBack();
      await pid(source);
      proxy.freeze();
      const made = proxy.made;
      expect(await outcome(pid(source))).toBe('away');
      await sleep(50);
      expect(proxy.made).toBe(made);
    }
    proxy.giveBack();
    await behind.onApplicationShutdown();
    await proxy.stop();
  }, 30_000);
});
