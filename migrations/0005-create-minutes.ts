import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { portable } from './portable.js';

const minutes = new Table({
  name: 'minutes',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'sessionId', type: 'uuid' },
    { name: 'state', type: 'varchar', length: '10' },
    { name: 'currentNumber', type: 'integer' },
    { name: 'sentAt', type: 'varchar', length: '24', isNullable: true },
    { name: 'adoptedAt', type: 'varchar', length: '24', isNullable: true },
    { name: 'adoptedInId', type: 'uuid', isNullable: true },
    { name: 'version', type: 'integer', default: '1' },
  ],
  uniques: [{ name: 'UQ_b4d1fd9ae1c959a5fc8ce58f2e2', columnNames: ['sessionId'] }],
  foreignKeys: [
    {
      name: 'FK_b4d1fd9ae1c959a5fc8ce58f2e2',
      columnNames: ['sessionId'],
      referencedTableName: 'sessions',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_49a8020c2d5e871b24e76dd844e',
      columnNames: ['adoptedInId'],
      referencedTableName: 'sessions',
      referencedColumnNames: ['id'],
    },
  ],
});

const minutesVersions = new Table({
  name: 'minutes_versions',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'minutesId', type: 'uuid' },
    { name: 'number', type: 'integer' },
    { name: 'reason', type: 'varchar', length: '20' },
    { name: 'composedAt', type: 'varchar', length: '24' },
    { name: 'composedById', type: 'uuid', isNullable: true },
    { name: 'hash', type: 'varchar', length: '64' },
  ],
  uniques: [{ name: 'UQ_605fceef858730df1a27cec5c56', columnNames: ['minutesId', 'number'] }],
  foreignKeys: [
    {
      name: 'FK_d05f645888387b1ffdd2e7bf824',
      columnNames: ['minutesId'],
      referencedTableName: 'minutes',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_cadb1a8f9d19fd4c93c69b8e003',
      columnNames: ['composedById'],
      referencedTableName: 'people',
      referencedColumnNames: ['id'],
    },
  ],
});

const minutesParts = new Table({
  name: 'minutes_parts',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'versionId', type: 'uuid' },
    { name: 'label', type: 'varchar', length: '20' },
    { name: 'content', type: 'text', isNullable: true },
    { name: 'salt', type: 'varchar', length: '64', isNullable: true },
    { name: 'hash', type: 'varchar', length: '64' },
  ],
  uniques: [{ name: 'UQ_284c7cdc70fe75850f675913106', columnNames: ['versionId', 'label'] }],
  foreignKeys: [
    {
      name: 'FK_59249de3d6b1243c320b8294baf',
      columnNames: ['versionId'],
      referencedTableName: 'minutes_versions',
      referencedColumnNames: ['id'],
    },
  ],
});

const minutesPartParties = new Table({
  name: 'minutes_part_parties',
  columns: [
    { name: 'partId', type: 'uuid', isPrimary: true },
    { name: 'organisationId', type: 'uuid', isPrimary: true },
  ],
  indices: [{ name: 'IDX_1cb5b2c25fe735dbf6c60e0a2e', columnNames: ['organisationId'] }],
  foreignKeys: [
    {
      name: 'FK_44345a995e39735c7359895a079',
      columnNames: ['partId'],
      referencedTableName: 'minutes_parts',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_1cb5b2c25fe735dbf6c60e0a2e5',
      columnNames: ['organisationId'],
      referencedTableName: 'organisations',
      referencedColumnNames: ['id'],
    },
  ],
});

const minutesNames = new Table({
  name: 'minutes_names',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'minutesId', type: 'uuid' },
    { name: 'personId', type: 'uuid', isNullable: true },
    { name: 'name', type: 'varchar', length: '200', isNullable: true },
    { name: 'function', type: 'varchar', length: '200', isNullable: true },
  ],
  indices: [
    { name: 'IDX_86edb1c1082961d7233342f003', columnNames: ['personId'] },
    { name: 'IDX_025edf9e9a9f8be9381d21d73d', columnNames: ['minutesId'] },
  ],
  foreignKeys: [
    {
      name: 'FK_025edf9e9a9f8be9381d21d73d7',
      columnNames: ['minutesId'],
      referencedTableName: 'minutes',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_86edb1c1082961d7233342f003c',
      columnNames: ['personId'],
      referencedTableName: 'people',
      referencedColumnNames: ['id'],
    },
  ],
});

const minutesEvents = new Table({
  name: 'minutes_events',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'minutesId', type: 'uuid' },
    { name: 'kind', type: 'varchar', length: '20' },
    { name: 'at', type: 'varchar', length: '24' },
    { name: 'byId', type: 'uuid', isNullable: true },
    { name: 'sessionId', type: 'uuid', isNullable: true },
    { name: 'versionId', type: 'uuid', isNullable: true },
    { name: 'text', type: 'text', isNullable: true },
  ],
  indices: [{ name: 'IDX_1dd5f315c2e08e2e8c35f03a52', columnNames: ['minutesId'] }],
  foreignKeys: [
    {
      name: 'FK_1dd5f315c2e08e2e8c35f03a529',
      columnNames: ['minutesId'],
      referencedTableName: 'minutes',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_51e0c0a7d72ba25515de56b23ba',
      columnNames: ['byId'],
      referencedTableName: 'people',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_13bc299c791c77e07f3435075fa',
      columnNames: ['sessionId'],
      referencedTableName: 'sessions',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_65b49802e59fabed17eae97738c',
      columnNames: ['versionId'],
      referencedTableName: 'minutes_versions',
      referencedColumnNames: ['id'],
    },
  ],
});

const TABLES = [minutes, minutesVersions, minutesParts, minutesPartParties, minutesNames, minutesEvents];

export class CreateMinutes1764000004000 implements MigrationInterface {
  name = 'CreateMinutes1764000004000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.createTable(portable(runner, table));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES.toReversed()) await runner.dropTable(table.name);
  }
}
