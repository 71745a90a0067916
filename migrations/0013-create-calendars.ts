import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { portable } from './portable.js';

const calendarFeeds = new Table({
  name: 'calendar_feeds',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'personId', type: 'uuid' },
    { name: 'meetingId', type: 'uuid', isNullable: true },
    { name: 'hash', type: 'varchar', length: '64' },
    { name: 'createdAt', type: 'varchar', length: '24' },
    { name: 'version', type: 'integer', default: '1' },
  ],
  uniques: [{ name: 'UQ_068a9149ec1382ec1b0fc050644', columnNames: ['hash'] }],
  indices: [{ name: 'IDX_204eaff841f1a3022b4ad69de6', columnNames: ['personId'] }],
  foreignKeys: [
    {
      name: 'FK_204eaff841f1a3022b4ad69de69',
      columnNames: ['personId'],
      referencedTableName: 'people',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_e0e8b61a70c5e00ff46c28d4eb1',
      columnNames: ['meetingId'],
      referencedTableName: 'meetings',
      referencedColumnNames: ['id'],
    },
  ],
});

const sessionInvitations = new Table({
  name: 'session_invitations',
  columns: [
    { name: 'sessionId', type: 'uuid', isPrimary: true },
    { name: 'sentAt', type: 'varchar', length: '24' },
    { name: 'sentById', type: 'uuid', isNullable: true },
    { name: 'version', type: 'integer', default: '1' },
  ],
  foreignKeys: [
    {
      name: 'FK_be794fc79939f57e6a4c3183834',
      columnNames: ['sessionId'],
      referencedTableName: 'sessions',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_cd3ea56cec02e560c7f88a9ca0c',
      columnNames: ['sentById'],
      referencedTableName: 'people',
      referencedColumnNames: ['id'],
    },
  ],
});

const TABLES = [calendarFeeds, sessionInvitations];

export class CreateCalendars1764000012000 implements MigrationInterface {
  name = 'CreateCalendars1764000012000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.createTable(portable(runner, table));
    // Added as it is: the driver of SQLite would build the table anew for it.
    const type = runner.dataSource.options.type === 'postgres' ? 'uuid' : 'varchar';
    await runner.query(`ALTER TABLE "attendances" ADD COLUMN "replacesId" ${type}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "attendances" DROP COLUMN "replacesId"');
    for (const table of TABLES.toReversed()) await runner.dropTable(table.name);
  }
}
