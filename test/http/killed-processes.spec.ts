import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { verify } from '../../src/admin.js';
import { addDays } from '../../src/platform/common/calendar-date.js';
import { Clock } from '../../src/platform/common/clock.js';
import { openDatabase } from '../../src/platform/database/data-source.js';
import type { Database } from '../../src/platform/database/database.js';
import { rows } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { readSettings } from '../../src/platform/settings.js';
import { SCHEMA } from '../../src/schema.js';
import { describeOnPostgres, newPlace } from '../support/app.js';
import { Follower } from '../support/follower.js';
import { Make } from '../support/make.js';
import { type Service, startService } from '../support/service.js';

const ROWS = 1500;
/** When the process is killed, in ms after it was asked to do something that takes longer than the last of these. */
const MOMENTS = [5, 60, 200, 500];

describeOnPostgres('two processes on one PostgreSQL, of which one may be killed', () => {
  let place: Awaited<ReturnType<typeof newPlace>>;
  let database: Database;
  let make: Make;
  let one: Service;
  let other: Service;
  let areaId: string;
  let admin: string;
  let chair: string;

  beforeAll(async () => {
    // Empty: both of them migrate it.
    place = await newPlace('postgresql');
    [one, other] = await Promise.all([startService(place.environment), startService(place.environment)]);
    database = await openDatabase(readSettings(place.environment), SCHEMA, false);
    make = new Make(new Transactions(database), new Clock());
    areaId = (await make.area({ name: 'Boskoop', code: 'BOS' })).id;
    [admin, chair] = [await make.signedIn('admin'), await make.signedIn('chair', areaId)];
  }, 120_000);
  afterAll(async () => {
    await Promise.all([one?.stop(), other?.stop()]);
    await database?.onApplicationShutdown();
    await place?.remove();
  });

  const ask = async (
    service: Service,
    method: string,
    path: string,
    by: string,
    body?: object | string,
    tag = '"1"',
  ) => {
    const type = typeof body === 'string' ? 'text/csv' : 'application/json';
    const headers = { authorization: by, 'if-match': tag, ...(body ? { 'content-type': type } : {}) };
    const sent = typeof body === 'object' ? JSON.stringify(body) : body;
    const answer = await fetch(service.url + path, { method, headers, body: sent });
    const text = await answer.text();
    return { status: answer.status, body: (text ? JSON.parse(text) : {}) as Record<string, string> };
  };
  const count = async (sql: string, values: string[] = []): Promise<number> =>
    (await rows<{ n: number }>(database.reader, `SELECT count(*) AS "n" ${sql}`, values))[0].n;
  /** Asks the first process, kills it this many ms later and starts another in its place; the status if it still answered. */
  const killDuring = async (ms: number, path: string, by: string, body?: object): Promise<number> => {
    const asked = ask(one, 'PUT', path, by, body).then(
      ({ status }) => status,
      () => 0,
    );
    await sleep(ms);
    one.process.kill('SIGKILL');
    const status = await asked;
    one = await startService(place.environment);
    return status;
  };

  it('migrate an empty database once when they start together', async () => {
    expect(await count('FROM "migrations"')).toBe(SCHEMA.migrations.length);
    expect((await ask(one, 'GET', '/health/ready', admin)).status).toBe(200);
    expect((await ask(other, 'GET', '/health/ready', admin)).status).toBe(200);
  });

  it.each(MOMENTS)(
    'imports a list wholly or not at all when it is killed after %i ms, and once when it is asked again',
    async (ms) => {
      await make.organisation({ name: `Lijst ${ms}` });
      const lines = Array.from({ length: ROWS }, (_, n) => `Bank ${ms}.${n};Lijst ${ms};z.s.m.`);
      const list = ['actie;wie;wanneer', ...lines].join('\n');
      const { body } = await ask(one, 'POST', `/v1/action-imports?area=${areaId}`, chair, list);
      const path = `/v1/action-imports/${body.id}/execution`;
      const made = () => count('FROM "actions" WHERE "title" LIKE $1', [`Bank ${ms}.%`]);
      const status = await killDuring(ms, path, chair);
      const first = await made();
      expect(status === 200 ? [ROWS] : [0, ROWS]).toContain(first);
      const again = await Promise.all([ask(one, 'PUT', path, chair), ask(other, 'PUT', path, chair)]);
      const times = again.filter((answer) => answer.status === 200).length;
      expect([first, times, again.every((answer) => [200, 409, 412].includes(answer.status))]).toEqual([
        first,
        first === 0 ? 1 : expect.any(Number),
        true,
      ]);
      expect(await made()).toBe(ROWS);
      expect(
        await count('FROM "action_updates" u JOIN "actions" a ON a."id" = u."actionId" WHERE a."title" LIKE $1', [
          `Bank ${ms}.%`,
        ]),
      ).toBe(ROWS);
    },
    90_000,
  );

  it.each(MOMENTS.slice(0, 3))(
    'merges an organisation with its actions wholly or not at all when it is killed after %i ms',
    async (ms) => {
      const from = await make.organisation({ name: `Oud ${ms}` });
      const into = await make.organisation({ name: `Nieuw ${ms}` });
      for (let n = 0; n < 60; n += 1) await make.action({ areaId, ownerId: from.id });
      const path = `/v1/organisations/${from.id}/merger`;
      const left = () => count('FROM "actions" WHERE "ownerId" = $1', [from.id]);
      await killDuring(ms, path, admin, { intoId: into.id });
      expect([0, 60]).toContain(await left());
      await ask(other, 'PUT', path, admin, { intoId: into.id });
      expect([await left(), await count('FROM "actions" WHERE "ownerId" = $1', [into.id])]).toEqual([0, 60]);
      const merged = await rows<{ sequence: number }>(
        database.reader,
        `SELECT "sequence" FROM "audit_entries" WHERE "operation" = 'organisation.merged' AND "objectId" = $1`,
        [from.id],
      );
      expect(merged).toHaveLength(1);
    },
    60_000,
  );

  it('closes a session in one while actions are recorded in the other: what was accepted is in its minutes', async () => {
    const owner = await make.organisation({ name: 'Politie' });
    const meeting = await make.meeting(areaId, { minutesForm: 'decisions_and_actions' });
    const { id } = await make.session(meeting.id, { state: 'open' });
    const accepted: string[] = [];
    const refused: string[] = [];
    let isClosed = false;
    const recording = Promise.all(
      [one, other, one, other].map(async (service, line) => {
        for (let n = 0; n < 200 && !isClosed; n += 1) {
          const action = { title: `Heg ${line}.${n}`, ownerId: owner.id, dueKind: 'asap' };
          const { status, body } = await ask(service, 'POST', `/v1/sessions/${id}/actions`, chair, action);
          if (status === 201) accepted.push(body.number);
          else refused.push(`${status} ${body.code}`);
        }
      }),
    );
    await sleep(150);
    const { body: session } = await ask(other, 'GET', `/v1/sessions/${id}`, chair);
    const closed = await ask(other, 'PUT', `/v1/sessions/${id}/closing`, chair, undefined, `"${session.version}"`);
    isClosed = true;
    await recording;
    expect([closed.status, closed.body.code]).toEqual([200, undefined]);
    expect(new Set(refused)).toEqual(new Set(refused.length > 0 ? ['409 SESSION_NOT_OPEN'] : []));
    const { body: minutes } = await ask(one, 'GET', `/v1/sessions/${id}/minutes`, chair);
    expect(accepted.length).toBeGreaterThan(0);
    const text = JSON.stringify(minutes);
    expect(accepted.filter((number) => !text.includes(`"${number}"`))).toEqual([]);
  }, 60_000);

  it('refuses in one, from the next request on, whoever lost their rights in the other, and tells them of nothing more', async () => {
    const { id: sessionId } = await make.session((await make.meeting(areaId)).id, { state: 'open' });
    const person = await make.person();
    const grant = await make.grant(person.id, 'chair', areaId, { fromOn: '2026-01-01' });
    const [token, cookie] = [await make.token(person.id), await make.cookie(person.id)];
    const follower = await Follower.of(other.url, sessionId, { cookie });
    const read = async () => (await ask(other, 'GET', `/v1/sessions/${sessionId}`, token)).status;
    expect(await read()).toBe(200);
    const yesterday = addDays(new Clock().today(), -1);
    expect((await ask(one, 'PATCH', `/v1/grants/${grant.id}`, admin, { untilOn: yesterday })).status).toBe(200);
    expect(await read()).toBe(403);
    const { length } = follower.heard;
    const guest = { guestName: 'stagiair', status: 'present' };
    expect((await ask(one, 'POST', `/v1/sessions/${sessionId}/attendances`, chair, guest)).status).toBe(201);
    await follower.untilEnded();
    expect(follower.heard).toHaveLength(length);
  }, 30_000);

  it('keeps the chains of the audit trail intact through all of it', async () => {
    expect(await verify(database)).toMatchObject({ isWhole: true });
  });
});
