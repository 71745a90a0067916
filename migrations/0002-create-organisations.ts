import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { portable } from './portable.js';

const organisations = new Table({
  name: 'organisations',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'name', type: 'varchar', length: '200' },
    { name: 'kind', type: 'varchar', length: '20' },
    { name: 'aliases', type: 'text' },
    { name: 'mergedIntoId', type: 'uuid', isNullable: true },
    { name: 'version', type: 'integer', default: '1' },
  ],
  uniques: [{ name: 'UQ_4a3dcb66f1630f551b81bca1b34', columnNames: ['name'] }],
  foreignKeys: [
    {
      name: 'FK_c2eac3bc56856b6104af6eab840',
      columnNames: ['mergedIntoId'],
      referencedTableName: 'organisations',
      referencedColumnNames: ['id'],
    },
  ],
});

const people = new Table({
  name: 'people',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'name', type: 'varchar', length: '200' },
    { name: 'email', type: 'varchar', length: '254', isNullable: true },
    { name: 'active', type: 'boolean', default: 'true' },
    { name: 'isShared', type: 'boolean', default: 'false' },
    { name: 'replacementId', type: 'uuid', isNullable: true },
    { name: 'replacementUntilOn', type: 'date', isNullable: true },
    { name: 'digestPausedUntilOn', type: 'date', isNullable: true },
    { name: 'isDigestStopped', type: 'boolean', default: 'false' },
    { name: 'version', type: 'integer', default: '1' },
  ],
  uniques: [{ name: 'UQ_c77e8752faa45901af2b245dff2', columnNames: ['email'] }],
  foreignKeys: [
    {
      name: 'FK_507d9973da44d9bcc3b87bd720e',
      columnNames: ['replacementId'],
      referencedTableName: 'people',
      referencedColumnNames: ['id'],
    },
  ],
});

const memberships = new Table({
  name: 'memberships',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'personId', type: 'uuid' },
    { name: 'organisationId', type: 'uuid' },
    { name: 'function', type: 'varchar', length: '200', isNullable: true },
    { name: 'fromOn', type: 'date' },
    { name: 'untilOn', type: 'date', isNullable: true },
    { name: 'version', type: 'integer', default: '1' },
  ],
  indices: [
    { name: 'IDX_10c582b14b2865b7a96c015356', columnNames: ['organisationId'] },
    { name: 'IDX_9b5139de55b7990de8ee069b8f', columnNames: ['personId'] },
  ],
  foreignKeys: [
    {
      name: 'FK_9b5139de55b7990de8ee069b8fc',
      columnNames: ['personId'],
      referencedTableName: 'people',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_10c582b14b2865b7a96c0153560',
      columnNames: ['organisationId'],
      referencedTableName: 'organisations',
      referencedColumnNames: ['id'],
    },
  ],
});

const contacts = new Table({
  name: 'contacts',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'organisationId', type: 'uuid' },
    { name: 'areaId', type: 'uuid', isNullable: true },
    { name: 'personId', type: 'uuid' },
    { name: 'fromOn', type: 'date' },
    { name: 'untilOn', type: 'date', isNullable: true },
    { name: 'version', type: 'integer', default: '1' },
  ],
  indices: [
    { name: 'IDX_941ef02a2db4356b801ed7a2fe', columnNames: ['personId'] },
    { name: 'IDX_141c61363cf40fa3a48798aac9', columnNames: ['organisationId', 'areaId'] },
  ],
  foreignKeys: [
    {
      name: 'FK_6d523a438af030e431831e0a9da',
      columnNames: ['organisationId'],
      referencedTableName: 'organisations',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_b909e0ba40034931d8c7345cfaa',
      columnNames: ['areaId'],
      referencedTableName: 'areas',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_941ef02a2db4356b801ed7a2fef',
      columnNames: ['personId'],
      referencedTableName: 'people',
      referencedColumnNames: ['id'],
    },
  ],
});

const grants = new Table({
  name: 'grants',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'personId', type: 'uuid' },
    { name: 'role', type: 'varchar', length: '10' },
    { name: 'areaId', type: 'uuid' },
    { name: 'fromOn', type: 'date' },
    { name: 'untilOn', type: 'date', isNullable: true },
    { name: 'version', type: 'integer', default: '1' },
  ],
  indices: [
    { name: 'IDX_9dff361f648afd1eee882d5519', columnNames: ['areaId'] },
    { name: 'IDX_7be188a2d5c4ea5939c093a230', columnNames: ['personId'] },
  ],
  foreignKeys: [
    {
      name: 'FK_7be188a2d5c4ea5939c093a230d',
      columnNames: ['personId'],
      referencedTableName: 'people',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_9dff361f648afd1eee882d55196',
      columnNames: ['areaId'],
      referencedTableName: 'areas',
      referencedColumnNames: ['id'],
    },
  ],
});

const TABLES = [organisations, people, memberships, contacts, grants];

export class CreateOrganisations1764000001000 implements MigrationInterface {
  name = 'CreateOrganisations1764000001000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.createTable(portable(runner, table));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES.toReversed()) await runner.dropTable(table.name);
  }
}
