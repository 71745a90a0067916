import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { portable } from './portable.js';

const foreignKey = (name: string, column: string, table: string) => ({
  name,
  columnNames: [column],
  referencedTableName: table,
  referencedColumnNames: ['id'],
});

const reviewParties = new Table({
  name: 'review_parties',
  columns: [
    { name: 'reviewId', type: 'uuid', isPrimary: true },
    { name: 'personId', type: 'uuid', isPrimary: true },
    { name: 'organisationId', type: 'uuid' },
  ],
  indices: [{ name: 'IDX_37e17c5f3ff5433b2b6380c8a5', columnNames: ['personId'] }],
  foreignKeys: [
    foreignKey('FK_31cf7391a55d17414cb6b87d0b2', 'reviewId', 'reviews'),
    foreignKey('FK_37e17c5f3ff5433b2b6380c8a54', 'personId', 'people'),
    foreignKey('FK_f529da4f48cea92447b8b4d3adf', 'organisationId', 'organisations'),
  ],
});

const reviewReactions = new Table({
  name: 'review_reactions',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'reviewId', type: 'uuid' },
    { name: 'organisationId', type: 'uuid' },
    { name: 'personId', type: 'uuid' },
    { name: 'text', type: 'text' },
    { name: 'reactedAt', type: 'varchar', length: '24' },
  ],
  indices: [{ name: 'IDX_59ed44b3cfb757b0b3991c70aa', columnNames: ['reviewId'] }],
  foreignKeys: [
    foreignKey('FK_59ed44b3cfb757b0b3991c70aad', 'reviewId', 'reviews'),
    foreignKey('FK_407215a7d08bc8333c82c9c1ac9', 'organisationId', 'organisations'),
    foreignKey('FK_bfb81a3542e573dfce5dbf50f9d', 'personId', 'people'),
  ],
});

const ratingRounds = new Table({
  name: 'rating_rounds',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'areaId', type: 'uuid' },
    { name: 'year', type: 'integer' },
    { name: 'openedAt', type: 'varchar', length: '24' },
    { name: 'closedAt', type: 'varchar', length: '24', isNullable: true },
    { name: 'version', type: 'integer', default: '1' },
  ],
  uniques: [{ name: 'UQ_2ce1cc0fba814344f3005f19f92', columnNames: ['areaId', 'year'] }],
  foreignKeys: [foreignKey('FK_cf6035277a9e87a7010b6f0f620', 'areaId', 'areas')],
});

const ratings = new Table({
  name: 'ratings',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'roundId', type: 'uuid' },
    { name: 'personId', type: 'uuid' },
    { name: 'organisationId', type: 'uuid' },
    { name: 'mark', type: 'integer', isNullable: true },
    { name: 'speaksAsOne', type: 'varchar', length: '10', isNullable: true },
    { name: 'keptAgreements', type: 'varchar', length: '10', isNullable: true },
    { name: 'wentWell', type: 'text', isNullable: true },
    { name: 'canBeBetter', type: 'text', isNullable: true },
    { name: 'answeredAt', type: 'varchar', length: '24', isNullable: true },
    { name: 'version', type: 'integer', default: '1' },
  ],
  uniques: [{ name: 'UQ_e626d21ff93d8536b88ca16dc56', columnNames: ['roundId', 'personId'] }],
  indices: [{ name: 'IDX_52b9994cb12a61cfcaa7554265', columnNames: ['personId'] }],
  foreignKeys: [
    foreignKey('FK_0c06137eb5c245637e153a04d2d', 'roundId', 'rating_rounds'),
    foreignKey('FK_52b9994cb12a61cfcaa7554265e', 'personId', 'people'),
    foreignKey('FK_626d52d8e99bda4f1e2ff4d114b', 'organisationId', 'organisations'),
  ],
});

const TABLES = [reviewParties, reviewReactions, ratingRounds, ratings];
/** Plain columns: SQLite would rebuild the table for any other kind of change. */
const COLUMNS = [
  ['circulatedAt', 'varchar(24)'],
  ['reactionsUntilOn', 'date'],
  ['publishedAt', 'varchar(24)'],
];

export class GiveReviewsAVoice1764000013000 implements MigrationInterface {
  name = 'GiveReviewsAVoice1764000013000';

  async up(runner: QueryRunner): Promise<void> {
    for (const [column, type] of COLUMNS) await runner.query(`ALTER TABLE "reviews" ADD COLUMN "${column}" ${type}`);
    for (const table of TABLES) await runner.createTable(portable(runner, table));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES.toReversed()) await runner.dropTable(table.name);
    for (const [column] of COLUMNS.toReversed()) await runner.query(`ALTER TABLE "reviews" DROP COLUMN "${column}"`);
  }
}
