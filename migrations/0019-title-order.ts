import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isPostgres } from './tables.js';

/** Lists of actions by title are paged from an index: `storedKey` of `src/platform/spelling/natural-order.js`. */
export class AddTitleOrder1765000018000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const onPostgres = isPostgres(runner);
    await runner.query(`ALTER TABLE "actions" ADD COLUMN "titleKey" varchar(200)${onPostgres ? ' COLLATE "C"' : ''}`);
    const key = onPostgres ? `convert_from(natural_key("title"), 'UTF8')` : 'natural_key("title")';
    await runner.query(`UPDATE "actions" SET "titleKey" = substr(${key}, 1, 200)`);
    await runner.query('CREATE INDEX "actions_by_title_key" ON "actions" ("titleKey", "id")');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX "actions_by_title_key"');
    await runner.query('ALTER TABLE "actions" DROP COLUMN "titleKey"');
  }
}
