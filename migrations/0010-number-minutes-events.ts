import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Remarks and redactions say which agenda item they are about. */
export class NumberMinutesEvents1764000009000 implements MigrationInterface {
  name = 'NumberMinutesEvents1764000009000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "minutes_events" ADD COLUMN "itemNumber" varchar(20)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "minutes_events" DROP COLUMN "itemNumber"');
  }
}
