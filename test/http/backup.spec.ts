import { beforeAll, describe, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verify } from '../../src/admin.js';
import { backUp, restore } from '../../src/backup.js';
import { openDatabase } from '../../src/platform/database/data-source.js';
import { holdMail, releaseMail } from '../../src/platform/mail/mail-hold.js';
import { rows } from '../../src/platform/database/rows.js';
import { SCHEMA } from '../../src/schema.js';
import { FileStore } from '../../src/files/file-store.js';
import { FileSweeper } from '../../src/files/file-sweeper.js';
import { newId } from '../../src/platform/common/ids.js';
import { filesBeside } from '../../src/platform/data-folder.js';
import { readSettings } from '../../src/platform/settings.js';
import { pdf, photo } from '../support/files.js';
import { layVillage } from '../support/world.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';

const newFolder = () => mkdtempSync(join(tmpdir(), 'wijkagenda-backup-'));
const settingsOf = (path: string) => readSettings({ NODE_ENV: 'test', LOG_LEVEL: 'silent', DATABASE_PATH: path });
const MOMENT = '2026-06-01T20:00:00.000Z';
/** The week that began is sent after all: these claims tell from its mail that mail is free. */
const SKIP = { waiting: 'skip', sendsWeek: true, moment: MOMENT } as const;
const startOn = (path: string) => startApp('sqlite', { today: '2026-06-08', environment: { DATABASE_PATH: path } });
const namesIn = (path: string): string[] => {
  const file = new BetterSqlite3(path, { readonly: true });
  const found = file.prepare('SELECT "name" FROM "organisations"').all() as { name: string }[];
  file.close();
  return found.map(({ name }) => name);
};

