import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { portable } from './portable.js';

const erasures = new Table({
  name: 'erasures',
  columns: [
    { name: 'personId', type: 'uuid', isPrimary: true },
    { name: 'erasedAt', type: 'varchar', length: '24' },
    { name: 'byId', type: 'uuid', isNullable: true },
    { name: 'ground', type: 'text' },
  ],
  foreignKeys: [
    {
      name: 'FK_7b4517e63ed03fa60e279264dee',
      columnNames: ['personId'],
      referencedTableName: 'people',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_f5228f23671f58f3c48787515df',
      columnNames: ['byId'],
      referencedTableName: 'people',
      referencedColumnNames: ['id'],
    },
  ],
});

const erasurePlaces = new Table({
  name: 'erasure_places',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'personId', type: 'uuid' },
    { name: 'kind', type: 'varchar', length: '30' },
    { name: 'objectId', type: 'uuid' },
    { name: 'field', type: 'varchar', length: '30' },
    { name: 'fingerprint', type: 'varchar', length: '64' },
  ],
  indices: [{ name: 'IDX_11c6262f788a83f35d9c7f316b', columnNames: ['personId'] }],
  foreignKeys: [
    {
      name: 'FK_11c6262f788a83f35d9c7f316b1',
      columnNames: ['personId'],
      referencedTableName: 'people',
      referencedColumnNames: ['id'],
    },
  ],
});

const TABLES = [erasures, erasurePlaces];

/** Who was erased, on which ground, and where the name still stood in a text. */
export class CreateErasures1764000041000 implements MigrationInterface {
  name = 'CreateErasures1764000041000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.createTable(portable(runner, table));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES.toReversed()) await runner.dropTable(table.name);
  }
}
