import { afterEach, beforeEach, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import supertest from 'supertest';
import { HoldWatch } from '../../src/platform/mail/hold-watch.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { startService } from '../support/app.js';
import { handOn, type Service, takeOver } from '../support/handed-on.js';
import { Make } from '../support/make.js';

const MORNING = '2026-06-02T08:00:00Z';
const LATER = '2026-11-23T09:00:00Z';

let service: Service;
beforeEach(async () => {
  // A service left behind by an earlier file.
  await takeOver({}, MORNING)?.stop();
  service = await startService('sqlite', { SMTP_URL: 'smtp://127.0.0.1:2' }, MORNING);
});
afterEach(() => service.stop());

/** Every row of a database. */
function rowsIn(path: string): Record<string, unknown[]> {
  const file = new BetterSqlite3(path, { readonly: true });
  const tables = file.prepare<[], string>(`SELECT "name" FROM sqlite_master WHERE "type" = 'table'`).pluck().all();
  const found = tables.map((name) => [name, file.prepare(`SELECT * FROM "${name}"`).all()] as const);
  file.close();
  return Object.fromEntries(found);
}

it('leaves the next file a service with nothing in it, and with its own settings and clock', async () => {
  const { DATABASE_PATH, FILES_PATH } = service.place.environment;
  const { app, clock } = service;
  const make = new Make(app.get(Transactions), clock);
  const token = await make.signedIn('admin');
  const area = await make.area();
  const read = () => supertest(service.server).get(`/v1/areas/${area.id}`).set('Authorization', token);
  await read().expect(200);
  mkdirSync(FILES_PATH);
  writeFileSync(join(FILES_PATH, 'kaart'), 'x');
  service.settings.MUNICIPALITY = 'Elders';
  await handOn(service);
  expect(takeOver({ SMTP_URL: '' }, LATER)).toBe(service);
  expect(rowsIn(DATABASE_PATH)).toEqual(rowsIn(process.env.TEST_SQLITE_TEMPLATE!));
  expect(existsSync(FILES_PATH)).toBe(false);
  expect(service.settings).toMatchObject({ MUNICIPALITY: 'Gemeente', SMTP_URL: '' });
  expect(service.clock.today()).toBe('2026-11-23');
  await read().expect(401);
  const again = await new Make(app.get(Transactions), clock).signedIn('admin');
  await supertest(service.server).get('/v1/areas').set('Authorization', again).expect(200);
});

it('stops a service that remembers something of its file', async () => {
  Object.assign(service.app.get(HoldWatch), { isHeld: true });
  await handOn(service);
  expect(takeOver({}, LATER)).toBeUndefined();
  expect(service.server.listening).toBe(false);
});

it('stops a service if there is one for the next file', async () => {
  const other = await startService('sqlite', {}, MORNING);
  await handOn(other);
  await handOn(service);
  expect([other.server.listening, service.server.listening]).toEqual([true, false]);
  await takeOver({}, LATER)!.stop();
});
