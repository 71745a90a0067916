import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { type AuditFact, linkOf } from '../src/platform/audit/audit.rules.js';
import { execute, row, rows } from '../src/platform/database/rows.js';
import { portable } from './portable.js';

const auditStart = new Table({
  name: 'audit_start',
  columns: [
    { name: 'id', type: 'integer', isPrimary: true },
    { name: 'sequence', type: 'integer' },
    { name: 'hash', type: 'varchar', length: '64' },
  ],
});

const GUARD = 'audit_entries_refuse_delete';

/**
 * An entry of the audit trail can carry the hash of what it is about, and each version of minutes that is there gets such
 * an entry. The trail can begin later than at its first entry, once its term is over.
 */
export class BindMinutes1764000040000 implements MigrationInterface {
  name = 'BindMinutes1764000040000';

  async up(runner: QueryRunner): Promise<void> {
    await dropGuard(runner);
    await runner.query('ALTER TABLE "audit_entries" ADD COLUMN "digest" varchar(64)');
    await runner.createTable(portable(runner, auditStart));
    await runner.query(`INSERT INTO "audit_start" ("id", "sequence", "hash") VALUES (1, 0, '${'0'.repeat(64)}')`);
    await bindAll(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropGuard(runner);
    await runner.dropTable('audit_start');
    await runner.query('ALTER TABLE "audit_entries" DROP COLUMN "digest"');
  }
}

/** It is put in place again after the migrations. */
function dropGuard(runner: QueryRunner): Promise<unknown> {
  const place = runner.dataSource.options.type === 'postgres' ? ' ON "audit_entries"' : '';
  return runner.query(`DROP TRIGGER IF EXISTS "${GUARD}"${place}`);
}

async function bindAll({ manager }: QueryRunner): Promise<void> {
  const versions = await rows<{ minutesId: string; hash: string; composedAt: string }>(
    manager,
    'SELECT "minutesId", "hash", "composedAt" FROM "minutes_versions" ORDER BY "composedAt", "minutesId", "number"',
  );
  if (versions.length === 0) return;
  const head = (await row<{ sequence: number; hash: string }>(manager, 'SELECT "sequence", "hash" FROM "audit_head"'))!;
  const { at } = (await row<{ at: string }>(manager, 'SELECT coalesce(max("at"), $1) AS "at" FROM "audit_entries"', [
    versions[0].composedAt,
  ]))!;
  let { sequence, hash: previousHash } = head;
  for (const { minutesId, hash: digest } of versions) {
    sequence += 1;
    const fact: AuditFact = {
      ...{ sequence, at, actorId: null, how: 'schedule', operation: 'minutes.bound', objectType: 'minutes' },
      ...{ objectId: minutesId, areaId: null, isConfidential: false, result: 'done', digest },
    };
    const hash = linkOf(previousHash, fact);
    await execute(
      manager,
      `INSERT INTO "audit_entries" ("sequence", "at", "actorId", "how", "operation", "objectType", "objectId", "areaId",
         "isConfidential", "result", "digest", "previousHash", "hash")
       VALUES ($1, $2, NULL, 'schedule', 'minutes.bound', 'minutes', $3, NULL, $4, 'done', $5, $6, $7)`,
      [sequence, at, minutesId, false, digest, previousHash, hash],
    );
    previousHash = hash;
  }
  await execute(manager, 'UPDATE "audit_head" SET "sequence" = $1, "hash" = $2 WHERE "id" = 1', [
    sequence,
    previousHash,
  ]);
}
