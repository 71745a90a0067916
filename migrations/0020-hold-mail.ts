import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { portable } from './portable.js';

const mailHold = new Table({
  name: 'mail_hold',
  columns: [
    { name: 'id', type: 'integer', isPrimary: true },
    { name: 'home', type: 'varchar', length: '60', isNullable: true },
    { name: 'heldAt', type: 'varchar', length: '24', isNullable: true },
  ],
});

/** A restored copy of the data sends no mail until told to. */
export class HoldMail1764000019000 implements MigrationInterface {
  name = 'HoldMail1764000019000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(portable(runner, mailHold));
    await runner.query('INSERT INTO "mail_hold" ("id") VALUES (1)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('mail_hold');
  }
}
