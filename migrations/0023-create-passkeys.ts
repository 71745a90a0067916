import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { portable } from './portable.js';

const passkeys = new Table({
  name: 'passkeys',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'personId', type: 'uuid' },
    { name: 'credentialId', type: 'varchar', length: '500' },
    { name: 'publicKey', type: 'text' },
    { name: 'counter', type: 'double precision', default: '0' },
    { name: 'name', type: 'varchar', length: '100' },
    { name: 'createdAt', type: 'varchar', length: '24' },
    { name: 'lastUsedAt', type: 'varchar', length: '24', isNullable: true },
  ],
  uniques: [{ name: 'UQ_fca092c48965a076c32c58f3b0c', columnNames: ['credentialId'] }],
  indices: [{ name: 'IDX_b2c48043f7f8e6b0dac45e63b9', columnNames: ['personId'] }],
  foreignKeys: [
    {
      name: 'FK_b2c48043f7f8e6b0dac45e63b9a',
      columnNames: ['personId'],
      referencedTableName: 'people',
      referencedColumnNames: ['id'],
    },
  ],
});

export class CreatePasskeys1764000022000 implements MigrationInterface {
  name = 'CreatePasskeys1764000022000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(portable(runner, passkeys));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(passkeys.name);
  }
}
