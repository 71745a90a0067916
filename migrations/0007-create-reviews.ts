import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { portable } from './portable.js';

const reviews = new Table({
  name: 'reviews',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'areaId', type: 'uuid' },
    { name: 'fromOn', type: 'date' },
    { name: 'asOf', type: 'date' },
    { name: 'state', type: 'varchar', length: '10' },
    { name: 'knownAt', type: 'varchar', length: '24', isNullable: true },
    { name: 'texts', type: 'text' },
    { name: 'document', type: 'text', isNullable: true },
    { name: 'hash', type: 'varchar', length: '64', isNullable: true },
    { name: 'createdById', type: 'uuid', isNullable: true },
    { name: 'frozenAt', type: 'varchar', length: '24', isNullable: true },
    { name: 'version', type: 'integer', default: '1' },
  ],
  indices: [{ name: 'IDX_a509d640ed814a867ad9ee4d30', columnNames: ['areaId', 'asOf'] }],
  foreignKeys: [
    {
      name: 'FK_b91a3b47aaa6435815521e44da9',
      columnNames: ['areaId'],
      referencedTableName: 'areas',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_3119a93292b1cb40c22bb045f50',
      columnNames: ['createdById'],
      referencedTableName: 'people',
      referencedColumnNames: ['id'],
    },
  ],
});

const TABLES = [reviews];

export class CreateReviews1764000006000 implements MigrationInterface {
  name = 'CreateReviews1764000006000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.createTable(portable(runner, table));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES.toReversed()) await runner.dropTable(table.name);
  }
}
