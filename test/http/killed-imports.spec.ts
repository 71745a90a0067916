import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { verify } from '../../src/admin.js';
import { Clock } from '../../src/platform/common/clock.js';
import { openDatabase } from '../../src/platform/database/data-source.js';
import type { Database } from '../../src/platform/database/database.js';
import { rows } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { readSettings } from '../../src/platform/settings.js';
import { SCHEMA } from '../../src/schema.js';
import { newPlace } from '../support/app.js';
import { Make } from '../support/make.js';
import { type Service, startService } from '../support/service.js';

const ROWS = 1500;
/** In which a preview of so many rows is kept. */
const PARTS = 6;
/** The share of the time it takes, measured first, after which the process is killed. */
const MOMENTS = [0.1, 0.3, 0.5];

describe('a process on SQLite that is killed while a list is taken in', () => {
  let place: Awaited<ReturnType<typeof newPlace>>;
  let database: Database;
  let service: Service;
  let areaId: string;
  let chair: string;
  /** How long it takes in ms: to read a list, and to carry it out. */
  const takes = { proposing: 0, executing: 0 };

  beforeAll(async () => {
    place = await newPlace('sqlite', true);
    database = await openDatabase(readSettings(place.environment), SCHEMA, false);
    const make = new Make(new Transactions(database), new Clock());
    areaId = (await make.area({ name: 'Boskoop', code: 'BOS' })).id;
    await make.organisation({ name: 'Politie' });
    chair = await make.signedIn('chair', areaId);
    service = await startService(place.environment);
    const began = performance.now();
    const { body } = await propose('Eerste');
    takes.proposing = performance.now() - began;
    expect((await execute(body.id)).status).toBe(200);
    takes.executing = performance.now() - began - takes.proposing;
  }, 60_000);
  afterAll(async () => {
    await service?.stop();
    await database?.onApplicationShutdown();
    await place?.remove();
  });

  const ask = async (method: string, path: string, body?: string) => {
    const headers = { authorization: chair, 'if-match': '"1"', ...(body ? { 'content-type': 'text/csv' } : {}) };
    const answer = await fetch(service.url + path, { method, headers, body });
    return { status: answer.status, body: (await answer.json()) as { id: string; code: string; total: number } };
  };
  const propose = (what: string) => {
    const lines = Array.from({ length: ROWS }, (_, n) => `${what} ${n};Politie;z.s.m.;${n % 5 ? '' : 'loopt: gebeld'}`);
    return ask('POST', `/v1/action-imports?area=${areaId}`, ['actie;wie;wanneer;stand van zaken', ...lines].join('\n'));
  };
  const execute = (id: string) => ask('PUT', `/v1/action-imports/${id}/execution`);
  const count = async (sql: string, values: string[] = []): Promise<number> =>
    (await rows<{ n: number }>(database.reader, `SELECT count(*) AS "n" ${sql}`, values))[0].n;
  const made = (what: string) => count('FROM "actions" WHERE "title" LIKE $1', [`${what} %`]);
  const killDuring = async (ms: number, work: () => Promise<{ status: number }>): Promise<number> => {
    const asked = work().then(
      ({ status }) => status,
      () => 0,
    );
    await sleep(ms);
    service.process.kill('SIGKILL');
    const status = await asked;
    service = await startService(place.environment);
    return status;
  };

  it.each(MOMENTS)(
    'carries it out wholly or not at all after %d of the time, and once when it is asked again',
    async (part) => {
      const what = `Bank${part}`;
      const { body } = await propose(what);
      const entries = () =>
        count('FROM "audit_entries" WHERE "objectId" = $1 AND "operation" = $2', [body.id, 'action_import.executed']);
      const before = await count('FROM "action_updates"');
      const status = await killDuring(takes.executing * part, () => execute(body.id));
      const first = await made(what);
      expect(status === 200 ? [ROWS] : [0, ROWS]).toContain(first);
      expect(await entries()).toBe(first / ROWS);
      const again = await execute(body.id);
      expect([again.status, again.body.code]).toEqual(first === 0 ? [200, undefined] : [409, 'IMPORT_EXECUTED']);
      expect([await made(what), await entries()]).toEqual([ROWS, 1]);
      expect((await count('FROM "action_updates"')) - before).toBe(ROWS + ROWS / 5);
      expect((await ask('GET', `/v1/actions?area=${areaId}&q=${what}`)).body.total).toBe(ROWS);
    },
    60_000,
  );

  it.each(MOMENTS)(
    'keeps the preview wholly or not at all after %d of the time, and reads it when it is sent again',
    async (part) => {
      const what = `Heg${part}`;
      const lists = () => count('FROM "action_imports"');
      const parts = () => count('FROM "action_import_parts"');
      const before = [await lists(), await parts()];
      await killDuring(takes.proposing * part, () => propose(what));
      expect((await parts()) - before[1]).toBe(PARTS * ((await lists()) - before[0]));
      const { body } = await propose(what);
      expect((await execute(body.id)).status).toBe(200);
      expect(await made(what)).toBe(ROWS);
    },
    60_000,
  );

  it('keeps the chains of the audit trail and the file of the database intact', async () => {
    expect(await verify(database)).toMatchObject({ isWhole: true });
    const [found] = await rows<{ integrity_check: string }>(database.reader, 'PRAGMA integrity_check');
    expect(found.integrity_check).toBe('ok');
  });
});
