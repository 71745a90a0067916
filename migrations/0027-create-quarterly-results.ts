import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { portable } from './portable.js';

const quarterlyResults = new Table({
  name: 'quarterly_results',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'areaId', type: 'uuid' },
    { name: 'year', type: 'integer' },
    { name: 'quarter', type: 'integer' },
    { name: 'state', type: 'varchar', length: '10' },
    { name: 'introduction', type: 'text', isNullable: true },
    { name: 'lines', type: 'text' },
    { name: 'sentAt', type: 'varchar', length: '24', isNullable: true },
    { name: 'publishedAt', type: 'varchar', length: '24', isNullable: true },
    { name: 'version', type: 'integer', default: '1' },
  ],
  uniques: [{ name: 'UQ_062023fb5cd4cf139cb108d7066', columnNames: ['areaId', 'year', 'quarter'] }],
  foreignKeys: [
    {
      name: 'FK_286d73e7fa40908924c922dcdb7',
      columnNames: ['areaId'],
      referencedTableName: 'areas',
      referencedColumnNames: ['id'],
    },
  ],
});

export class CreateQuarterlyResults1764000026000 implements MigrationInterface {
  name = 'CreateQuarterlyResults1764000026000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(portable(runner, quarterlyResults));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(quarterlyResults.name);
  }
}
