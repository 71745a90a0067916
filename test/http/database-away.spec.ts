import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { Clock } from '../../src/platform/common/clock.js';
import type { Database } from '../../src/platform/database/database.js';
import { openDatabase } from '../../src/platform/database/data-source.js';
import { isDatabaseAway } from '../../src/platform/postgres/postgres-errors.js';
import { rows } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { readSettings } from '../../src/platform/settings.js';
import { SCHEMA } from '../../src/schema.js';
import { describeOnPostgres, newPlace } from '../support/app.js';
import { DatabaseProxy } from '../support/database-proxy.js';
import { Make } from '../support/make.js';
import { type Service, startService } from '../support/service.js';
import { until } from '../support/until.js';

describeOnPostgres('a PostgreSQL that goes away', () => {
  let place: Awaited<ReturnType<typeof newPlace>>;
  let database: Database;
  let proxy: DatabaseProxy;
  let service: Service;
  let headers: Record<string, string>;
  let cookie: string;

  beforeAll(async () => {
    place = await newPlace('postgresql', true);
    database = await openDatabase(readSettings(place.environment), SCHEMA, false);
    const make = new Make(new Transactions(database), new Clock());
    headers = { authorization: await make.signedIn('admin'), 'content-type': 'application/json' };
    const admin = await make.person();
    await make.grant(admin.id, 'admin', (await make.area({ kind: 'municipality' })).id);
    cookie = await make.cookie(admin.id);
    proxy = await DatabaseProxy.before(place.environment.DATABASE_URL);
    service = await startService({ ...place.environment, DATABASE_URL: proxy.url, NODE_ENV: 'production' });
  });
  afterAll(async () => {
    await service?.stop();
    await proxy?.stop();
    await database?.onApplicationShutdown();
    await place?.remove();
  });
  beforeEach(() => proxy.giveBack());

  const get = (path: string) => fetch(service.url + path, { headers });
  const add = (name: string, key?: string) =>
    fetch(`${service.url}/v1/organisations`, {
      method: 'POST',
      headers: { ...headers, ...(key && { 'idempotency-key': key }) },
      body: JSON.stringify({ name, kind: 'other' }),
    });
  const isBack = () => until('the service has its database again', async () => (await get('/v1/areas')).status === 200);

  it('may lose backends under load: every request is answered, with 503 at worst, and the process survives', async () => {
    const admin = new pg.Client({ connectionString: place.environment.DATABASE_URL });
    await admin.connect();
    const statuses = new Set<number>();
    for (let round = 0; round < 8; round += 1) {
      const asked = Array.from({ length: 40 }, (_, n) =>
        n % 2 === 0 ? get('/v1/areas') : add(`Bewoners ${round} ${n}`),
      );
      for (let blow = 0; blow < 6; blow += 1) {
        await admin.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE datname = current_database() AND pid <> pg_backend_pid()`,
        );
        await sleep(5 * blow);
      }
      for (const answer of await Promise.all(asked)) {
        statuses.add(answer.status);
        await answer.arrayBuffer();
      }
    }
    await admin.end();
    expect([...statuses].filter((status) => ![200, 201, 503].includes(status))).toEqual([]);
    expect(service.process.exitCode).toBeNull();
    await isBack();
  });

  it('is answered with 503 and Retry-After while it is away, and found again when it is back', async () => {
    proxy.takeAway();
    for (const answer of [await get('/v1/areas'), await get('/health/ready'), await add('Dorpsraad Zwammerdam')]) {
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        503,
        expect.stringContaining('application/problem+json'),
      ]);
      expect(answer.headers.get('retry-after')).toBe('5');
      expect(await answer.json()).toMatchObject({ status: 503, code: 'DATABASE_UNAVAILABLE' });
    }
    expect((await get('/health/live')).status).toBe(200);
    proxy.giveBack();
    await isBack();
  });

  it('is said in the log once, and not by each request that fails', async () => {
    const before = service.output().length;
    proxy.takeAway();
    for (let n = 0; n < 20; n += 1)
      for (const path of ['/v1/areas', '/health/ready', '/openbaar']) expect((await get(path)).status).toBe(503);
    proxy.giveBack();
    await isBack();
    await until('it is written', () => service.output().length > before, { longestMs: 3_000 }).catch(() => {});
    const said = service.output().slice(before).split('\n');
    expect(said.filter((line) => line.startsWith('{"level":50')).length).toBeLessThanOrEqual(1);
  });

  it('is reported on pages in Dutch, and after posting a form', async () => {
    const ask = (path: string, init: RequestInit = {}) =>
      fetch(service.url + path, { ...init, headers: { accept: 'text/html', cookie, ...init.headers } });
    proxy.takeAway();
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const post = { method: 'POST', body: 'name=Politie', headers: type };
    for (const answer of [
      await ask('/beheer/organisaties'),
      await ask('/mijn-acties'),
      await ask('/openbaar'),
      await ask('/beheer/organisaties/nieuw', post),
    ]) {
      const html = await answer.text();
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
      expect(html).toContain('<h1>Even geduld</h1>');
    }
    proxy.giveBack();
    await isBack();
  });

  it('does not keep a request for ever when it accepts connections and answers nothing', async () => {
    const settings = { ...readSettings(place.environment), DATABASE_URL: proxy.url };
    const behind = await openDatabase(settings, SCHEMA, true, 300);
    const read = () => rows(behind.reader, 'SELECT "id" FROM "areas"');
    const write = () => new Transactions(behind).run((manager) => manager.query('UPDATE "areas" SET "name" = "name"'));
    expect(await read()).not.toEqual([]);
    proxy.freeze();
    for (const ask of [read, write])
      expect(
        await ask().then(
          () => 'answered',
          (error) => isDatabaseAway(error),
        ),
      ).toBe(true);
    proxy.giveBack();
    expect(await read()).not.toEqual([]);
    await write();
    await behind.onApplicationShutdown();
  });

  it('asks to repeat a write of unknown outcome with the same key, which performs it once', async () => {
    proxy.loseCommits();
    const lost = await add('Dorpsraad Boskoop', 'sleutel-1');
    expect([lost.status, lost.headers.get('retry-after')]).toEqual([503, '5']);
    const problem = (await lost.json()) as { code: string; detail: string };
    expect(problem.code).toBe('OUTCOME_UNKNOWN');
    expect(problem.detail).toContain('the same Idempotency-Key');
    proxy.giveBack();
    await isBack();
    const again = await add('Dorpsraad Boskoop', 'sleutel-1');
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 'true']);
  });

  it('prepares only frequent statements, and again when their tables change', async () => {
    const often = 'SELECT count(*) AS "n" FROM "organisations" o WHERE o."kind" = $1';
    await database.writer.transaction(async (manager) => {
      const [{ n }] = await rows<{ n: number }>(manager, often, ['police']);
      for (let time = 0; time < 20; time += 1) expect(await rows(manager, often, ['police'])).toEqual([{ n }]);
      await rows(manager, `${often} AND o."name" <> $2`, ['police', 'x']);
      await manager.query('ALTER TABLE "organisations" ADD COLUMN "other" integer');
      expect(await rows(manager, often, ['police'])).toEqual([{ n }]);
      await manager.query('ALTER TABLE "organisations" DROP COLUMN "other"');
      const planned = 'SELECT "statement" FROM pg_prepared_statements WHERE "statement" LIKE $1';
      expect(await rows(manager, planned, [`${often}%`])).toEqual([{ statement: often }]);
    });
  });
});
