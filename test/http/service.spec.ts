import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Clock } from '../../src/platform/common/clock.js';
import { openDatabase } from '../../src/platform/database/data-source.js';
import type { Database } from '../../src/platform/database/database.js';
import { execute } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { MailLinks } from '../../src/platform/mail/mail-links.service.js';
import { SCHEMA } from '../../src/schema.js';
import { readSettings } from '../../src/platform/settings.js';
import { newPlace, onBothDatabases } from '../support/app.js';
import { Make } from '../support/make.js';
import { type Service, startService } from '../support/service.js';

const newPath = () => join(mkdtempSync(join(tmpdir(), 'wijkagenda-service-')), 'data', 'w.sqlite');

onBothDatabases((kind) => {
  let place: Awaited<ReturnType<typeof newPlace>>;
  let database: Database;
  let transactions: Transactions;
  let make: Make;
  let service: Service;
  beforeAll(async () => {
    place = await newPlace(kind);
    database = await openDatabase(readSettings(place.environment), SCHEMA, false);
    transactions = new Transactions(database);
    make = new Make(transactions, new Clock());
    service = await startService(place.environment);
  });
  afterAll(async () => {
    await service?.stop();
    await database?.onApplicationShutdown();
    await place?.remove();
  });

  it('counts a review and makes its PDF in threads of its own, while other requests go on', async () => {
    const area = await make.area({ name: 'Boskoop' });
    for (let one = 0; one < 5; one += 1) await make.action({ areaId: area.id, recordedOn: '2025-03-01' });
    const headers = { authorization: await make.signedIn('chair'), 'content-type': 'application/json' };
    const body = JSON.stringify({ areaId: area.id, fromOn: '2025-01-01', asOf: '2025-12-31' });
    const made = await fetch(`${service.url}/v1/reviews`, { method: 'POST', headers, body });
    const { id, figures } = (await made.json()) as { id: string; figures: { total: object } };
    expect(figures.total).toMatchObject({ agreed: 5, overdue: 5 });
    let isPrinted = false;
    const printing = fetch(`${service.url}/v1/reviews/${id}`, { headers: { ...headers, accept: 'application/pdf' } });
    void printing.then(() => (isPrinted = true));
    let answeredMeanwhile = 0;
    for (const latest = performance.now() + 20_000; !isPrinted && performance.now() < latest;) {
      expect((await fetch(`${service.url}/v1/actions?area=${area.id}`, { headers })).status).toBe(200);
      if (!isPrinted) answeredMeanwhile += 1;
    }
    const pdf = Buffer.from(await (await printing).arrayBuffer());
    expect([(await printing).status, pdf.subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
    expect(answeredMeanwhile).toBeGreaterThan(0);
  });

  it('takes away rights from the next request on, also when another process ends them', async () => {
    const headers = { authorization: await make.signedIn('admin') };
    const read = async (path: string) => (await fetch(`${service.url}${path}`, { headers })).status;
    expect(await read('/v1/grants')).toBe(200);
    expect(await read('/v1/grants')).toBe(200);
    await transactions.run((manager) => execute(manager, 'DELETE FROM "grants"'));
    expect(await read('/v1/grants')).toBe(403);
    await transactions.run((manager) => execute(manager, 'DELETE FROM "api_tokens"'));
    expect(await read('/v1/me')).toBe(401);
  });

  it('keeps what it acknowledged when it is killed, and ends with 0 when it is asked to stop', async () => {
    const authorization = await make.signedIn('admin');
    const made = await fetch(`${service.url}/v1/organisations`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Dorpsraad Boskoop', kind: 'residents' }),
    });
    service.process.kill('SIGKILL');
    const { id } = (await made.json()) as { id: string };
    service = await startService(place.environment);
    const answer = await fetch(`${service.url}/v1/organisations/${id}`, { headers: { authorization } });
    expect(await answer.json()).toMatchObject({ name: 'Dorpsraad Boskoop' });
    expect(await service.stop()).toBe(0);
  });
});

describe('the built service in production', () => {
  it('starts without settings, says that mail is not set up, and stops when asked', async () => {
    const path = newPath();
    const service = await startService({ NODE_ENV: 'production', DATABASE_PATH: path });
    const ready = (await (await fetch(`${service.url}/health/ready`)).json()) as { status: string; mail: string };
    expect(ready).toMatchObject({ status: 'ok', mail: expect.stringContaining('not configured') });
    const key = statSync(join(path, '..', 'secret.key'));
    expect(key.mode & 0o777).toBe(0o600);
    expect(await service.stop()).toBe(0);
    expect(existsSync(path)).toBe(true);
  });

  it('logs one JSON line a request, with its id and without address or token', async () => {
    const service = await startService({ NODE_ENV: 'production', DATABASE_PATH: newPath() });
    const answer = await fetch(`${service.url}/v1/areas?q=geheim`, {
      headers: { authorization: 'Bearer wa_geheimgeheim' },
    });
    await service.stop();
    const lines = service
      .output()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { reqId?: string });
    expect(lines.find(({ reqId }) => reqId === answer.headers.get('x-request-id'))).toMatchObject({
      method: 'GET',
      route: '/v1/areas',
      status: 401,
    });
    expect(service.output()).not.toContain('geheim');
  });

  it('never logs the token of a link in a mail, whatever comes of it', async () => {
    const { environment, remove } = await newPlace('sqlite');
    const database = await openDatabase(readSettings(environment), SCHEMA, false);
    const transactions = new Transactions(database);
    const clock = new Clock();
    const person = await new Make(transactions, clock).person();
    const link = { purpose: 'unsubscribe', personId: person.id, messageId: null, subjectIds: [], days: 14 };
    const links = new MailLinks(database, transactions, clock);
    const token = await transactions.run((manager) => links.issue(manager, link));
    await database.onApplicationShutdown();
    const service = await startService({ ...environment, LOG_LEVEL: 'debug' });
    const ask = async (path: string, init: RequestInit = {}) =>
      (await fetch(service.url + path, { redirect: 'manual', ...init })).status;
    const cookie = { cookie: `link=${token}`, 'content-type': 'application/x-www-form-urlencoded' };
    expect(await ask(`/afmelden/${token}`)).toBe(303);
    expect(await ask(`/antwoord/${token}?actie=x`)).toBe(404);
    expect(await ask(`/antwoord/${token}/weg`)).toBe(404);
    expect(await ask(`/besluit/%-${token}`)).toBe(400);
    expect(await ask(`/antwoord/${token.repeat(9)}`)).toBe(414);
    expect(await ask(`/afmelden/${token}`, { method: 'POST', headers: cookie, body: 'until=x' })).toBe(400);
    expect(await ask(`/waardering/${token}`, { method: 'DELETE', headers: cookie })).toBe(405);
    await service.stop();
    expect(service.output()).toContain('/afmelden/:key');
    expect(service.output()).not.toContain(token);
    await remove();
  });

  it.each([
    [{ PORT: 'abc' }, 'PORT must be a whole number'],
    [{ NODE_ENV: 'production', NOW: '2026-01-01T00:00:00Z' }, 'NOW must not be set in production'],
    [{ DATABASE_URL: 'postgres://u:p@127.0.0.1:1/x' }, 'SECRET_KEY must be set'],
  ])('refuses to start with %j and says why', async (environment, words) => {
    await expect(startService({ DATABASE_PATH: newPath(), ...(environment as object) })).rejects.toThrow(words);
  });
});
