import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { portable } from './portable.js';

const formerStates = new Table({
  name: 'former_states',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'tableName', type: 'varchar', length: '30' },
    { name: 'rowId', type: 'uuid' },
    { name: 'state', type: 'text', isNullable: true },
    { name: 'untilAt', type: 'varchar', length: '24' },
    { name: 'countsFrom', type: 'date', isNullable: true },
  ],
  indices: [
    { name: 'former_states_of_row', columnNames: ['rowId'] },
    { name: 'former_states_by_moment', columnNames: ['tableName', 'untilAt'] },
  ],
});

/** How rows that reviews count read before they were changed. What is there now counts as having been so always. */
export class KeepFormerStates1764000044000 implements MigrationInterface {
  name = 'KeepFormerStates1764000044000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(portable(runner, formerStates));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('former_states');
  }
}
