import { afterEach, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  closeSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAdministrator, onDatabase, verify } from '../../src/admin.js';
import { backUp } from '../../src/backup.js';
import { createApp } from '../../src/configure.js';
import { Clock } from '../../src/platform/common/clock.js';
import { BusyError } from '../../src/platform/common/storage-errors.js';
import { atFile } from '../../src/platform/sqlite/sqlite-options.js';
import { readSettings } from '../../src/platform/settings.js';

const folder = mkdtempSync(join(tmpdir(), 'wijkagenda-unreadable-'));
const path = join(folder, 'wijkagenda.sqlite');
const settings = (more: Record<string, string> = {}) =>
  readSettings({ NODE_ENV: 'test', LOG_LEVEL: 'silent', SECRET_KEY: 'k'.repeat(40), DATABASE_PATH: path, ...more });
/** What the check of everything and the start of the service say of it. */
const told = async (more: Record<string, string> = {}) => [
  await messageOf(onDatabase(settings(more), (database) => verify(database))),
  await messageOf(createApp(settings(more))),
];
const backup = () => messageOf(backUp(settings(), join(folder, 'copy.sqlite'), '2026-06-02T06:00:00.000Z'));
const messageOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: Error) => error.message,
  );
const write = (at: number, bytes: Buffer) => {
  const file = openSync(path, 'r+');
  writeSync(file, bytes, 0, bytes.length, at);
  closeSync(file);
};

afterEach(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  ['a text', () => writeFileSync(path, 'a text that somebody saved over the database. '.repeat(30))],
  ['cut off', () => truncateSync(path, 100_000)],
  ['overwritten in the middle', () => write(4096, Buffer.alloc(80 * 4096))],
])('a damaged SQLite file (%s) is called damaged, not missing, and is left as it is', async (_, damage) => {
  mkdirSync(folder, { recursive: true });
  copyFileSync(process.env.TEST_SQLITE_TEMPLATE!, path);
  damage();
  const before = readFileSync(path);
  for (const message of [...(await told()), await backup()]) {
    expect(message).toContain(path);
    expect(message).toMatch(/(malformed|not a database)\. The file is damaged: restore a backup/);
  }
  expect(readFileSync(path).equals(before)).toBe(true);
});

it('a place that cannot be written says so with the file and what to do, not that it is busy', async () => {
  mkdirSync(folder, { recursive: true });
  const database = new BetterSqlite3(process.env.TEST_SQLITE_TEMPLATE!, { readonly: true });
  let refused: unknown;
  try {
    database.exec('DELETE FROM "areas"');
  } catch (error) {
    refused = error;
  }
  database.close();
  for (const error of [refused, new BusyError('Storage is busy.', { cause: refused })]) {
    expect((atFile(error, path) as Error).message).toBe(
      `${path}: attempt to write a readonly database. The user of the service must be able to write to it and to its folder.`,
    );
  }
  const busy = new BusyError('Storage is busy.');
  expect(atFile(busy, path)).toBe(busy);
  // What belongs to the lock cannot be opened.
  mkdirSync(`${path}.lock`);
  const [, atStart] = await told();
  expect(atStart).toBe(
    `${path}.lock: unable to open database file. The user of the service must be able to write to it and to its folder.`,
  );
});

it('a command that is refused by the storage names it', async () => {
  mkdirSync(folder, { recursive: true });
  copyFileSync(process.env.TEST_SQLITE_TEMPLATE!, path);
  const message = await messageOf(
    onDatabase(settings(), async (database) => {
      await database.writer.query('PRAGMA query_only = ON');
      const work = { email: 'beheer@gemeente.example', name: 'functioneel beheerder' };
      return createAdministrator(database, new Clock(''), work);
    }),
  );
  expect(message).toMatch(/wijkagenda\.sqlite: attempt to write a readonly database\. The user of the service must/);
});

it.each([
  ['postgres://127.0.0.1:1/wijkagenda', 'connect ECONNREFUSED 127.0.0.1:1'],
  ['postgres://geheim:wachtwoord@db.invalid/wijkagenda', 'getaddrinfo'],
])('a PostgreSQL that cannot be reached is named by its setting: %s', async (DATABASE_URL, why) => {
  for (const message of await told({ DATABASE_URL, FILES_PATH: tmpdir() })) {
    expect(message).toContain('The database in DATABASE_URL cannot be opened: ');
    expect(message).toContain(why);
    expect(message).not.toMatch(/geheim|wachtwoord/);
  }
});