describe('a back-up of the SQLite file', () => {
  let t: TestApp;
  let admin: string;
  beforeAll(async () => {
    t = await startApp('sqlite');
    admin = await t.make.signedIn('admin');
  });
  const add = (name: string) =>
    t.api.post('/v1/organisations').set('Authorization', admin).send({ name, kind: 'other' }).expect(201);

  it('takes the files along, which are restored with it, and verify names those that are missing, damaged or surplus', async () => {
    const own = await startApp('sqlite');
    const { area, organisations, tokens } = await layVillage(own, {
      politie: { organisation: 'Politie', person: 'wijkagent', invited: 'participant', contact: 'here' },
    });
    const { id } = await own.make.action({ areaId: area.id, ownerId: organisations.politie.id });
    const upload = async (file: Buffer, name: string): Promise<string> => {
      const sent = own.api.post(`/v1/actions/${id}/files`).set('Authorization', tokens.politie);
      return (await sent.attach('file', file, name).expect(201)).body.id;
    };
    const [picture, report] = [await upload(await photo(), 'a.jpg'), await upload(pdf(), 'b.pdf')];
    const path = join(newFolder(), 'kopie.sqlite');
    const { lines } = await backUp(own.settings, path, MOMENT);
    expect(lines.at(-1)).toBe('files: 2 copied to kopie.files, intact');
    const names = (folder: string) => readdirSync(folder).toSorted();
    expect(names(filesBeside(path))).toEqual([picture, `${picture}.thumb`, report].toSorted());
    expect(names(own.settings.FILES_PATH)).toEqual(names(filesBeside(path)));
    const place = settingsOf(join(newFolder(), 'terug.sqlite'));
    await restore(place, path, MOMENT);
    expect(names(place.FILES_PATH)).toEqual(names(filesBeside(path)));
    const verified = async () => {
      const database = await openDatabase(place, SCHEMA, false);
      return verify(database, new FileStore(place)).finally(() => database.onApplicationShutdown());
    };
    expect((await verified()).lines).toContain('files: intact');
    rmSync(join(place.FILES_PATH, `${picture}.thumb`));
    expect(await verified()).toMatchObject({ isWhole: true, flaw: null });
    expect((await verified()).lines).toContain(`files: intact; 1 without thumbnail: ${picture}`);
    rmSync(join(place.FILES_PATH, picture));
    writeFileSync(join(place.FILES_PATH, report), 'iets anders');
    writeFileSync(join(place.FILES_PATH, 'vreemd'), '');
    const { isWhole, flaw } = await verified();
    expect(isWhole).toBe(false);
    expect(flaw).toBe(`files: 1 missing: ${picture}; 1 damaged: ${report}; 1 surplus: vreemd`);
    rmSync(join(filesBeside(path), report));
    const again = settingsOf(join(newFolder(), 'nog eens.sqlite'));
    await expect(restore(again, path, MOMENT)).rejects.toThrow(`The file ${report} is missing`);
    expect([again.DATABASE_PATH, again.FILES_PATH].some((one) => existsSync(one))).toBe(false);
  });

  it('lets nothing be deleted while it is made', async () => {
    const store = new FileStore(t.settings);
    await store.hold();
    const stray = join(t.settings.FILES_PATH, newId());
    writeFileSync(stray, 'x');
    t.clock.set(new Date(statSync(join(t.settings.FILES_PATH, '.hold')).mtimeMs).toISOString());
    await t.app.get(FileSweeper).sweep();
    expect(existsSync(stray)).toBe(true);
    await store.release();
    await t.app.get(FileSweeper).sweep();
    expect(existsSync(stray)).toBe(false);
  });

  it('holds all that was acknowledged before it began, whole, while writing goes on', async () => {
    for (let n = 0; n < 20; n += 1) await add(`voor ${n}`);
    let isWriting = true;
    const acknowledged: string[] = [];
    const writing = (async () => {
      for (let n = 0; isWriting; n += 1) {
        await add(`tijdens ${n}`);
        acknowledged.push(`tijdens ${n}`);
      }
    })();
    const path = join(newFolder(), 'nacht', 'kopie.sqlite');
    const before = [...acknowledged];
    const { lines } = await backUp(t.settings, path, MOMENT);
    isWriting = false;
    await writing;
    expect(lines).toEqual(
      ['file', 'audit trail', 'minutes', 'minutes in the audit trail'].map((name) => `${name}: intact`),
    );
    const names = namesIn(path);
    expect(names.filter((name) => name.startsWith('voor'))).toHaveLength(20);
    for (const name of before) expect(names).toContain(name);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(existsSync(`${path}.part`)).toBe(false);
    await add('daarna');
  });

  it('mails nothing either when the copy itself is used, without the command that restores it', async () => {
    const path = join(newFolder(), 'kopie.sqlite');
    await backUp(t.settings, path, MOMENT);
    const copied = await startOn(path);
    expect((await copied.api.get('/health/ready').expect(200)).body.mail).toMatch(/^held/);
    await copied.app.close();
  });

  it('overwrites nothing', async () => {
    const path = join(newFolder(), 'kopie.sqlite');
    writeFileSync(path, 'iets anders');
    await expect(backUp(t.settings, path, MOMENT)).rejects.toThrow(/already exists; nothing was overwritten/);
    expect(readFileSync(path, 'utf8')).toBe('iets anders');
  });

  it('goes back only into an empty place without a service', async () => {
    const path = join(newFolder(), 'kopie.sqlite');
    await backUp(t.settings, path, MOMENT);
    await expect(restore(t.settings, path, t.clock.moment())).rejects.toThrow(/Another service/);
    const taken = join(newFolder(), 'w.sqlite');
    writeFileSync(taken, 'iets anders');
    await expect(restore(settingsOf(taken), path, t.clock.moment())).rejects.toThrow(/nothing was overwritten/);
    expect(readFileSync(taken, 'utf8')).toBe('iets anders');
    await expect(restore(settingsOf(join(newFolder(), 'w.sqlite')), `${path}x`, '')).rejects.toThrow(/no backup at/);
  });

  it('is refused when it is damaged or was tampered with, and leaves nothing behind', async () => {
    const path = join(newFolder(), 'kopie.sqlite');
    await backUp(t.settings, path, MOMENT);
    const place = settingsOf(join(newFolder(), 'w.sqlite'));
    const bytes = readFileSync(path);
    const damaged = join(newFolder(), 'stuk.sqlite');
    writeFileSync(damaged, Buffer.concat([bytes.subarray(0, bytes.length / 2), Buffer.alloc(bytes.length / 2, 0x5a)]));
    await expect(restore(place, damaged, t.clock.moment())).rejects.toThrow();
    const file = new BetterSqlite3(path);
    file.exec('DROP TRIGGER "audit_entries_refuse_update"');
    file.exec(`UPDATE "audit_entries" SET "operation" = 'x' WHERE "sequence" = 3`);
    file.close();
    await expect(restore(place, path, t.clock.moment())).rejects.toThrow(/Entry 3 was changed|triggers/);
    expect(existsSync(place.DATABASE_PATH)).toBe(false);
    expect(existsSync(`${place.DATABASE_PATH}.part`)).toBe(false);
  });

  it('is not mixed with what a killed restore of another one left behind', async () => {
    const [older, newer] = ['ouder', 'nieuwer'].map((name) => join(newFolder(), `${name}.sqlite`));
    await backUp(t.settings, older, MOMENT);
    for (let n = 0; n < 40; n += 1) await add(`Later ingeschreven ${n}`);
    await backUp(t.settings, newer, MOMENT);
    const place = settingsOf(join(newFolder(), 'w.sqlite'));
    const part = `${place.DATABASE_PATH}.part`;
    copyFileSync(older, part);
    const killed = new BetterSqlite3(part);
    killed.pragma('journal_mode = WAL');
    killed.exec(`UPDATE "organisations" SET "version" = "version" + 1`);
    const log = readFileSync(`${part}-wal`);
    killed.close();
    writeFileSync(`${part}-wal`, log);
    await restore(place, newer, t.clock.moment());
    expect(namesIn(place.DATABASE_PATH)).toEqual(namesIn(newer));
  });

  it('works as before once restored, and mails nothing until it is told to', async () => {
    const partner = (await t.make.organisation()).id;
    const person = await t.make.person({ organisationId: partner, email: 'wijkagent@politie.example' });
    await t.make.contact(partner, person.id);
    await t.make.action({ ownerId: partner, dueOn: '2026-05-01', recordedOn: '2026-04-01' });
    const path = join(newFolder(), 'kopie.sqlite');
    await backUp(t.settings, path, MOMENT);
    const place = join(newFolder(), 'data', 'w.sqlite');
    await restore(settingsOf(place), path, '2026-06-08T06:00:00.000Z');
    const held = await startOn(place);
    const mailOf = async (one: TestApp) => (await one.api.get('/health/ready').expect(200)).body.mail as string;
    expect(await mailOf(held)).toMatch(/^held: this is a restored copy/);
    await held.api.post('/v1/digests').set('Authorization', admin).expect(200);
    const messages = () => rows(held.database.reader, 'SELECT "state" FROM "outgoing_messages"');
    expect(await messages()).toEqual([]);
    await held.api.get('/v1/organisations').set('Authorization', admin).expect(200);
    await held.app.close();
    const database = await openDatabase(settingsOf(place), SCHEMA, false);
    expect(await releaseMail(database, SKIP)).toBe(0);
    await database.onApplicationShutdown();
    const free = await startOn(place);
    expect(await mailOf(free)).toBe('ok');
    await free.api.post('/v1/digests').set('Authorization', admin).expect(200);
    expect(await rows(free.database.reader, 'SELECT "address" FROM "outgoing_messages"')).toEqual([
      { address: 'wijkagent@politie.example' },
    ]);
  });
});

