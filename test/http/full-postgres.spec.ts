import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { verify } from '../../src/admin.js';
import { rows } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { MailKinds } from '../../src/platform/mail/mail-kinds.js';
import { Outbox } from '../../src/platform/mail/outbox.service.js';
import { describeOnPostgres, startApp, type TestApp } from '../support/app.js';
import { keepDelivering } from '../support/delivering.js';
import { type Answered, type Client, clientOf } from '../support/client.js';
import { Mailbox } from '../support/mailbox.js';
import { OwnPostgres } from '../support/own-postgres.js';
import { fillDisk, smallDisk } from '../support/small-disk.js';
import { until } from '../support/until.js';
import { MAIL, MONDAY } from './outbox.setup.js';

const MAILS = 12;
const REFUSALS = ['BUSY', 'DATABASE_UNAVAILABLE', 'OUTCOME_UNKNOWN'];

describeOnPostgres('a PostgreSQL whose disk is full', () => {
  let disk: string | undefined;
  let server: OwnPostgres;
  let mailbox: Mailbox;
  let t: TestApp;
  let client: Client;
  let authorization: string;
  let endOf: () => Promise<void> = async () => {};

  beforeAll(async () => {
    disk = smallDisk('160m');
    if (!disk) return;
    server = await OwnPostgres.start(disk);
    mailbox = await Mailbox.start({ answerMs: 0, dotMs: 20 });
    // What was claimed and could not be given back waits for the end of its lease.
    const leases = { MAIL_ATTEMPT_SECONDS: '5', MAIL_LEASE_SECONDS: '7' };
    const environment = { DATABASE_URL: server.urlOf(), SMTP_URL: mailbox.url, ...leases };
    t = await startApp('sqlite', { now: MONDAY, environment, isOwn: true });
    client = await clientOf(t);
    authorization = await t.make.signedIn('admin');
    t.app.get(MailKinds).register('test', { make: async () => MAIL });
  }, 60_000);
  afterAll(async () => {
    await t?.stop();
    await server?.remove();
  });

  afterEach(() => endOf());

  const get = (path: string) => client({ method: 'GET', path, headers: { authorization } });
  const add = (name: string): Promise<Answered> => {
    const aliases = Array.from({ length: 20 }, (_, n) => `${name} ${n} ${'x'.repeat(80)}`);
    const headers = { authorization, 'idempotency-key': name.replaceAll(' ', '-') };
    return client({ method: 'POST', path: '/v1/organisations', body: { name, kind: 'other', aliases }, headers });
  };
  const plan = (round: number) =>
    t.app.get(Transactions).run(async (manager) => {
      const mail = { kind: 'test', personId: null, batchId: null, payload: {}, expiresAt: '2026-06-07T22:00:00.000Z' };
      for (let n = 0; n < MAILS; n += 1)
        await t.app
          .get(Outbox)
          .plan(manager, { ...mail, dedupeKey: `${round} ${n}`, address: `w${round}-${n}@x.example` });
    });

  it.each([
    [0, 200_000],
    [1, 700_000],
  ])(
    'refuses writes with 503, stores nothing by half, and goes on by itself when there is room (%i: %i bytes left)',
    async (round, left) => {
      if (!disk) return console.log('No small disk can be mounted here: a full one was not tried.');
      await plan(round);
      let free = fillDisk(disk, left);
      const names: string[] = [];
      const endDelivering = keepDelivering(t);
      endOf = async () => {
        free();
        await endDelivering();
      };
      for (let n = 0, refused = 0; refused < 2; n += 1) {
        expect(n).toBeLessThan(400);
        const asked = Array.from({ length: 5 }, (_, m) => `ronde ${round} ${n} ${m}`);
        names.push(...asked);
        const answers = await Promise.all(asked.map(add));
        for (const { status, type, headers, text } of answers) {
          if (status === 201) continue;
          expect([status, type, headers['retry-after']]).toEqual([503, 'application/problem+json', '5']);
          expect(REFUSALS).toContain((JSON.parse(text) as { code: string }).code);
        }
        if (answers.every(({ status }) => status === 503)) refused += 1;
      }
      expect((await get('/health/live')).status).toBe(200);
      expect((await get('/health/ready')).status).toBe(503);
      expect([200, 503]).toContain((await get('/v1/organisations?pageSize=1')).status);
      free();
      free = () => {};
      // It recovers by itself if there is room by then; otherwise its operator starts it.
      if (!(await server.isRunning())) await server.resume();
      await until('the service is well again', async () => (await get('/health/ready')).status === 200, {
        longestMs: 20_000,
      });
      for (const name of names) expect((await add(name)).status).toBe(201);
      const sql = `SELECT "name" FROM "organisations" WHERE "name" LIKE $1`;
      const kept = await rows<{ name: string }>(t.database.reader, sql, [`ronde ${round} %`]);
      expect(kept.map(({ name }) => name).sort()).toEqual(names.sort());
      const isAllOut = () => {
        t.clock.set(new Date(Date.parse(t.clock.moment()) + 600_000).toISOString());
        return mailbox.messages.length >= MAILS * (round + 1);
      };
      await until('all mails are out', isAllOut, { longestMs: 20_000, everyMs: 200 });
      await endOf();
      expect(new Set(mailbox.messages.map(({ to }) => to)).size).toBe(mailbox.messages.length);
      expect(await verify(t.database)).toMatchObject({ isWhole: true });
    },
    120_000,
  );
});
