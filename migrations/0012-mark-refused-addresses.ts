import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** When the mail server refused an address for good: shown to its chairs and to the administrator. */
export class MarkRefusedAddresses1764000011000 implements MigrationInterface {
  name = 'MarkRefusedAddresses1764000011000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "outgoing_messages" ADD COLUMN "refusedAt" varchar(24)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "outgoing_messages" DROP COLUMN "refusedAt"');
  }
}
