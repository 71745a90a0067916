import { describe, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { verify } from '../../src/admin.js';
import { FileStore } from '../../src/files/file-store.js';
import { rows } from '../../src/platform/database/rows.js';
import { startApp } from '../support/app.js';
import { clientOf } from '../support/client.js';
import { noise, pdf } from '../support/files.js';
import { fillDisk, smallDisk } from '../support/small-disk.js';

describe('a database that somebody else holds', () => {
  it('is waited for 4 seconds, and answers 503 with Retry-After after 5; reading goes on meanwhile', async () => {
    const [short, long] = await Promise.all([startApp('sqlite'), startApp('sqlite')]);
    const held = async (t: typeof short, ms: number) => {
      const token = await t.make.signedIn('admin');
      const other = new BetterSqlite3(t.settings.DATABASE_PATH);
      other.exec('BEGIN IMMEDIATE');
      const client = await clientOf(t);
      const since = performance.now();
      const send = (method: string, path: string, body?: object) =>
        client({ method, path, body, headers: { authorization: token } });
      const writing = send('POST', '/v1/organisations', { name: 'Habeko Wonen', kind: 'housing' });
      const reads = [];
      for (let n = 0; n < 10; n += 1) {
        const asked = performance.now();
        expect((await send('GET', '/v1/areas')).status).toBe(200);
        reads.push(performance.now() - asked);
      }
      expect((await send('GET', '/health/live')).status).toBe(200);
      // Had they waited, it would have been for as long as the other holds the lock.
      expect(Math.max(...reads)).toBeLessThan(3000);
      await Promise.race([writing, sleep(ms - (performance.now() - since))]);
      const held = performance.now() - since;
      other.exec('ROLLBACK');
      other.close();
      return {
        answer: await writing,
        seconds: held / 1000,
        again: await send('POST', '/v1/organisations', { name: 'Politie', kind: 'police' }),
      };
    };
    const [waited, refused] = await Promise.all([held(short, 4000), held(long, 30_000)]);
    expect([waited.answer.status, Math.round(waited.seconds)]).toEqual([201, 4]);
    expect(refused.answer).toMatchObject({ status: 503, type: 'application/problem+json' });
    expect(refused.answer.headers['retry-after']).toBe('5');
    expect(refused.seconds).toBeLessThan(8);
    expect(refused.again.status).toBe(201);
  });
});

describe('a disk that is full', () => {
  it('stores nothing by half, stays consistent, says so, and works again when there is space', async () => {
    const disk = smallDisk();
    if (!disk) return console.log('No small disk can be mounted here: a full one was not tried.');
    const t = await startApp('sqlite', { environment: { DATABASE_PATH: join(disk, 'w.sqlite') } });
    const token = await t.make.signedIn('admin');
    const client = await clientOf(t);
    const send = (method: string, path: string, body?: object) =>
      client({ method, path, body, headers: { authorization: token } });
    const add = (name: string) => {
      const aliases = Array.from({ length: 20 }, (_, n) => `${name} ${n} ${'x'.repeat(80)}`);
      return send('POST', '/v1/organisations', { name, kind: 'other', aliases });
    };
    const acknowledged: string[] = [];
    let refused = 0;
    for (let round = 0; round < 4; round += 1) {
      const free = fillDisk(disk, 40_000 + Math.floor(Math.random() * 60_000));
      for (let n = 0; n < 40; n += 1) {
        const names = Array.from({ length: 5 }, (_, m) => `ronde ${round} ${n} ${m}`);
        const answers = await Promise.all(names.map(add));
        for (const [m, { status, headers }] of answers.entries()) {
          if (status === 201) acknowledged.push(names[m]);
          else {
            refused += 1;
            expect([status, headers['retry-after']]).toEqual([503, '5']);
          }
        }
        if (answers.every(({ status }) => status === 503)) break;
      }
      expect((await send('GET', '/health/live')).status).toBe(200);
      const ready = await send('GET', '/health/ready');
      expect([ready.status, ready.text]).toEqual([503, expect.stringContaining('STORAGE_REFUSES')]);
      expect((await send('GET', '/v1/organisations?pageSize=1')).status).toBe(200);
      free();
      const name = `weer ruimte ${round}`;
      expect((await add(name)).status).toBe(201);
      acknowledged.push(name);
      expect((await send('GET', '/health/ready')).status).toBe(200);
    }
    expect(refused).toBeGreaterThan(10);
    const kept = await rows<{ name: string }>(t.database.reader, 'SELECT "name" FROM "organisations"');
    expect(kept.map(({ name }) => name).sort()).toEqual(acknowledged.sort());
    const written = await rows<{ n: number }>(
      t.database.reader,
      `SELECT count(*) AS "n" FROM "audit_entries" WHERE "operation" = 'organisation.created'`,
    );
    expect(written[0].n).toBe(acknowledged.length);
    expect(await verify(t.database)).toMatchObject({ isWhole: true });
    expect(await t.database.reader.query('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  }, 60_000);
});

describe('a disk without room for files', () => {
  const begin = async (environment: Record<string, string> = {}) => {
    const t = await startApp('sqlite', { environment });
    const admin = await t.make.signedIn('admin');
    const area = await t.make.area();
    const chair = await t.make.signedIn('chair', area.id);
    const action = await t.make.action({ areaId: area.id });
    const send = (file: Buffer, name: string) =>
      t.api.post(`/v1/actions/${action.id}/files`).set('Authorization', chair).attach('file', file, name);
    const nothingIsLeft = async () => {
      expect(readdirSync(t.settings.FILES_PATH)).toEqual([]);
      expect(await rows(t.database.reader, 'SELECT "id" FROM "files"')).toEqual([]);
      // Nothing else is refused because of it.
      const { id } = (await t.api.post('/v1/organisations').set('Authorization', admin).send(POLICE).expect(201)).body;
      await t.api.get(`/v1/organisations/${id}`).set('Authorization', admin).expect(200);
      expect(await verify(t.database, t.app.get(FileStore))).toMatchObject({ isWhole: true });
    };
    return { send, nothingIsLeft };
  };
  const POLICE = { name: 'Politie', kind: 'police' };

  it('refuses a file that does not fit, and the picture made of one that does, and leaves nothing of either', async () => {
    const disk = smallDisk('1m');
    if (!disk) return console.log('No small disk can be mounted here: a full one was not tried.');
    const { send, nothingIsLeft } = await begin({ FILES_PATH: disk });
    const picture = await noise(520);
    expect(picture.length).toBeLessThan(1_000_000);
    for (const [file, name] of [
      [pdf(3_000_000), 'groot.pdf'],
      [picture, 'ruis.png'],
    ] as const) {
      const { headers, body } = await send(file, name).expect(503);
      expect([headers['retry-after'], body.detail]).toEqual(['5', expect.stringContaining('Nothing was stored')]);
    }
    await nothingIsLeft();
    await send(pdf(), 'klein.pdf').expect(201);
  });
});
