import type { QueryRunner, TableOptions } from 'typeorm';
import { id, line, moment, primary, reference, text, uuid, version, whole } from './columns.js';
import { CreateTables, index, isPostgres, table, unique } from './tables.js';

/**
 * Third-party programs as callers: an actor is a person or a client. Stored responses get a separate key, because exactly
 * one of the two columns is set.
 */
export class CreateClients1765000042000 extends CreateTables {
  override tables: TableOptions[] = [
    table('clients', [
      id(),
      line(100, 'name'),
      line(200, 'contact?'),
      reference('areas', 'areaId'),
      text('permissions'),
      moment('createdAt'),
      reference('people', 'createdById?'),
      moment('endedAt?'),
      version(),
      unique('name'),
    ]),
    table('client_tokens', [
      id(),
      reference('clients', 'clientId'),
      line(64, 'hash'),
      whole('days'),
      moment('renewableUntil?, createdAt, expiresAt, lastUsedAt?, revokedAt?'),
      uuid('replacesId?'),
      version(),
      unique('hash'),
      index('clientId'),
      index('replacesId'),
    ]),
    {
      ...table('idempotency_keys', [
        id(),
        uuid('personId?, clientId?'),
        line(200, 'key'),
        line(64, 'fingerprint'),
        text('answer, scope'),
        moment('recordedAt'),
        unique('personId, key'),
        unique('clientId, key'),
        index('recordedAt'),
      ]),
      checks: [{ name: 'idempotency_keys_actor', expression: '("personId" IS NULL) <> ("clientId" IS NULL)' }],
    },
  ];

  override async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE "idempotency_former" AS SELECT * FROM "idempotency_keys"');
    await runner.dropTable('idempotency_keys');
    await super.up(runner);
    await runner.query(
      `INSERT INTO "idempotency_keys" ("id", ${ANSWERS}) SELECT ${newIds(runner)}, ${ANSWERS} FROM "idempotency_former"`,
    );
    await runner.query('DROP TABLE "idempotency_former"');
    const kind = isPostgres(runner) ? 'uuid' : 'varchar';
    await runner.query(`ALTER TABLE "audit_entries" ADD COLUMN "clientId" ${kind}`);
    await runner.query('CREATE INDEX "audit_entries_by_client" ON "audit_entries" ("clientId", "sequence")');
    await runner.query(`ALTER TABLE "action_updates" ADD COLUMN "recordedByClientId" ${kind}`);
  }

  override async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "action_updates" DROP COLUMN "recordedByClientId"');
    await runner.query('DROP INDEX "audit_entries_by_client"');
    await runner.query('ALTER TABLE "audit_entries" DROP COLUMN "clientId"');
    await super.down(runner);
    await new FormerKeys().up(runner);
  }
}

const ANSWERS = '"personId", "key", "fingerprint", "answer", "scope", "recordedAt"';

const newIds = (runner: QueryRunner): string =>
  isPostgres(runner)
    ? 'gen_random_uuid()'
    : `lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-8' ||
        substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))`;

/** The former table: responses stored in the meantime are dropped. */
class FormerKeys extends CreateTables {
  override tables = [
    table('idempotency_keys', [
      primary(uuid('personId'), line(200, 'key')),
      line(64, 'fingerprint'),
      text('answer, scope'),
      moment('recordedAt'),
      index('recordedAt'),
    ]),
  ];
}
