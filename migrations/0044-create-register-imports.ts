import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { portable } from './portable.js';

const imports = new Table({
  name: 'register_imports',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'personId', type: 'uuid' },
    { name: 'register', type: 'varchar', length: '20' },
    { name: 'state', type: 'varchar', length: '10' },
    { name: 'proposal', type: 'text' },
    { name: 'createdAt', type: 'varchar', length: '24' },
    { name: 'executedAt', type: 'varchar', length: '24', isNullable: true },
    { name: 'version', type: 'integer', default: '1' },
  ],
  indices: [{ name: 'IDX_0089d367217e6e6f98bba6eca1', columnNames: ['personId'] }],
  foreignKeys: [
    {
      name: 'FK_0089d367217e6e6f98bba6eca18',
      columnNames: ['personId'],
      referencedTableName: 'people',
      referencedColumnNames: ['id'],
    },
  ],
});

/** What a file would do to a register, between looking at it and doing it. */
export class CreateRegisterImports1764000043000 implements MigrationInterface {
  name = 'CreateRegisterImports1764000043000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(portable(runner, imports));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('register_imports');
  }
}
