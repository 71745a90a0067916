import type { MigrationInterface, QueryRunner } from 'typeorm';
import { renewWords } from '../src/platform/database/search-triggers.js';
import { isPostgres } from './tables.js';

/** Actions are found by the number of their zaak or melding: exactly in lists, by its beginning in searches. */
export class FindByReference1765000089000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const hasReference = '"reference" IS NOT NULL';
    await runner.query(`CREATE INDEX "actions_by_reference" ON "actions" ("reference") WHERE ${hasReference}`);
    await runner.query(renewWords(isPostgres(runner), `a.${hasReference}`));
  }

  /** An earlier version finds actions by words that remain in its index until they change. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX "actions_by_reference"');
  }
}
