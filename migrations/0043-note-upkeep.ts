import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { portable } from './portable.js';

const upkeep = new Table({
  name: 'upkeep',
  columns: [
    { name: 'kind', type: 'varchar', length: '20', isPrimary: true },
    { name: 'at', type: 'varchar', length: '24' },
    { name: 'flaw', type: 'text', isNullable: true },
  ],
});

/** When a back-up was last made and the chains last verified, so that the administrator can see it. */
export class NoteUpkeep1764000042000 implements MigrationInterface {
  name = 'NoteUpkeep1764000042000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(portable(runner, upkeep));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('upkeep');
  }
}
