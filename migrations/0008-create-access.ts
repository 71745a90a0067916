import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { portable } from './portable.js';

const apiTokens = new Table({
  name: 'api_tokens',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'personId', type: 'uuid' },
    { name: 'name', type: 'varchar', length: '100' },
    { name: 'hash', type: 'varchar', length: '64' },
    { name: 'createdAt', type: 'varchar', length: '24' },
    { name: 'expiresAt', type: 'varchar', length: '24' },
    { name: 'lastUsedAt', type: 'varchar', length: '24', isNullable: true },
    { name: 'revokedAt', type: 'varchar', length: '24', isNullable: true },
    { name: 'version', type: 'integer', default: '1' },
  ],
  uniques: [{ name: 'UQ_1bf385c40e1d7ff26da4401c7fc', columnNames: ['hash'] }],
  indices: [{ name: 'IDX_a048a5f103babcdef67ca429d2', columnNames: ['personId'] }],
  foreignKeys: [
    {
      name: 'FK_a048a5f103babcdef67ca429d23',
      columnNames: ['personId'],
      referencedTableName: 'people',
      referencedColumnNames: ['id'],
    },
  ],
});

const idempotencyKeys = new Table({
  name: 'idempotency_keys',
  columns: [
    { name: 'personId', type: 'uuid', isPrimary: true },
    { name: 'key', type: 'varchar', length: '200', isPrimary: true },
    { name: 'fingerprint', type: 'varchar', length: '64' },
    { name: 'answer', type: 'text' },
    { name: 'scope', type: 'text' },
    { name: 'recordedAt', type: 'varchar', length: '24' },
  ],
  indices: [{ name: 'IDX_50dec2889eb8d488baa1b544e2', columnNames: ['recordedAt'] }],
});

const auditEntries = new Table({
  name: 'audit_entries',
  columns: [
    { name: 'sequence', type: 'integer', isPrimary: true },
    { name: 'at', type: 'varchar', length: '24' },
    { name: 'actorId', type: 'uuid', isNullable: true },
    { name: 'how', type: 'varchar', length: '10' },
    { name: 'operation', type: 'varchar', length: '50' },
    { name: 'objectType', type: 'varchar', length: '30' },
    { name: 'objectId', type: 'uuid', isNullable: true },
    { name: 'areaId', type: 'uuid', isNullable: true },
    { name: 'isConfidential', type: 'boolean', default: 'false' },
    { name: 'result', type: 'varchar', length: '10' },
    { name: 'previousHash', type: 'varchar', length: '64' },
    { name: 'hash', type: 'varchar', length: '64' },
  ],
  indices: [
    { name: 'IDX_a0df4b86c6ab463a146ffdf2fa', columnNames: ['actorId', 'sequence'] },
    { name: 'IDX_581d4c2bb6fcb80bf5eea862c6', columnNames: ['areaId', 'sequence'] },
    { name: 'IDX_7a6e7c3b2618109488c94f5ad7', columnNames: ['objectId'] },
  ],
});

const auditHead = new Table({
  name: 'audit_head',
  columns: [
    { name: 'id', type: 'integer', isPrimary: true },
    { name: 'sequence', type: 'integer' },
    { name: 'hash', type: 'varchar', length: '64' },
  ],
});

const TABLES = [apiTokens, idempotencyKeys, auditEntries, auditHead];

export class CreateAccess1764000007000 implements MigrationInterface {
  name = 'CreateAccess1764000007000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.createTable(portable(runner, table));
    await runner.query(`INSERT INTO "audit_head" ("id", "sequence", "hash") VALUES (1, 0, '${'0'.repeat(64)}')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES.toReversed()) await runner.dropTable(table.name);
  }
}
