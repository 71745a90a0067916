import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { portable } from './portable.js';

const actions = new Table({
  name: 'actions',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'number', type: 'varchar', length: '20' },
    { name: 'title', type: 'varchar', length: '200' },
    { name: 'details', type: 'text', isNullable: true },
    { name: 'areaId', type: 'uuid' },
    { name: 'meetingId', type: 'uuid', isNullable: true },
    { name: 'sessionId', type: 'uuid', isNullable: true },
    { name: 'agendaItemId', type: 'uuid', isNullable: true },
    { name: 'theme', type: 'varchar', length: '100', isNullable: true },
    { name: 'status', type: 'varchar', length: '20' },
    { name: 'statusReason', type: 'text', isNullable: true },
    { name: 'resumeOn', type: 'date', isNullable: true },
    { name: 'ownerId', type: 'uuid', isNullable: true },
    { name: 'ownerPersonId', type: 'uuid', isNullable: true },
    { name: 'dueKind', type: 'varchar', length: '20', isNullable: true },
    { name: 'dueOn', type: 'date', isNullable: true },
    { name: 'originalDueOn', type: 'date', isNullable: true },
    { name: 'postponements', type: 'integer', default: '0' },
    { name: 'checkOn', type: 'date', isNullable: true },
    { name: 'realisation', type: 'varchar', length: '10', isNullable: true },
    { name: 'result', type: 'text', isNullable: true },
    { name: 'resultSize', type: 'varchar', length: '10', isNullable: true },
    { name: 'doneOn', type: 'date', isNullable: true },
    { name: 'closedOn', type: 'date', isNullable: true },
    { name: 'isHandedBack', type: 'boolean', default: 'false' },
    { name: 'isWithdrawn', type: 'boolean', default: 'false' },
    { name: 'goalId', type: 'uuid', isNullable: true },
    { name: 'opgaveId', type: 'uuid', isNullable: true },
    { name: 'requestedById', type: 'uuid', isNullable: true },
    { name: 'reference', type: 'varchar', length: '100', isNullable: true },
    { name: 'followsOnId', type: 'uuid', isNullable: true },
    { name: 'contribution', type: 'varchar', length: '20', isNullable: true },
    { name: 'isPublic', type: 'boolean', default: 'false' },
    { name: 'publicText', type: 'text', isNullable: true },
    { name: 'expectedResult', type: 'text', isNullable: true },
    { name: 'recordedOn', type: 'date' },
    { name: 'isConfidential', type: 'boolean', default: 'false' },
    { name: 'version', type: 'integer', default: '1' },
  ],
  uniques: [{ name: 'UQ_435c6775a72030218e0eaa7bcfb', columnNames: ['number'] }],
  indices: [
    { name: 'IDX_e04f768f51983aa99e85cb5d6e', columnNames: ['followsOnId'] },
    { name: 'IDX_de39ebb4af6abf262abcb85dbc', columnNames: ['requestedById'] },
    { name: 'IDX_7c1ccc84383efd22bec19d8e82', columnNames: ['ownerPersonId'] },
    { name: 'IDX_ec835fec15a5b1409d8776e880', columnNames: ['sessionId'] },
    { name: 'IDX_edf21e0525aa0082ab0cbfd8aa', columnNames: ['meetingId', 'closedOn'] },
    { name: 'IDX_ea3bbca1f59331f5208a7c4644', columnNames: ['areaId', 'recordedOn'] },
    { name: 'IDX_737126ace4ed07c47661c9375c', columnNames: ['areaId', 'dueOn', 'id'], where: '"closedOn" IS NULL' },
    { name: 'IDX_cac3f57f94276dc671837eb708', columnNames: ['ownerId', 'dueOn'], where: '"closedOn" IS NULL' },
  ],
  foreignKeys: [
    {
      name: 'FK_0386475b96447c578b4a374e90f',
      columnNames: ['areaId'],
      referencedTableName: 'areas',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_b4918c389959067681c697832c5',
      columnNames: ['meetingId'],
      referencedTableName: 'meetings',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_ec835fec15a5b1409d8776e8806',
      columnNames: ['sessionId'],
      referencedTableName: 'sessions',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_3c819c44bc77075cf86388a5d7c',
      columnNames: ['agendaItemId'],
      referencedTableName: 'agenda_items',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_ff7eed1be5541cf9c7b37a91d08',
      columnNames: ['ownerId'],
      referencedTableName: 'organisations',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_7c1ccc84383efd22bec19d8e823',
      columnNames: ['ownerPersonId'],
      referencedTableName: 'people',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_de39ebb4af6abf262abcb85dbcb',
      columnNames: ['requestedById'],
      referencedTableName: 'organisations',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_e04f768f51983aa99e85cb5d6e8',
      columnNames: ['followsOnId'],
      referencedTableName: 'actions',
      referencedColumnNames: ['id'],
    },
  ],
});

