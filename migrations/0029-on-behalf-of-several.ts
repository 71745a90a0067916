import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The further organisations a person attends a session for. */
export class AddOtherOrganisations1765000033000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "attendances" ADD COLUMN "alsoForIds" text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "attendances" DROP COLUMN "alsoForIds"');
  }
}
