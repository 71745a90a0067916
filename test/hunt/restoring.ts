import { expect } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { backUp, restore } from '../../src/backup.js';
import { isoWeekOf } from '../../src/platform/common/calendar-date.js';
import { openDatabase } from '../../src/platform/database/data-source.js';
import { releaseMail } from '../../src/platform/mail/mail-hold.js';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { SCHEMA } from '../../src/schema.js';
import { isCopy } from './copies.js';
import { ask, inEach, startAgain, type World } from './world.js';

/** A copy of a world's database, to restore in place. */
export interface Copy {
  of: World;
  /** A SQLite file, or a database on the same PostgreSQL server. */
  place: string;
}

/** A real backup; on PostgreSQL a copy of the database, for which the service must be stopped. */
export async function copyOf(world: World, now: string): Promise<Copy> {
  const { settings } = world.t;
  if (!settings.DATABASE_URL) {
    const place = join(mkdtempSync(join(process.env.TEST_PLACE!, 'hunt-')), 'kopie.sqlite');
    await backUp(settings, place, now);
    return { of: world, place };
  }
  const place = `copy_${randomUUID().replaceAll('-', '')}`;
  await startAgain(world, now, () => onServer(settings.DATABASE_URL, (name) => [copySql(place, name)]));
  return { of: world, place };
}

/** Restores it in place: nothing is sent until the mail is released. The copy is consumed. */
export async function putBack({ of: world, place }: Copy, now: string): Promise<void> {
  const { settings } = world.t;
  await startAgain(world, now, async () => {
    if (settings.DATABASE_URL) {
      await onServer(settings.DATABASE_URL, (name) => [
        `DROP DATABASE ${name} WITH (FORCE)`,
        copySql(name, place),
        `DROP DATABASE ${place} WITH (FORCE)`,
      ]);
      return;
    }
    for (const beside of ['', '-wal', '-shm']) rmSync(`${settings.DATABASE_PATH}${beside}`, { force: true });
    await restore(settings, place, now);
  });
  const before = world.mailbox.messages.length;
  await ring(world);
  expect((await world.t.api.get('/health/ready')).body).toMatchObject({ mail: expect.stringMatching(/^held/) });
  expect(world.mailbox.messages.length).toBe(before);
}

/** Releases the mail: nothing that began earlier is sent, nor what the original may have sent. */
export async function release(world: World, now: string): Promise<void> {
  const { settings } = world.t;
  world.releasedAt = now;
  world.mailsOn.clear();
  await startAgain(world, now, async () => {
    const database = await openDatabase(settings, SCHEMA, false);
    await releaseMail(database, { waiting: 'skip', sendsWeek: false, moment: now });
    await database.onApplicationShutdown();
  });
  expect((await world.t.api.get('/health/ready')).body).toMatchObject({ mail: 'ok' });
  await ring(world);
}

async function ring(world: World): Promise<void> {
  await ask(world, { who: 'admin', method: 'post', path: '/v1/digests' });
  await inEach(world, ({ app }) => app.get(Delivery).deliverDue());
}

/** Nobody gets two digests in one week, whatever was restored meanwhile. */
export function sendsNoWeekTwice(world: World, since: number, today: string): void {
  const { year, week } = isoWeekOf(today);
  for (const one of world.mailbox.messages.slice(since)) {
    const { to, raw } = one;
    if (!/^List-Unsubscribe:/m.test(raw) || isCopy(world, one)) continue;
    const digest = `${to} ${year}-${week}`;
    expect([digest, world.digests.has(digest)]).toEqual([digest, false]);
    world.digests.add(digest);
  }
}

const copySql = (name: string, of: string): string => `CREATE DATABASE ${name} TEMPLATE ${of}`;

async function onServer(url: string, statements: (name: string) => string[]): Promise<void> {
  const at = new URL(url);
  const name = at.pathname.slice(1);
  at.pathname = '/postgres';
  const client = new pg.Client({ connectionString: at.href });
  await client.connect();
  try {
    for (const sql of statements(name)) await client.query(sql);
  } finally {
    await client.end();
  }
}
