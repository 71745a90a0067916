import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isPostgres } from './tables.js';

/** The columns that a list of open actions filters by, so that counting them needs the index only. */
const ASKED = [
  'dueOn',
  'id',
  'isWithdrawn',
  'isConfidential',
  'isHandedBack',
  'dueKind',
  'ownerId',
  'status',
  'resumeOn',
]
  .concat(['areaId', 'sessionId'])
  .map((column) => `"${column}"`)
  .join(', ');

/** Lists over all areas are paged from an index in each sort order: by deadline, in both directions, and by status. */
export class IndexOrderOfAllActions1765000023000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX "actions_by_due" ON "actions" ("dueOn", "id")');
    await runner.query('CREATE INDEX "actions_by_status" ON "actions" ("status", "numberKey", "id")');
    await runner.query(`CREATE INDEX "actions_open_by_due" ON "actions" (${ASKED}) WHERE "closedOn" IS NULL`);
    // SQLite reads the first one backwards; on PostgreSQL undated actions would then come first.
    if (isPostgres(runner))
      await runner.query('CREATE INDEX "actions_by_due_backwards" ON "actions" ("dueOn" DESC NULLS LAST, "id" DESC)');
  }

  async down(runner: QueryRunner): Promise<void> {
    if (isPostgres(runner)) await runner.query('DROP INDEX "actions_by_due_backwards"');
    await runner.query('DROP INDEX "actions_open_by_due"');
    await runner.query('DROP INDEX "actions_by_status"');
    await runner.query('DROP INDEX "actions_by_due"');
  }
}
