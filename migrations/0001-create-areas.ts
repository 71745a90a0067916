import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { portable } from './portable.js';

const areas = new Table({
  name: 'areas',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'name', type: 'varchar', length: '200' },
    { name: 'code', type: 'varchar', length: '5' },
    { name: 'kind', type: 'varchar', length: '20' },
    { name: 'cbsCode', type: 'varchar', length: '10', isNullable: true },
    { name: 'inhabitants', type: 'text', isNullable: true },
    { name: 'mergedIntoId', type: 'uuid', isNullable: true },
    { name: 'lastActionNumber', type: 'integer', default: '0' },
    { name: 'lastConfidentialNumber', type: 'integer', default: '0' },
    { name: 'version', type: 'integer', default: '1' },
  ],
  uniques: [{ name: 'UQ_1ce4e4f7cd8d820081bc74aa16c', columnNames: ['code'] }],
  foreignKeys: [
    {
      name: 'FK_ece9aecc98279bbc45be30278c0',
      columnNames: ['mergedIntoId'],
      referencedTableName: 'areas',
      referencedColumnNames: ['id'],
    },
  ],
});

const areaNames = new Table({
  name: 'area_names',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'areaId', type: 'uuid' },
    { name: 'name', type: 'varchar', length: '200' },
    { name: 'untilOn', type: 'date' },
  ],
  indices: [{ name: 'IDX_cfc792e2b88b60e779748de799', columnNames: ['areaId'] }],
  foreignKeys: [
    {
      name: 'FK_cfc792e2b88b60e779748de799e',
      columnNames: ['areaId'],
      referencedTableName: 'areas',
      referencedColumnNames: ['id'],
    },
  ],
});

const areaParents = new Table({
  name: 'area_parents',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'areaId', type: 'uuid' },
    { name: 'parentId', type: 'uuid' },
    { name: 'fromOn', type: 'date' },
    { name: 'untilOn', type: 'date', isNullable: true },
  ],
  indices: [
    { name: 'IDX_8a7fe4b7388e2d01aee81da4ba', columnNames: ['parentId'] },
    { name: 'IDX_a11d580b6153f4b6f9db87052f', columnNames: ['areaId'] },
  ],
  foreignKeys: [
    {
      name: 'FK_a11d580b6153f4b6f9db87052fb',
      columnNames: ['areaId'],
      referencedTableName: 'areas',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_8a7fe4b7388e2d01aee81da4ba5',
      columnNames: ['parentId'],
      referencedTableName: 'areas',
      referencedColumnNames: ['id'],
    },
  ],
});

const TABLES = [areas, areaNames, areaParents];

export class CreateAreas1764000000000 implements MigrationInterface {
  name = 'CreateAreas1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.createTable(portable(runner, table));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES.toReversed()) await runner.dropTable(table.name);
  }
}
