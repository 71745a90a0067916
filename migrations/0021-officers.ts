import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The sessions a user is appointed for are looked up at each request. */
const INDEXES = { sessions_by_chair: 'chairId', sessions_by_secretary: 'secretaryId' };

export class IndexOfficers1765000020000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [name, column] of Object.entries(INDEXES)) {
      await runner.query(`CREATE INDEX "${name}" ON "sessions" ("${column}")`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(INDEXES)) await runner.query(`DROP INDEX "${name}"`);
  }
}
