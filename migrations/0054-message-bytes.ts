import type { QueryRunner } from 'typeorm';
import { primary, text, uuid } from './columns.js';
import { CreateTables, table } from './tables.js';

/** The composed messages, until then a column of their rows: SQLite wrote them again with every change of state. */
export class MoveMessageBytes1765000080000 extends CreateTables {
  tables = [
    table('message_bytes', [
      primary(uuid('messageId')),
      {
        foreignKeys: [
          {
            columnNames: ['messageId'],
            referencedTableName: 'outgoing_messages',
            referencedColumnNames: ['id'],
            onDelete: 'CASCADE',
          },
        ],
      },
      text('bytes'),
    ]),
  ];

  override async up(runner: QueryRunner): Promise<void> {
    await super.up(runner);
    await runner.query(
      'INSERT INTO "message_bytes" SELECT "id", "bytes" FROM "outgoing_messages" WHERE "bytes" IS NOT NULL',
    );
    // PostgreSQL keeps what is in a column that is dropped until the row changes.
    await runner.query('UPDATE "outgoing_messages" SET "bytes" = NULL WHERE "bytes" IS NOT NULL');
    await runner.query('ALTER TABLE "outgoing_messages" DROP COLUMN "bytes"');
  }

  override async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "outgoing_messages" ADD COLUMN "bytes" text');
    await runner.query(
      `UPDATE "outgoing_messages" SET "bytes" = (SELECT b."bytes" FROM "message_bytes" b WHERE b."messageId" = "outgoing_messages"."id")`,
    );
    await super.down(runner);
  }
}
