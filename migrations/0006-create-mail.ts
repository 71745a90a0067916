import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { portable } from './portable.js';

const outgoingMessages = new Table({
  name: 'outgoing_messages',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'kind', type: 'varchar', length: '30' },
    { name: 'dedupeKey', type: 'varchar', length: '200' },
    { name: 'personId', type: 'uuid', isNullable: true },
    { name: 'batchId', type: 'uuid', isNullable: true },
    { name: 'address', type: 'varchar', length: '254' },
    { name: 'payload', type: 'text' },
    { name: 'state', type: 'varchar', length: '20' },
    { name: 'plannedAt', type: 'varchar', length: '24' },
    { name: 'nextAttemptAt', type: 'varchar', length: '24' },
    { name: 'expiresAt', type: 'varchar', length: '24' },
    { name: 'claimId', type: 'uuid', isNullable: true },
    { name: 'leaseUntil', type: 'varchar', length: '24', isNullable: true },
    { name: 'attempts', type: 'integer', default: '0' },
    { name: 'messageId', type: 'varchar', length: '200', isNullable: true },
    { name: 'subject', type: 'varchar', length: '500', isNullable: true },
    { name: 'bytes', type: 'text', isNullable: true },
    { name: 'hash', type: 'varchar', length: '64', isNullable: true },
    { name: 'lines', type: 'integer', default: '0' },
    { name: 'serverWords', type: 'text', isNullable: true },
    { name: 'sentAt', type: 'varchar', length: '24', isNullable: true },
  ],
  uniques: [{ name: 'UQ_7d438b9fe63b367d068f9c137c6', columnNames: ['dedupeKey'] }],
  indices: [
    { name: 'IDX_d59e7aea626af0143e8c664d9c', columnNames: ['personId'] },
    { name: 'IDX_967f6b7bbf7d6fabcdf4f91796', columnNames: ['batchId'] },
    { name: 'IDX_414fa460b1b5dbd3426dbd34e5', columnNames: ['state', 'nextAttemptAt'] },
  ],
});

const mailLinks = new Table({
  name: 'mail_links',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'purpose', type: 'varchar', length: '20' },
    { name: 'personId', type: 'uuid' },
    { name: 'messageId', type: 'uuid', isNullable: true },
    { name: 'subjectIds', type: 'text' },
    { name: 'hash', type: 'varchar', length: '64' },
    { name: 'expiresAt', type: 'varchar', length: '24' },
    { name: 'usedAt', type: 'varchar', length: '24', isNullable: true },
  ],
  uniques: [{ name: 'UQ_61fe3eef60aa08ed08a19acf441', columnNames: ['hash'] }],
  indices: [{ name: 'IDX_a461fef1e3d9704a029fb51701', columnNames: ['personId'] }],
  foreignKeys: [
    {
      name: 'FK_fb533c11181554bfb04ae12d89c',
      columnNames: ['messageId'],
      referencedTableName: 'outgoing_messages',
      referencedColumnNames: ['id'],
    },
  ],
});

const digestRuns = new Table({
  name: 'digest_runs',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'isoYear', type: 'integer' },
    { name: 'isoWeek', type: 'integer' },
    { name: 'state', type: 'varchar', length: '10' },
    { name: 'dueAt', type: 'varchar', length: '24' },
    { name: 'plannedAt', type: 'varchar', length: '24' },
    { name: 'planned', type: 'integer', default: '0' },
    { name: 'reason', type: 'text', isNullable: true },
  ],
  uniques: [{ name: 'UQ_32f8c9a9c9b1e3afb4eb3ec24de', columnNames: ['isoYear', 'isoWeek'] }],
});

const TABLES = [outgoingMessages, mailLinks, digestRuns];

export class CreateMail1764000005000 implements MigrationInterface {
  name = 'CreateMail1764000005000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.createTable(portable(runner, table));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES.toReversed()) await runner.dropTable(table.name);
  }
}
