import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { portable } from './portable.js';

const escalations = new Table({
  name: 'action_escalations',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'actionId', type: 'uuid' },
    { name: 'step', type: 'integer' },
    { name: 'personId', type: 'uuid' },
    { name: 'text', type: 'text' },
    { name: 'askedById', type: 'uuid' },
    { name: 'askedOn', type: 'date' },
    { name: 'askedAt', type: 'varchar', length: '24' },
    { name: 'decision', type: 'text', isNullable: true },
    { name: 'decidedFor', type: 'date', isNullable: true },
    { name: 'answeredAt', type: 'varchar', length: '24', isNullable: true },
  ],
  uniques: [
    { name: 'UQ_8ab6cd97c3c32c26416f5dc8c15', columnNames: ['actionId', 'step'] },
    { name: 'UQ_d970ae174abcce0968d65067f1f', columnNames: ['actionId', 'personId'] },
  ],
  indices: [{ name: 'IDX_b620ee26ac1871c938d3d75cdd', columnNames: ['personId'] }],
  foreignKeys: [
    {
      name: 'FK_cd6a3de0287d996ec94c675cfff',
      columnNames: ['actionId'],
      referencedTableName: 'actions',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_b620ee26ac1871c938d3d75cddb',
      columnNames: ['personId'],
      referencedTableName: 'people',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_eb2c730846bb776f423a6072d0e',
      columnNames: ['askedById'],
      referencedTableName: 'people',
      referencedColumnNames: ['id'],
    },
  ],
});

const imports = new Table({
  name: 'action_imports',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'personId', type: 'uuid' },
    { name: 'areaId', type: 'uuid', isNullable: true },
    { name: 'state', type: 'varchar', length: '10' },
    { name: 'proposal', type: 'text' },
    { name: 'createdAt', type: 'varchar', length: '24' },
    { name: 'executedAt', type: 'varchar', length: '24', isNullable: true },
    { name: 'version', type: 'integer', default: '1' },
  ],
  indices: [{ name: 'IDX_ca25a90279b132849c8f5a04a7', columnNames: ['personId'] }],
  foreignKeys: [
    {
      name: 'FK_ca25a90279b132849c8f5a04a75',
      columnNames: ['personId'],
      referencedTableName: 'people',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_30d2b0418a772d209965bf20fff',
      columnNames: ['areaId'],
      referencedTableName: 'areas',
      referencedColumnNames: ['id'],
    },
  ],
});

const TABLES = [escalations, imports];

export class CreateActionExchange1764000010000 implements MigrationInterface {
  name = 'CreateActionExchange1764000010000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.createTable(portable(runner, table));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES.toReversed()) await runner.dropTable(table.name);
  }
}
