import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { portable } from './portable.js';

const meetings = new Table({
  name: 'meetings',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'areaId', type: 'uuid' },
    { name: 'kind', type: 'varchar', length: '20' },
    { name: 'name', type: 'varchar', length: '200' },
    { name: 'rhythm', type: 'varchar', length: '500', isNullable: true },
    { name: 'startTime', type: 'varchar', length: '5', isNullable: true },
    { name: 'durationMinutes', type: 'integer', isNullable: true },
    { name: 'place', type: 'varchar', length: '200', isNullable: true },
    { name: 'defaultAgenda', type: 'text' },
    { name: 'minutesForm', type: 'varchar', length: '30' },
    { name: 'skipsHolidays', type: 'boolean', default: 'false' },
    { name: 'allowsWrittenAdoption', type: 'boolean', default: 'false' },
    { name: 'isOpenToReaders', type: 'boolean', default: 'false' },
    { name: 'endedOn', type: 'date', isNullable: true },
    { name: 'version', type: 'integer', default: '1' },
  ],
  indices: [{ name: 'IDX_f7e4aea640937bd1c98736ec24', columnNames: ['areaId'] }],
  foreignKeys: [
    {
      name: 'FK_f7e4aea640937bd1c98736ec247',
      columnNames: ['areaId'],
      referencedTableName: 'areas',
      referencedColumnNames: ['id'],
    },
  ],
});

const sessions = new Table({
  name: 'sessions',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'meetingId', type: 'uuid' },
    { name: 'heldOn', type: 'date' },
    { name: 'startTime', type: 'varchar', length: '5', isNullable: true },
    { name: 'endTime', type: 'varchar', length: '5', isNullable: true },
    { name: 'place', type: 'varchar', length: '200', isNullable: true },
    { name: 'state', type: 'varchar', length: '20' },
    { name: 'isExtra', type: 'boolean', default: 'false' },
    { name: 'chairId', type: 'uuid', isNullable: true },
    { name: 'secretaryId', type: 'uuid', isNullable: true },
    { name: 'cancellationReason', type: 'text', isNullable: true },
    { name: 'reopeningReason', type: 'text', isNullable: true },
    { name: 'openedAt', type: 'varchar', length: '24', isNullable: true },
    { name: 'closedAt', type: 'varchar', length: '24', isNullable: true },
    { name: 'lastItemNumber', type: 'integer', default: '0' },
    { name: 'lastConfidentialItemNumber', type: 'integer', default: '0' },
    { name: 'calendarSequence', type: 'integer', default: '0' },
    { name: 'version', type: 'integer', default: '1' },
  ],
  indices: [{ name: 'IDX_5a1f5b4e5f6115a95d95ef950e', columnNames: ['meetingId', 'heldOn'] }],
  foreignKeys: [
    {
      name: 'FK_b74c8afd025433a4d3fd53ae53b',
      columnNames: ['meetingId'],
      referencedTableName: 'meetings',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_94b03b6aab0dd575661570abd4d',
      columnNames: ['chairId'],
      referencedTableName: 'people',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_f413b99af043b30f68cf4b69478',
      columnNames: ['secretaryId'],
      referencedTableName: 'people',
      referencedColumnNames: ['id'],
    },
  ],
});

const agendaItems = new Table({
  name: 'agenda_items',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'sessionId', type: 'uuid' },
    { name: 'number', type: 'varchar', length: '10' },
    { name: 'position', type: 'integer' },
    { name: 'kind', type: 'varchar', length: '20' },
    { name: 'title', type: 'varchar', length: '200' },
    { name: 'notes', type: 'text', isNullable: true },
    { name: 'decision', type: 'text', isNullable: true },
    { name: 'state', type: 'varchar', length: '20' },
    { name: 'proposedById', type: 'uuid', isNullable: true },
    { name: 'declineReason', type: 'text', isNullable: true },
    { name: 'carriedFromId', type: 'uuid', isNullable: true },
    { name: 'isConfidential', type: 'boolean', default: 'false' },
    { name: 'version', type: 'integer', default: '1' },
  ],
  uniques: [{ name: 'UQ_ceb91577fd6333447afab4dae64', columnNames: ['sessionId', 'number'] }],
  indices: [{ name: 'IDX_302b5ca1739b50e3c6173fd845', columnNames: ['carriedFromId'] }],
  foreignKeys: [
    {
      name: 'FK_059ca16a15ecb1f9b1c6f7b082f',
      columnNames: ['sessionId'],
      referencedTableName: 'sessions',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_cf9004da7fe67e032eb733e90b9',
      columnNames: ['proposedById'],
      referencedTableName: 'organisations',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_302b5ca1739b50e3c6173fd845f',
      columnNames: ['carriedFromId'],
      referencedTableName: 'agenda_items',
      referencedColumnNames: ['id'],
    },
  ],
});

