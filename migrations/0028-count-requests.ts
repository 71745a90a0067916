import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { portable } from './portable.js';

const rateCounts = new Table({
  name: 'rate_counts',
  columns: [
    { name: 'key', type: 'varchar', length: '255', isPrimary: true },
    { name: 'points', type: 'integer', default: '0' },
    { name: 'expire', type: 'bigint', isNullable: true },
  ],
});

/** Limits count over all instances together. */
export class CountRequests1764000027000 implements MigrationInterface {
  name = 'CountRequests1764000027000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(portable(runner, rateCounts));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('rate_counts');
  }
}
