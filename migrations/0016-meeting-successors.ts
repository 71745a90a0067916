import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isPostgres } from './tables.js';

/** The meeting that succeeds one that ended when its area was merged. */
export class AddMeetingSuccessors1765000015000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = isPostgres(runner) ? 'uuid' : 'varchar';
    await runner.query(`ALTER TABLE "meetings" ADD COLUMN "successorId" ${type}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "meetings" DROP COLUMN "successorId"');
  }
}
