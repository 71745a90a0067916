import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How long an item of an agenda is planned to take. */
export class AddPlannedMinutes1765000025000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "agenda_items" ADD COLUMN "plannedMinutes" integer');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "agenda_items" DROP COLUMN "plannedMinutes"');
  }
}
