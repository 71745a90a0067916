import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { Clock } from '../../src/platform/common/clock.js';
import type { Database } from '../../src/platform/database/database.js';
import { openDatabase } from '../../src/platform/database/data-source.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { readSettings } from '../../src/platform/settings.js';
import { SCHEMA } from '../../src/schema.js';
import { describeOnPostgres, newPlace } from '../support/app.js';
import { DatabaseProxy } from '../support/database-proxy.js';
import { Follower } from '../support/follower.js';
import { Make } from '../support/make.js';
import { type Service, startService } from '../support/service.js';
import { until } from '../support/until.js';

const TWO_SECONDS = 2_000;

/** One browser follows through one process; the other writes through another. */
describeOnPostgres('two processes on one PostgreSQL', () => {
  let place: Awaited<ReturnType<typeof newPlace>>;
  let database: Database;
  let proxy: DatabaseProxy;
  let writing: Service;
  let following: Service;
  let sessionId: string;
  let token: string;
  let cookie: string;

  beforeAll(async () => {
    place = await newPlace('postgresql', true);
    database = await openDatabase(readSettings(place.environment), SCHEMA, false);
    const make = new Make(new Transactions(database), new Clock());
    const chair = await make.person();
    const { id: areaId } = await make.area();
    await make.grant(chair.id, 'chair', areaId);
    sessionId = (await make.session((await make.meeting(areaId)).id, { state: 'open' })).id;
    [token, cookie] = [await make.token(chair.id), await make.cookie(chair.id)];
    proxy = await DatabaseProxy.before(place.environment.DATABASE_URL);
    const environment = { ...place.environment, NODE_ENV: 'production' };
    [writing, following] = await Promise.all([
      startService(environment),
      startService({ ...environment, DATABASE_URL: proxy.url }),
    ]);
  }, 60_000);
  afterAll(async () => {
    await Promise.all([writing?.stop(), following?.stop()]);
    await proxy?.stop();
    await database?.onApplicationShutdown();
    await place?.remove();
  });

  const record = async (name: string) => {
    const headers = { authorization: token, 'content-type': 'application/json' };
    const body = JSON.stringify({ guestName: name, status: 'present' });
    const answer = await fetch(`${writing.url}/v1/sessions/${sessionId}/attendances`, {
      method: 'POST',
      headers,
      body,
    });
    expect(answer.status).toBe(201);
  };
  const listeners = async (): Promise<number[]> => {
    const admin = new pg.Client({ connectionString: place.environment.DATABASE_URL });
    await admin.connect();
    const { rows } = await admin.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'wijkagenda_commits'`,
    );
    await admin.end();
    return rows.map(({ pid }) => pid);
  };

  it('are told of each other’s changes within two seconds, over one connection of those that listen', async () => {
    expect(await listeners()).toHaveLength(0);
    const all = [];
    for (let n = 0; n < 3; n += 1) all.push(await Follower.of(following.url, sessionId, { cookie }));
    await until('it listens', async () => (await listeners()).length === 1);
    await record('stagiair');
    const told = await Promise.all(all.map((follower) => follower.after(1, TWO_SECONDS)));
    expect(new Set(told.map(({ event, version }) => `${event} ${version}`)).size).toBe(1);
    expect(told[0].version).not.toBe(all[0].heard[0].version);
    for (const follower of all) follower.leave();
  });

  it('have everything fetched again after the database was away, which ends no stream', async () => {
    const follower = await Follower.of(following.url, sessionId, { cookie });
    proxy.takeAway();
    await record('buurtvader');
    proxy.giveBack();
    // The change itself may be reported first, if it arrives before the connection breaks.
    const isAll = ({ event }: { event: string }): boolean => event === 'all';
    await until('everything is to be fetched', () => follower.heard.some(isAll), { longestMs: 10_000 });
    expect(follower.last.version).not.toBe(follower.heard[0].version);
    const heard = follower.heard.length;
    await record('stagiair');
    expect((await follower.after(heard, TWO_SECONDS)).event).toBe('version');
    follower.leave();
  }, 30_000);

  it('go on when the connection that listens is ended', async () => {
    const follower = await Follower.of(following.url, sessionId, { cookie });
    const [before] = await listeners();
    const admin = new pg.Client({ connectionString: place.environment.DATABASE_URL });
    await admin.connect();
    await admin.query('SELECT pg_terminate_backend($1)', [before]);
    await admin.end();
    expect((await follower.after(1)).event).toBe('all');
    await record('conciërge');
    expect((await follower.after(2, TWO_SECONDS)).event).toBe('version');
    follower.leave();
  });
});
