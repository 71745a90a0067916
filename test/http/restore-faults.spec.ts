import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { newId } from '../../src/platform/common/ids.js';
import { backUp, restore } from '../../src/backup.js';
import { openDatabase } from '../../src/platform/database/data-source.js';
import { mailHeldSince } from '../../src/platform/mail/mail-hold.js';
import { readSettings } from '../../src/platform/settings.js';
import { SCHEMA } from '../../src/schema.js';
import { startApp, type TestApp } from '../support/app.js';
import { pdf } from '../support/files.js';

const MOMENT = '2026-06-02T10:00:00.000Z';
const disks: string[] = [];
afterAll(() => {
  for (const disk of disks) execFileSync('umount', ['-l', disk], { stdio: 'ignore' });
});

/** A small disk of its own; undefined if nothing can be mounted here. */
function smallDisk(): string | undefined {
  const path = mkdtempSync(join(tmpdir(), 'wijkagenda-small-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', path], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  disks.push(path);
  return path;
}

/** Leaves this many bytes free. */
function fill(disk: string, free: number): void {
  const filler = join(disk, 'filler');
  rmSync(filler, { force: true });
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - free)));
}

const settingsOf = (path: string) =>
  readSettings({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    SECRET_KEY: 'a-key-for-tests-that-is-long-enough!',
    DATABASE_PATH: path,
  });

/** Upgrading it moves the bytes of each message: more than the file has room for. */
async function fillWithMail(writer: DataSource): Promise<void> {
  for (let n = 0; n < 600; n += 1)
    await writer.query(
      `INSERT INTO "outgoing_messages" ("id", "kind", "dedupeKey", "address", "payload", "state", "plannedAt", "nextAttemptAt", "expiresAt", "bytes")
       VALUES ('${newId()}', 'digest', '${n}', 'wijkagent@politie.example', '{}', 'sent', '2026-06-01', '2026-06-01', '2026-07-01', '${'bank '.repeat(600)}')`,
    );
}

/** A copy that can be used: intact, and its mail held. */
async function isWhole(path: string): Promise<void> {
  const file = new BetterSqlite3(path, { readonly: true });
  expect(file.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  file.close();
  const database = await openDatabase(settingsOf(path), SCHEMA, false);
  expect(await mailHeldSince(database.reader)).toBe(MOMENT);
  await database.onApplicationShutdown();
}

describe('on a disk that is almost full', () => {
  let t: TestApp;
  let good: string;
  let older: string;
  beforeAll(async () => {
    t = await startApp('sqlite', { isOwn: true });
    const area = await t.make.area();
    const chair = await t.make.signedIn('chair', area.id);
    const { id } = await t.make.action({ areaId: area.id });
    await t.api
      .post(`/v1/actions/${id}/files`)
      .set('Authorization', chair)
      .attach('file', pdf(100_000), 'a.pdf')
      .expect(201);
    const folder = mkdtempSync(join(process.env.TEST_PLACE!, 'kopie-'));
    good = join(folder, 'kopie.sqlite');
    await backUp(t.settings, good, MOMENT);
    older = join(folder, 'ouder.sqlite');
    const former = { ...SCHEMA, migrations: SCHEMA.migrations.slice(0, -6) };
    const database = await openDatabase(settingsOf(older), former, false);
    await fillWithMail(database.writer);
    await database.onApplicationShutdown();
  });

  const attempt = async (disk: string, free: number, work: () => Promise<unknown>, path: string, folder: string) => {
    for (const name of readdirSync(disk)) rmSync(join(disk, name), { recursive: true });
    mkdirSync(folder);
    fill(disk, Math.round(free));
    const failed = await work().then(
      () => undefined,
      (error: Error) => error.message,
    );
    const left = readdirSync(folder).filter((name) => !name.endsWith('.lock'));
    rmSync(join(disk, 'filler'));
    if (failed === undefined) await isWhole(path);
    else expect([free, failed, left]).toEqual([free, failed, []]);
    return failed;
  };

  it.each(['back-up', 'restore', 'restore of an older one'])(
    'a %s is whole or leaves nothing',
    async (what) => {
      const disk = smallDisk();
      if (!disk) return console.log('No small disk can be mounted here: a full one was not tried.');
      const folder = join(disk, 'plaats');
      const path = join(folder, 'w.sqlite');
      const from = what === 'restore' ? good : older;
      const work = () =>
        what === 'back-up' ? backUp(t.settings, path, MOMENT) : restore(settingsOf(path), from, MOMENT);
      const size = statSync(what === 'back-up' ? good : from).size;
      const found = new Map<string, number>();
      for (let free = Math.max(0, size - 100_000); free < size * 4.2; free += size / 8) {
        const failed = (await attempt(disk, free, work, path, folder)) ?? 'done';
        found.set(failed, (found.get(failed) ?? 0) + 1);
      }
      expect(found.get('done')).toBeGreaterThan(0);
      expect(found.size).toBeGreaterThan(1);
    },
    120_000,
  );
});