const agendaItemParties = new Table({
  name: 'agenda_item_parties',
  columns: [
    { name: 'agendaItemId', type: 'uuid', isPrimary: true },
    { name: 'organisationId', type: 'uuid', isPrimary: true },
  ],
  indices: [{ name: 'IDX_fe916ef4508e61b46433b24ef7', columnNames: ['organisationId'] }],
  foreignKeys: [
    {
      name: 'FK_cc4b817225b2d9911dc4119c28b',
      columnNames: ['agendaItemId'],
      referencedTableName: 'agenda_items',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_fe916ef4508e61b46433b24ef75',
      columnNames: ['organisationId'],
      referencedTableName: 'organisations',
      referencedColumnNames: ['id'],
    },
  ],
});

const attendances = new Table({
  name: 'attendances',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'sessionId', type: 'uuid' },
    { name: 'personId', type: 'uuid', isNullable: true },
    { name: 'guestName', type: 'varchar', length: '200', isNullable: true },
    { name: 'organisationId', type: 'uuid', isNullable: true },
    { name: 'isReplacement', type: 'boolean', default: 'false' },
    { name: 'status', type: 'varchar', length: '10' },
    { name: 'version', type: 'integer', default: '1' },
  ],
  uniques: [{ name: 'UQ_35170cade97a3aa85ad1baa13e4', columnNames: ['sessionId', 'personId'] }],
  foreignKeys: [
    {
      name: 'FK_d5140a0a7ab7511a8d326eef004',
      columnNames: ['sessionId'],
      referencedTableName: 'sessions',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_55eab5a4e6f12662b12f8a09ad2',
      columnNames: ['personId'],
      referencedTableName: 'people',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_e7bd688ce661693832a598e1c45',
      columnNames: ['organisationId'],
      referencedTableName: 'organisations',
      referencedColumnNames: ['id'],
    },
  ],
});

const invitations = new Table({
  name: 'invitations',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'meetingId', type: 'uuid' },
    { name: 'organisationId', type: 'uuid', isNullable: true },
    { name: 'personId', type: 'uuid', isNullable: true },
    { name: 'role', type: 'varchar', length: '20' },
    { name: 'agendaItemId', type: 'uuid', isNullable: true },
    { name: 'fromOn', type: 'date' },
    { name: 'untilOn', type: 'date', isNullable: true },
    { name: 'version', type: 'integer', default: '1' },
  ],
  indices: [
    { name: 'IDX_fa87c4bce90f4b9af697f5db7c', columnNames: ['personId'] },
    { name: 'IDX_c148510b8e469be1192d482a49', columnNames: ['organisationId'] },
    { name: 'IDX_715cd7b2f0fdfb4c08b87be1e1', columnNames: ['meetingId'] },
  ],
  foreignKeys: [
    {
      name: 'FK_715cd7b2f0fdfb4c08b87be1e1a',
      columnNames: ['meetingId'],
      referencedTableName: 'meetings',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_c148510b8e469be1192d482a49b',
      columnNames: ['organisationId'],
      referencedTableName: 'organisations',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_fa87c4bce90f4b9af697f5db7c0',
      columnNames: ['personId'],
      referencedTableName: 'people',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_8791169f1347dcca4cec4a8eeaf',
      columnNames: ['agendaItemId'],
      referencedTableName: 'agenda_items',
      referencedColumnNames: ['id'],
    },
  ],
});

const TABLES = [meetings, sessions, agendaItems, agendaItemParties, attendances, invitations];

export class CreateMeetings1764000002000 implements MigrationInterface {
  name = 'CreateMeetings1764000002000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.createTable(portable(runner, table));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES.toReversed()) await runner.dropTable(table.name);
  }
}
