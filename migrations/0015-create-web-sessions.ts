import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { portable } from './portable.js';

const webSessions = new Table({
  name: 'web_sessions',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'personId', type: 'uuid' },
    { name: 'hash', type: 'varchar', length: '64' },
    { name: 'signedInBy', type: 'varchar', length: '10' },
    { name: 'userAgent', type: 'varchar', length: '100' },
    { name: 'createdAt', type: 'varchar', length: '24' },
    { name: 'lastUsedAt', type: 'varchar', length: '24' },
    { name: 'expiresAt', type: 'varchar', length: '24' },
    { name: 'endedAt', type: 'varchar', length: '24', isNullable: true },
  ],
  uniques: [{ name: 'UQ_d6798f6dd6d9e7bd0f882c7943d', columnNames: ['hash'] }],
  indices: [{ name: 'IDX_57be0fe86db94eb085f78908e7', columnNames: ['personId'] }],
  foreignKeys: [
    {
      name: 'FK_57be0fe86db94eb085f78908e74',
      columnNames: ['personId'],
      referencedTableName: 'people',
      referencedColumnNames: ['id'],
    },
  ],
});

const signInRequests = new Table({
  name: 'sign_in_requests',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'personId', type: 'uuid', isNullable: true },
    { name: 'hash', type: 'varchar', length: '64', isNullable: true },
    { name: 'codeHash', type: 'varchar', length: '64', isNullable: true },
    { name: 'returnTo', type: 'varchar', length: '500' },
    { name: 'wrongCodes', type: 'integer', default: '0' },
    { name: 'isOnce', type: 'boolean', default: 'true' },
    { name: 'requestedAt', type: 'varchar', length: '24' },
    { name: 'expiresAt', type: 'varchar', length: '24' },
    { name: 'usedAt', type: 'varchar', length: '24', isNullable: true },
  ],
  uniques: [{ name: 'UQ_0c95c9f51989f30cd484513ae49', columnNames: ['hash'] }],
  indices: [
    { name: 'IDX_16199705bddb31ec22a7dd3856', columnNames: ['personId', 'requestedAt'] },
    { name: 'IDX_ba974422d9e51cde59e50c3c5b', columnNames: ['requestedAt'] },
  ],
});

const TABLES = [webSessions, signInRequests];

export class CreateWebSessions1764000014000 implements MigrationInterface {
  name = 'CreateWebSessions1764000014000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.createTable(portable(runner, table));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES.toReversed()) await runner.dropTable(table.name);
  }
}
