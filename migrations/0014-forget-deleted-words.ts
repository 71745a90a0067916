import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isPostgres } from './tables.js';

/**
 * Lets the word index of SQLite erase the words of a text that changed: without `secure-delete` it only marks them as
 * deleted and keeps them in its blocks. Rebuilt once, to drop what it kept so far.
 */
export class ForgetDeletedWords1765000013000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    if (isPostgres(runner)) return;
    await runner.query(`INSERT INTO "action_words" ("action_words", rank) VALUES ('secure-delete', 1)`);
    await runner.query(`INSERT INTO "action_words" ("action_words") VALUES ('rebuild')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    if (isPostgres(runner)) return;
    await runner.query(`INSERT INTO "action_words" ("action_words", rank) VALUES ('secure-delete', 0)`);
  }
}
