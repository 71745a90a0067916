import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { rows } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { MailKinds } from '../../src/platform/mail/mail-kinds.js';
import { Outbox } from '../../src/platform/mail/outbox.service.js';
import { describeOnPostgres, startApp, type TestApp } from '../support/app.js';
import { keepDelivering } from '../support/delivering.js';
import { Follower } from '../support/follower.js';
import { Mailbox } from '../support/mailbox.js';
import { OwnPostgres } from '../support/own-postgres.js';
import { until } from '../support/until.js';
import { MAIL, MONDAY } from './outbox.setup.js';

const MAILS = 60;
const WRITERS = 6;
/** A request that is not answered at all would otherwise hold up the test until its end. */
const LONGEST_MS = 40_000;

/** A PostgreSQL that is restarted, filled up, or turned into a standby under a running service. */
describeOnPostgres('a PostgreSQL behind a running service', () => {
  let server: OwnPostgres;
  let mailbox: Mailbox;
  let t: TestApp;
  let url: string;
  let sessionId: string;
  let headers: Record<string, string>;
  let cookie: string;

  beforeAll(async () => {
    server = await OwnPostgres.start();
    mailbox = await Mailbox.start({ answerMs: 0, dotMs: 40 });
    await server.run(`CREATE ROLE service LOGIN PASSWORD 'postgres'`, 'GRANT ALL ON DATABASE postgres TO service');
    await server.run('ALTER DATABASE postgres OWNER TO service', 'ALTER SCHEMA public OWNER TO service');
    const leases = { MAIL_ATTEMPT_SECONDS: '5', MAIL_LEASE_SECONDS: '7' };
    const environment = { DATABASE_URL: server.urlOf('service'), SMTP_URL: mailbox.url, ...leases };
    t = await startApp('sqlite', { now: MONDAY, environment, isOwn: true });
    url = `http://127.0.0.1:${(t.server.address() as AddressInfo).port}`;
    const chair = await t.make.person();
    const { id: areaId } = await t.make.area();
    await t.make.grant(chair.id, 'chair', areaId);
    sessionId = (await t.make.session((await t.make.meeting(areaId)).id, { state: 'open' })).id;
    headers = { authorization: await t.make.token(chair.id), 'content-type': 'application/json' };
    cookie = await t.make.cookie(chair.id);
  }, 60_000);
  afterAll(async () => {
    await t?.stop();
    await server?.remove();
  });

  const ask = async (path: string, init: RequestInit = {}) => {
    const signal = AbortSignal.timeout(LONGEST_MS);
    const answer = await fetch(url + path, { ...init, signal, headers: { ...headers, ...init.headers } });
    return { status: answer.status, body: (await answer.json()) as { code?: string; detail?: string } };
  };
  const record = (name: string) =>
    ask(`/v1/sessions/${sessionId}/attendances`, {
      method: 'POST',
      headers: { 'idempotency-key': name.replaceAll(' ', '-') },
      body: JSON.stringify({ guestName: name, status: 'present' }),
    });
  const ready = () => ask('/health/ready');
  const isWell = () =>
    until('the service is well again', async () => (await ready()).status === 200, { longestMs: 20_000 });
  const guests = async (front: string) => {
    const sql = 'SELECT "guestName" AS "name" FROM "attendances" WHERE "guestName" LIKE $1 ORDER BY "guestName"';
    return (await rows<{ name: string }>(t.database.reader, sql, [`${front}%`])).map(({ name }) => name);
  };
  beforeEach(isWell);

  it('is restarted, and crashes: desks, writes and mails go on by themselves, and nothing happens twice', async () => {
    t.app.get(MailKinds).register('test', { make: async () => MAIL });
    const mail = { kind: 'test', personId: null, batchId: null, payload: {}, expiresAt: '2026-06-07T22:00:00.000Z' };
    const planned = Array.from({ length: MAILS }, (_, n) => ({
      ...mail,
      dedupeKey: `${n}`,
      address: `w${n}@x.example`,
    }));
    await t.app.get(Transactions).run(async (manager) => {
      for (const one of planned) await t.app.get(Outbox).plan(manager, one);
    });
    const follower = await Follower.of(url, sessionId, { cookie });
    let isOver = false;
    const endDelivering = keepDelivering(t);
    const statuses = new Set<number>();
    const stored: string[] = [];
    const write = async (writer: number) => {
      for (let n = 0; !isOver; n += 1) {
        const name = `herstart ${writer} ${n}`;
        for (let status = 0; status !== 201; statuses.add(status)) {
          status = (await record(name)).status;
          if (status !== 201) await sleep(20);
        }
        stored.push(name);
      }
    };
    const writing = Promise.all(Array.from({ length: WRITERS }, (_, n) => write(n)));
    for (const how of ['fast', 'immediate'] as const) {
      await sleep(400);
      await server.halt(how);
      await sleep(300);
      expect((await ready()).status).toBe(503);
      await server.resume();
      await isWell();
    }
    // What could not be composed meanwhile is tried again later.
    const isAllOut = () => {
      t.clock.set(new Date(Date.parse(t.clock.moment()) + 600_000).toISOString());
      return mailbox.messages.length >= MAILS;
    };
    await until('all mails are out', isAllOut, { longestMs: 20_000, everyMs: 200 });
    await sleep(300);
    isOver = true;
    await Promise.all([writing, endDelivering()]);

    expect([...statuses].sort()).toEqual([201, 503]);
    expect(await guests('herstart')).toEqual(stored.sort());
    expect(mailbox.messages.map(({ to }) => to).sort()).toEqual(planned.map(({ address }) => address).sort());
    await until('everything is fetched again', () => follower.heard.some(({ event }) => event === 'all'), {
      longestMs: 20_000,
    });
    await sleep(300);
    const heard = follower.heard.length;
    await record('na de herstart');
    expect((await follower.after(heard)).event).toBe('version');
    expect(follower.hasEnded).toBe(false);
    follower.leave();
  }, 90_000);

  it('only reads: writes say so, health says so, reading goes on, and it finds the next one that writes', async () => {
    await server.run(
      'ALTER ROLE service SET default_transaction_read_only = on',
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'service'`,
    );
    await until('connections are new', async () => (await ask('/v1/areas')).status === 200);
    const refused = await record('alleen lezen');
    expect(refused).toMatchObject({ status: 503, body: { code: 'DATABASE_UNAVAILABLE' } });
    expect(refused.body.detail).toContain('accepts no writes');
    expect(await ready()).toMatchObject({ status: 503, body: { code: 'STORAGE_REFUSES' } });
    expect((await ask('/v1/areas')).status).toBe(200);
    // As another server behind the same address: its old connections remain as they were.
    await server.run('ALTER ROLE service RESET default_transaction_read_only');
    await until('it writes again', async () => (await record('alleen lezen')).status === 201, { longestMs: 15_000 });
    await isWell();
    expect(await guests('alleen lezen')).toEqual(['alleen lezen']);
  }, 40_000);

  it('has no connections left: 503 at worst, and the service goes on when there are', async () => {
    await server.run(
      'ALTER ROLE service CONNECTION LIMIT 0',
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'service'`,
    );
    await sleep(100);
    for (const answer of [await record('vol'), await ready(), await ask('/v1/areas')])
      expect(answer).toMatchObject({ status: 503, body: { code: 'DATABASE_UNAVAILABLE' } });
    await server.run('ALTER ROLE service CONNECTION LIMIT -1');
    await isWell();
    expect((await record('vol')).status).toBe(201);
  }, 30_000);

  it('has a row that somebody else holds: a write says that it is busy in time, and holds nothing itself', async () => {
    const other = new pg.Client({ connectionString: server.urlOf() });
    await other.connect();
    await other.query('BEGIN');
    await other.query('SELECT 1 FROM "sessions" WHERE "id" = $1 FOR UPDATE', [sessionId]);
    const began = performance.now();
    expect(await record('op slot')).toMatchObject({ status: 503, body: { code: 'BUSY' } });
    expect(performance.now() - began).toBeLessThan(5_500);
    const waiting = `SELECT count(*) AS "n" FROM pg_stat_activity WHERE wait_event_type = 'Lock'`;
    expect((await other.query(waiting)).rows).toEqual([{ n: 0 }]);
    expect((await ready()).status).toBe(200);
    await other.query('COMMIT');
    await other.end();
    expect((await record('op slot')).status).toBe(201);
  }, 30_000);
});