const actionCoOwners = new Table({
  name: 'action_co_owners',
  columns: [
    { name: 'actionId', type: 'uuid', isPrimary: true },
    { name: 'organisationId', type: 'uuid', isPrimary: true },
  ],
  indices: [{ name: 'IDX_e5b5fce4839ccd3a0f95527aab', columnNames: ['organisationId'] }],
  foreignKeys: [
    {
      name: 'FK_ae832159809ce37c124138eb8cd',
      columnNames: ['actionId'],
      referencedTableName: 'actions',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_e5b5fce4839ccd3a0f95527aab5',
      columnNames: ['organisationId'],
      referencedTableName: 'organisations',
      referencedColumnNames: ['id'],
    },
  ],
});

const actionParties = new Table({
  name: 'action_parties',
  columns: [
    { name: 'actionId', type: 'uuid', isPrimary: true },
    { name: 'organisationId', type: 'uuid', isPrimary: true },
  ],
  indices: [{ name: 'IDX_a88b9aaebcbbd55e80d4ca9c48', columnNames: ['organisationId'] }],
  foreignKeys: [
    {
      name: 'FK_52564170134f50f2ac3072aa3ae',
      columnNames: ['actionId'],
      referencedTableName: 'actions',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_a88b9aaebcbbd55e80d4ca9c48f',
      columnNames: ['organisationId'],
      referencedTableName: 'organisations',
      referencedColumnNames: ['id'],
    },
  ],
});

