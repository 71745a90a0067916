import { expect, it } from '@jest/globals';
import { openDatabase } from '../../src/platform/database/data-source.js';
import { checkTriggers } from '../../src/platform/database/triggers.js';
import { SCHEMA } from '../../src/schema.js';
import { readSettings } from '../../src/platform/settings.js';
import { randomBytes } from 'node:crypto';
import { LengthenPasskeyIds1765000022000 } from '../../migrations/0023-long-passkeys.js';
import { MoveMessageBytes1765000080000 } from '../../migrations/0054-message-bytes.js';
import { Passkey } from '../../src/identity/passkey.entity.js';
import { newId } from '../../src/platform/common/ids.js';
import { rows } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { MessageBytes } from '../../src/platform/mail/message-bytes.entity.js';
import { OutgoingMessage } from '../../src/platform/mail/outgoing-message.entity.js';
import { newPlace, onBothDatabases, startApp } from '../support/app.js';

onBothDatabases((kind) => {
  it('goes up, all the way down, and up again', async () => {
    const place = await newPlace(kind);
    const settings = readSettings({ NODE_ENV: 'test', ...place.environment });
    const database = await openDatabase(settings, SCHEMA, false);
    for (let n = SCHEMA.migrations.length; n > 0; n -= 1) await database.writer.undoLastMigration();
    const runner = database.writer.createQueryRunner();
    const left = [];
    for (const { tableName } of database.writer.entityMetadatas)
      if (await runner.hasTable(tableName)) left.push(tableName);
    if (kind === 'postgresql') await runner.release();
    expect(left).toEqual([]);
    await database.onApplicationShutdown();
    const again = await openDatabase(settings, SCHEMA, false);
    expect((await again.writer.driver.createSchemaBuilder().log()).upQueries).toEqual([]);
    await again.onApplicationShutdown();
    await place.remove();
  });

  it('refuses the database of a newer version', async () => {
    const place = await newPlace(kind);
    const settings = readSettings({ NODE_ENV: 'test', ...place.environment });
    const database = await openDatabase(settings, SCHEMA, false);
    await database.writer.query(
      `INSERT INTO "migrations" ("timestamp", "name") VALUES (9999999999999, 'FromTheFuture9999999999999')`,
    );
    await database.onApplicationShutdown();
    await expect(openDatabase(settings, SCHEMA, false)).rejects.toThrow(
      'newer version of Wijkagenda (it has FromTheFuture',
    );
    await place.remove();
  });

  it('keeps passkeys, and takes ids as long as WebAuthn allows', async () => {
    const t = await startApp(kind, { today: '2026-06-02' });
    const person = await t.make.person();
    const id = await t.make.passkey(person.id);
    const migration = new LengthenPasskeyIds1765000022000();
    const runner = t.database.writer.createQueryRunner();
    await migration.down(runner);
    await migration.up(runner);
    if (kind === 'postgresql') await runner.release();
    const credentialId = randomBytes(1023).toString('base64url');
    await t.make.row(Passkey, {
      ...{ id: newId(), personId: person.id, credentialId, publicKey: 'AA', counter: 0, name: 'Firefox op Linux' },
      ...{ createdAt: t.clock.moment(), lastUsedAt: null },
    });
    const kept = await rows<Passkey>(
      t.database.reader,
      'SELECT "credentialId" FROM "passkeys" ORDER BY "createdAt", "id"',
    );
    expect(kept.map((one) => one.credentialId)).toEqual([id, credentialId]);
    expect((await t.database.writer.driver.createSchemaBuilder().log()).upQueries).toEqual([]);
  });

  it('keeps the bytes of mails when they move to a table of their own, and back', async () => {
    const t = await startApp(kind, { now: '2026-06-02T08:00:00.000Z' });
    const now = t.clock.moment();
    const mail = (dedupeKey: string) =>
      t.make.row(OutgoingMessage, {
        ...{ id: newId(), kind: 'test', dedupeKey, address: 'a@politie.example', payload: {}, state: 'sent' as const },
        ...{ plannedAt: now, nextAttemptAt: now, expiresAt: now, attempts: 1, lines: 0 },
      } as OutgoingMessage);
    const [sent] = [await mail('composed'), await mail('not composed')];
    await t.make.row(MessageBytes, { messageId: sent.id, bytes: 'From: gemeente' });
    const migration = new MoveMessageBytes1765000080000();
    const runner = t.database.writer.createQueryRunner();
    await migration.down(runner);
    const before = await rows(t.database.reader, 'SELECT "dedupeKey", "bytes" FROM "outgoing_messages" ORDER BY 1');
    await migration.up(runner);
    if (kind === 'postgresql') await runner.release();
    expect(before).toEqual([
      { dedupeKey: 'composed', bytes: 'From: gemeente' },
      { dedupeKey: 'not composed', bytes: null },
    ]);
    expect(await rows(t.database.reader, 'SELECT * FROM "message_bytes"')).toEqual([
      { messageId: sent.id, bytes: 'From: gemeente' },
    ]);
    expect((await t.database.writer.driver.createSchemaBuilder().log()).upQueries).toEqual([]);
    await t.app
      .get(Transactions)
      .run((manager) => manager.query(`DELETE FROM "outgoing_messages" WHERE "id" = '${sent.id}'`));
    expect(await rows(t.database.reader, 'SELECT "messageId" FROM "message_bytes"')).toEqual([]);
  });

  it('notices that a guard against changes is missing', async () => {
    const place = await newPlace(kind);
    const database = await openDatabase(readSettings({ NODE_ENV: 'test', ...place.environment }), SCHEMA, false);
    await database.writer.query(
      `DROP TRIGGER "audit_entries_refuse_update"${kind === 'postgresql' ? ' ON "audit_entries"' : ''}`,
    );
    await expect(checkTriggers(database.writer)).rejects.toThrow('audit_entries_refuse_update');
    await database.onApplicationShutdown();
    await place.remove();
  });
});

it('lets two instances start on one PostgreSQL at the same moment', async () => {
  const place = await newPlace('postgresql');
  const settings = readSettings({ NODE_ENV: 'test', ...place.environment });
  const both = await Promise.all([openDatabase(settings, SCHEMA, true), openDatabase(settings, SCHEMA, true)]);
  expect(both.every(({ writer }) => writer.isInitialized)).toBe(true);
  for (const database of both) await database.onApplicationShutdown();
  await place.remove();
});

it('refuses a second service on one SQLite file, until the first has stopped', async () => {
  const place = await newPlace('sqlite');
  const settings = readSettings({ NODE_ENV: 'test', ...place.environment });
  const first = await openDatabase(settings, SCHEMA, true);
  await expect(openDatabase(settings, SCHEMA, true)).rejects.toThrow('Another service is already running');
  await first.onApplicationShutdown();
  const second = await openDatabase(settings, SCHEMA, true);
  await second.onApplicationShutdown();
  await place.remove();
});

it('refuses a PostgreSQL in which it could not search', async () => {
  const place = await newPlace('postgresql', false, `ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0`);
  const settings = readSettings({ NODE_ENV: 'test', ...place.environment });
  await expect(openDatabase(settings, SCHEMA, true)).rejects.toThrow('is encoded in SQL_ASCII. Create one in UTF8');
  await place.remove();
});