onBothDatabases((kind) => {
  it('skips or keeps what waited when the copy was made, as the one who restores says', async () => {
    const t = await startApp(kind);
    const wait = (id: string, state: string) =>
      t.database.writer.query(
        `INSERT INTO "outgoing_messages" ("id", "kind", "dedupeKey", "address", "payload", "state", "plannedAt", "nextAttemptAt", "expiresAt")
         VALUES ('${id}', 'digest', '${id}', 'a@b.example', '{}', '${state}', '2026-06-01', '2026-06-01', '2026-07-01')`,
      );
    await wait('019300a0-0000-7000-8000-000000000001', 'planned');
    await wait('019300a0-0000-7000-8000-000000000002', 'sent');
    await holdMail(t.database, '2026-06-02T10:00:00.000Z');
    expect((await t.api.get('/health/ready')).body.mail).toMatch(/^held/);
    expect(await releaseMail(t.database, { ...SKIP, waiting: 'send' })).toBe(0);
    expect((await t.api.get('/health/ready')).body.mail).toBe('ok');
    expect(await releaseMail(t.database, SKIP)).toBe(1);
    expect(await rows(t.database.reader, 'SELECT "state" FROM "outgoing_messages" ORDER BY "id"')).toEqual([
      { state: 'skipped' },
      { state: 'sent' },
    ]);
  });
});