const actionUpdates = new Table({
  name: 'action_updates',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'actionId', type: 'uuid' },
    { name: 'sequence', type: 'integer' },
    { name: 'kind', type: 'varchar', length: '20' },
    { name: 'effectiveOn', type: 'date' },
    { name: 'recordedAt', type: 'varchar', length: '24' },
    { name: 'recordedById', type: 'uuid', isNullable: true },
    { name: 'onBehalfOfId', type: 'uuid', isNullable: true },
    { name: 'sessionId', type: 'uuid', isNullable: true },
    { name: 'comment', type: 'text', isNullable: true },
    { name: 'changes', type: 'text' },
    { name: 'restatesId', type: 'uuid', isNullable: true },
    { name: 'title', type: 'varchar', length: '200' },
    { name: 'areaId', type: 'uuid' },
    { name: 'theme', type: 'varchar', length: '100', isNullable: true },
    { name: 'coOwnerIds', type: 'text' },
    { name: 'isPublic', type: 'boolean', default: 'false' },
    { name: 'isConfidential', type: 'boolean', default: 'false' },
    { name: 'status', type: 'varchar', length: '20' },
    { name: 'statusReason', type: 'text', isNullable: true },
    { name: 'resumeOn', type: 'date', isNullable: true },
    { name: 'ownerId', type: 'uuid', isNullable: true },
    { name: 'ownerPersonId', type: 'uuid', isNullable: true },
    { name: 'dueKind', type: 'varchar', length: '20', isNullable: true },
    { name: 'dueOn', type: 'date', isNullable: true },
    { name: 'originalDueOn', type: 'date', isNullable: true },
    { name: 'postponements', type: 'integer', default: '0' },
    { name: 'checkOn', type: 'date', isNullable: true },
    { name: 'realisation', type: 'varchar', length: '10', isNullable: true },
    { name: 'result', type: 'text', isNullable: true },
    { name: 'resultSize', type: 'varchar', length: '10', isNullable: true },
    { name: 'doneOn', type: 'date', isNullable: true },
    { name: 'closedOn', type: 'date', isNullable: true },
    { name: 'isHandedBack', type: 'boolean', default: 'false' },
    { name: 'isWithdrawn', type: 'boolean', default: 'false' },
    { name: 'recordedOn', type: 'date' },
  ],
  uniques: [{ name: 'UQ_2600631581651a43da372aa171f', columnNames: ['actionId', 'sequence'] }],
  indices: [
    { name: 'IDX_e50a31ec3b16f497dcc8fe617e', columnNames: ['sessionId'] },
    { name: 'IDX_cc4ef4e434ee4db5e76eee7383', columnNames: ['actionId', 'effectiveOn', 'sequence'] },
    { name: 'IDX_78c6274338fc660e9e731adc3d', columnNames: ['areaId', 'effectiveOn'] },
  ],
  foreignKeys: [
    {
      name: 'FK_aac527ba6b1c3ebfc277dc69ab4',
      columnNames: ['actionId'],
      referencedTableName: 'actions',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_6af77ee781532048093bbfaa492',
      columnNames: ['recordedById'],
      referencedTableName: 'people',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_ee1b1e25f05ce40eaee8cb32e3c',
      columnNames: ['onBehalfOfId'],
      referencedTableName: 'organisations',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_e50a31ec3b16f497dcc8fe617e0',
      columnNames: ['sessionId'],
      referencedTableName: 'sessions',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_02c4bf54f554ed3387205a66e24',
      columnNames: ['restatesId'],
      referencedTableName: 'action_updates',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_f4d6f0fd9c3f2cc8d6c5faf8863',
      columnNames: ['areaId'],
      referencedTableName: 'areas',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_453d35507eb3a66b65ca19119d1',
      columnNames: ['ownerId'],
      referencedTableName: 'organisations',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_7742df2dd177df89e8260b7dec0',
      columnNames: ['ownerPersonId'],
      referencedTableName: 'people',
      referencedColumnNames: ['id'],
    },
  ],
});

const discussions = new Table({
  name: 'discussions',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'sessionId', type: 'uuid' },
    { name: 'actionId', type: 'uuid' },
    { name: 'kind', type: 'varchar', length: '20' },
    { name: 'outcome', type: 'varchar', length: '20', isNullable: true },
    { name: 'note', type: 'text', isNullable: true },
    { name: 'version', type: 'integer', default: '1' },
  ],
  uniques: [{ name: 'UQ_b42da07dc47c8ada0fcfbce3da7', columnNames: ['sessionId', 'actionId'] }],
  indices: [{ name: 'IDX_88c831e2efe6e320f5644dcb5c', columnNames: ['actionId'] }],
  foreignKeys: [
    {
      name: 'FK_e28f4d8a9d84c455ab45aa544e4',
      columnNames: ['sessionId'],
      referencedTableName: 'sessions',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_88c831e2efe6e320f5644dcb5ce',
      columnNames: ['actionId'],
      referencedTableName: 'actions',
      referencedColumnNames: ['id'],
    },
  ],
});

const TABLES = [actions, actionCoOwners, actionParties, actionUpdates, discussions];

export class CreateActions1764000003000 implements MigrationInterface {
  name = 'CreateActions1764000003000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.createTable(portable(runner, table));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES.toReversed()) await runner.dropTable(table.name);
  }
}
