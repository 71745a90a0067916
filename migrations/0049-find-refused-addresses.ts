import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The few messages of which the address was refused for good, among all that were ever sent. */
export class FindRefusedAddresses1764000048000 implements MigrationInterface {
  name = 'FindRefusedAddresses1764000048000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE INDEX "outgoing_messages_refused" ON "outgoing_messages" ("refusedAt") WHERE "refusedAt" IS NOT NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX "outgoing_messages_refused"');
  }
}
