import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { verify } from '../../src/admin.js';
import { openDatabase } from '../../src/platform/database/data-source.js';
import { releaseMail } from '../../src/platform/mail/mail-hold.js';
import { rows } from '../../src/platform/database/rows.js';
import { SCHEMA } from '../../src/schema.js';
import { startApp, type TestApp } from '../support/app.js';
import { distributionPostgres, startDistributionPostgres } from '../support/distribution-postgres.js';

const newFolder = () => mkdtempSync(join(tmpdir(), 'wijkagenda-backup-'));
/** The week that began is sent after all: these claims tell from its mail that mail is free. */
const SKIP = { waiting: 'skip', sendsWeek: true, moment: '2026-06-01T20:00:00.000Z' } as const;

describe('a PostgreSQL database that moved', () => {
  it('holds its mail by itself, wherever it was restored', async () => {
    const t = await startApp('postgresql');
    await t.app.close();
    const admin = new pg.Client({ connectionString: `${process.env.TEST_POSTGRES_URL}/postgres` });
    await admin.connect();
    const original = new URL(t.settings.DATABASE_URL).pathname.slice(1);
    const copy = `${original}_copy`;
    await admin.query(`CREATE DATABASE ${copy} TEMPLATE ${original}`);
    const url = t.settings.DATABASE_URL.replace(original, copy);
    const moved = await startApp('postgresql', { environment: { DATABASE_URL: url } });
    expect((await moved.api.get('/health/ready').expect(200)).body.mail).toMatch(/^held/);
    await moved.app.close();
    const same = await startApp('postgresql', { environment: { DATABASE_URL: t.settings.DATABASE_URL } });
    expect((await same.api.get('/health/ready').expect(200)).body.mail).toBe('ok');
    await same.app.close();
    await admin.query(`DROP DATABASE ${copy} WITH (FORCE)`);
    await admin.end();
  });
});

const programs = distributionPostgres();
if (!programs) console.warn('NOT TRIED: pg_dump and pg_restore. No PostgreSQL of the distribution is on this machine.');

(programs ? describe : describe.skip)('a back-up of PostgreSQL by pg_dump', () => {
  let server: Awaited<ReturnType<typeof startDistributionPostgres>>;
  beforeAll(async () => {
    server = await startDistributionPostgres(programs!);
  }, 60_000);
  afterAll(() => server?.stop());
  const run = (program: string, ...words: string[]) => promisify(execFile)(join(programs!, program), words);
  const newDatabase = async (name: string) => {
    await run('createdb', `--maintenance-db=${server.url}/postgres`, name);
    return `${server.url}/${name}`;
  };
  const startAt = (url: string) => startApp('sqlite', { today: '2026-06-08', environment: { DATABASE_URL: url } });

  it('made while writing goes on comes back whole in an empty place, and mails nothing until it is told to', async () => {
    const t = await startAt(await newDatabase('original'));
    const admin = await t.make.signedIn('admin');
    const partner = (await t.make.organisation()).id;
    const person = await t.make.person({ organisationId: partner, email: 'wijkagent@politie.example' });
    await t.make.contact(partner, person.id);
    await t.make.action({ ownerId: partner, dueOn: '2026-05-01', recordedOn: '2026-04-01' });
    const add = (name: string) =>
      t.api.post('/v1/organisations').set('Authorization', admin).send({ name, kind: 'other' }).expect(201);
    for (let n = 0; n < 20; n += 1) await add(`voor ${n}`);
    let isDumping = true;
    let written = 0;
    const writing = (async () => {
      for (; isDumping; written += 1) await add(`tijdens ${written}`);
    })();
    const dump = join(newFolder(), 'kopie.dump');
    await run('pg_dump', '--format=custom', `--file=${dump}`, `${server.url}/original`);
    isDumping = false;
    await writing;
    expect(written).toBeGreaterThan(0);
    const url = await newDatabase('copy');
    await run('pg_restore', '--no-owner', '--exit-on-error', `--dbname=${url}`, dump);
    const database = await openDatabase({ ...t.settings, DATABASE_URL: url }, SCHEMA, false);
    expect(await verify(database)).toMatchObject({ isWhole: true });
    const [{ before }] = await rows<{ before: number }>(
      database.reader,
      `SELECT count(*) AS "before" FROM "organisations" WHERE "name" LIKE 'voor %'`,
    );
    expect(Number(before)).toBe(20);

    const held = await startAt(url);
    const mailOf = async (one: TestApp) => (await one.api.get('/health/ready').expect(200)).body.mail as string;
    const ring = (one: TestApp) => one.api.post('/v1/digests').set('Authorization', admin).expect(200);
    const messages = () => rows(database.reader, 'SELECT "address" FROM "outgoing_messages"');
    expect(await mailOf(held)).toMatch(/^held/);
    await ring(held);
    expect(await messages()).toEqual([]);
    await held.app.close();
    await releaseMail(database, SKIP);
    const free = await startAt(url);
    expect(await mailOf(free)).toBe('ok');
    await ring(free);
    expect(await messages()).toEqual([{ address: 'wijkagent@politie.example' }]);
    for (const one of [t, free]) await one.app.close();
    await database.onApplicationShutdown();
  }, 90_000);
});
