import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether the minutes of a meeting list what is still open. */
export class AddOpenAnnex1765000032000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "meetings" ADD COLUMN "hasOpenAnnex" boolean');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "meetings" DROP COLUMN "hasOpenAnnex"');
  }
}
