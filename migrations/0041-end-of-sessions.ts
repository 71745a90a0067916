import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a session actually ended, entered at closing. */
export class AddEndOfSessions1765000041000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "sessions" ADD COLUMN "heldUntil" varchar(5)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "sessions" DROP COLUMN "heldUntil"');
  }
}
