import { beforeAll, afterAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtempSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { backUp, restore } from '../../src/backup.js';
import { DigestScheduler } from '../../src/digests/digests.scheduler.js';
import { IntegrationsScheduler } from '../../src/integrations/integrations.scheduler.js';
import { newId } from '../../src/platform/common/ids.js';
import { openDatabase } from '../../src/platform/database/data-source.js';
import { holdMail, releaseMail } from '../../src/platform/mail/mail-hold.js';
import { row, rows } from '../../src/platform/database/rows.js';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { SCHEMA } from '../../src/schema.js';
import { KoersoverzichtRequest } from '../../src/wijkagenda/koersoverzicht/koersoverzicht-request.entity.js';
import { MonthlyPlanner } from '../../src/wijkagenda/koersoverzicht/monthly-planner.service.js';
import { type DatabaseKind, onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { distributionPostgres, startDistributionPostgres } from '../support/distribution-postgres.js';
import { Mailbox } from '../support/mailbox.js';
import { Receiver } from '../support/receiver.js';

const SUNDAY = '2026-05-31T20:00:00.000Z';
const MONDAY = '2026-06-01T06:05:00.000Z';
const MONDAY_AT_TEN = '2026-06-01T08:00:00.000Z';
const EIGHT_DAYS_LATER = '2026-06-09T08:00:00.000Z';
const MONDAY_AFTER = '2026-06-15T06:05:00.000Z';
const PARTNERS = 3;

const programs = distributionPostgres();
if (!programs) console.warn('NOT TRIED: pg_restore --clean. No PostgreSQL of the distribution is on this machine.');

/** Makes a backup and restores it in place; on PostgreSQL under a running service. */
interface Place {
  start(now: string, mailbox: Mailbox): Promise<TestApp>;
  backUp(t: TestApp): Promise<() => Promise<void>>;
  isRestoredUnderAService: boolean;
}

const NO_OUTSIDE = { WEBHOOK_PRIVATE_ADDRESSES: 'on' };
const newFolder = () => mkdtempSync(join(tmpdir(), 'wijkagenda-release-'));

function onSqlite(): Place {
  const path = join(newFolder(), 'w.sqlite');
  return {
    isRestoredUnderAService: false,
    start: (now, { url }) =>
      startApp('sqlite', { now, environment: { ...NO_OUTSIDE, DATABASE_PATH: path, SMTP_URL: url } }),
    backUp: async (t) => {
      const copy = join(newFolder(), 'kopie.sqlite');
      await backUp(t.settings, copy, SUNDAY);
      return async () => {
        for (const beside of ['', '-wal', '-shm']) {
          try {
            renameSync(`${path}${beside}`, join(newFolder(), 'oud'));
          } catch {
            // Only the file itself always exists.
          }
        }
        await restore(t.settings, copy, MONDAY_AT_TEN);
      };
    },
  };
}

let server: Awaited<ReturnType<typeof startDistributionPostgres>> | undefined;
let databases = 0;
const run = (program: string, ...words: string[]) => promisify(execFile)(join(programs!, program), words);

async function onPostgres(): Promise<Place> {
  const name = `release_${(databases += 1)}`;
  await run('createdb', `--maintenance-db=${server!.url}/postgres`, name);
  const url = `${server!.url}/${name}`;
  return {
    isRestoredUnderAService: true,
    start: (now, mailbox) =>
      startApp('sqlite', { now, environment: { ...NO_OUTSIDE, DATABASE_URL: url, SMTP_URL: mailbox.url } }),
    backUp: async () => {
      const dump = join(newFolder(), 'kopie.dump');
      await run('pg_dump', '--format=custom', `--file=${dump}`, url);
      return async () => {
        await run('pg_restore', '--clean', '--if-exists', '--no-owner', '--exit-on-error', `--dbname=${url}`, dump);
      };
    },
  };
}

onBothDatabases((kind) => {
  it('stops a running service when its copy is held, and on PostgreSQL when its rows were put back', async () => {
    const mailbox = await Mailbox.start();
    const t = await startApp(kind, { now: MONDAY, environment: { SMTP_URL: mailbox.url } });
    const owner = await t.make.person();
    const { id } = await t.make.area({ lastActionNumber: 122, lastConfidentialNumber: 0 });
    await t.make.action({ ownerPersonId: owner.id, recordedOn: '2026-04-01', dueOn: '2026-05-01' });
    // Any restore writes the rows again as they were.
    if (kind === 'postgresql') await t.database.writer.query('UPDATE "mail_hold" SET "home" = "home"');
    else await holdMail(t.database, MONDAY);
    await t.app.get(DigestScheduler).planAndDeliver();
    expect(await rows(t.database.reader, 'SELECT "id" FROM "outgoing_messages"')).toEqual([]);
    expect((await t.api.get('/health/ready').expect(200)).body.mail).toMatch(/^held/);
    if (kind === 'postgresql') expect(await counters(t, id)).toEqual({ open: 300, confidential: 100 });
  });
});

const counters = ({ database }: TestApp, areaId: string) =>
  row<{ open: number; confidential: number }>(
    database.reader,
    'SELECT "lastActionNumber" AS "open", "lastConfidentialNumber" AS "confidential" FROM "areas" WHERE "id" = $1',
    [areaId],
  );

const kinds: DatabaseKind[] = programs ? ['sqlite', 'postgresql'] : ['sqlite'];
describe.each(kinds)('on %s, a back-up of before Monday 08:00 that is put back in its own place', (kind) => {
  beforeAll(async () => {
    if (kind === 'postgresql') server = await startDistributionPostgres(programs!);
  }, 60_000);
  afterAll(() => {
    if (kind === 'postgresql') server?.stop();
  });

  const ring = async ({ app }: TestApp) => {
    await app.get(MonthlyPlanner).planDue();
    await app.get(DigestScheduler).planAndDeliver();
    await app.get(Delivery).deliverDue();
    await app.get(IntegrationsScheduler).run();
  };
  const weeks = async (t: TestApp) =>
    rows<{ state: string }>(
      t.database.reader,
      'SELECT "isoWeek" AS "week", "state", "reason" FROM "digest_runs" ORDER BY "dueAt"',
    );
  const release = async (t: TestApp, moment: string, sendsWeek = false) => {
    const database = await openDatabase(t.settings, SCHEMA, false);
    await releaseMail(database, { waiting: 'skip', sendsWeek, moment });
    await database.onApplicationShutdown();
  };

  /** Everyone got their mails and events on Monday; then Sunday's copy is restored, and the service runs on it. */
  const putBack = async () => {
    const mailbox = await Mailbox.start();
    const receiver = await Receiver.start();
    const place = kind === 'sqlite' ? onSqlite() : await onPostgres();
    let t = await place.start(SUNDAY, mailbox);
    const police = (await t.make.organisation()).id;
    for (let n = 1; n <= PARTNERS; n += 1) {
      const { id: ownerPersonId } = await t.make.person({
        email: `wijkagent${n}@politie.example`,
        organisationId: police,
      });
      await t.make.action({ ownerId: police, ownerPersonId, recordedOn: '2026-04-01', dueOn: '2026-05-01' });
    }
    const manager = await t.make.person({ email: 'directie@gemeente.example' });
    const municipality = await t.make.root();
    await t.make.grant(manager.id, 'reader', municipality);
    await t.make.row(KoersoverzichtRequest, {
      ...{ id: newId(), personId: manager.id, areaId: null, askedAt: SUNDAY, version: 1 },
    });
    await ring(t);
    mailbox.clear();
    const webhook = await t.make.webhook({ url: receiver.url, kinds: ['session.closed'] });
    const planned = await t.make.delivery(webhook);
    const unplanned = await t.make.delivery(webhook);
    await t.database.writer.query(`DELETE FROM "webhook_deliveries" WHERE "id" = '${unplanned.id}'`);
    await t.database.writer.query(`UPDATE "events" SET "kind" = 'session.closed'`);
    await t.database.writer.query(`UPDATE "events" SET "plannedAt" = NULL WHERE "id" = '${unplanned.eventId}'`);
    const goBack = await place.backUp(t);
    t.clock.set(MONDAY);
    await ring(t);
    expect(mailbox.messages).toHaveLength(PARTNERS + 1);
    mailbox.clear();
    expect(receiver.received.map(({ event }) => event.id).sort()).toEqual([planned.eventId, unplanned.eventId]);
    receiver.take();
    if (!place.isRestoredUnderAService) await t.app.close();
    await goBack();
    if (!place.isRestoredUnderAService) t = await place.start(MONDAY_AT_TEN, mailbox);
    t.clock.set(MONDAY_AT_TEN);
    await ring(t);
    expect((await t.api.get('/health/ready').expect(200)).body.mail).toMatch(/^held/);
    expect(mailbox.messages.map(({ to }) => to)).toEqual([]);
    expect(receiver.take()).toEqual([]);
    // What was numbered after the backup is in mails and on paper.
    expect(await counters(t, municipality)).toEqual({ open: 100, confidential: 100 });
    return { t, mailbox, place, receiver, webhook };
  };
  const restarted = async ({ t, place, mailbox }: Awaited<ReturnType<typeof putBack>>, now: string) => {
    await t.app.close();
    const free = await place.start(now, mailbox);
    expect((await free.api.get('/health/ready').expect(200)).body.mail).toBe('ok');
    await ring(free);
    return free;
  };

  it.each([
    ['the same day', MONDAY_AT_TEN, [23]],
    ['eight days later', EIGHT_DAYS_LATER, [23, 24]],
  ])(
    'tells nobody anything twice when it is released %s, and goes on with the next week',
    async (_, released, skipped) => {
      const there = await putBack();
      await release(there.t, released);
      const free = await restarted(there, released);
      expect(there.mailbox.messages.map(({ to }) => to)).toEqual([]);
      const reason = 'released_later';
      const over = skipped.map((week) => ({ week, state: 'skipped', reason }));
      expect((await weeks(free)).filter(({ state }) => state === 'skipped').slice(-skipped.length)).toEqual(over);
      free.clock.set(MONDAY_AFTER);
      await ring(free);
      expect(there.mailbox.messages).toHaveLength(PARTNERS);
      expect(there.receiver.take()).toEqual([]);
      const deliveries = await rows<{ state: string }>(
        free.database.reader,
        'SELECT "state" FROM "webhook_deliveries"',
      );
      expect(deliveries).toEqual([{ state: 'skipped' }]);
      const { eventId } = await free.make.delivery(there.webhook);
      await free.database.writer.query(`UPDATE "events" SET "kind" = 'session.closed'`);
      await ring(free);
      expect(there.receiver.received.map(({ event }) => event.id)).toEqual([eventId]);
      there.receiver.stop();
      await free.app.close();
    },
    60_000,
  );

  it('sends the week that began, and the month, when the one who releases it asks for that', async () => {
    const there = await putBack();
    await release(there.t, MONDAY_AT_TEN, true);
    const free = await restarted(there, MONDAY_AT_TEN);
    expect(there.mailbox.messages).toHaveLength(PARTNERS + 1);
    await free.app.close();
  }, 60_000);
});
