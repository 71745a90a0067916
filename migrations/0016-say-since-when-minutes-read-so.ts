import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Parts that were written before count as new in each version, as they were shown until now. */
export class SaySinceWhenMinutesReadSo1764000015000 implements MigrationInterface {
  name = 'SaySinceWhenMinutesReadSo1764000015000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "minutes_parts" ADD COLUMN "sinceNumber" integer');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "minutes_parts" DROP COLUMN "sinceNumber"');
  }
}
