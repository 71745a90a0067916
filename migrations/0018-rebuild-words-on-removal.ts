import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isPostgres } from './tables.js';

/**
 * Switches `secure-delete` of the word index of SQLite off again: it made changing many actions twenty times slower. The
 * index is rebuilt instead when text is removed for good.
 */
export class RebuildWordsOnRemoval1765000017000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    if (isPostgres(runner)) return;
    await runner.query(`INSERT INTO "action_words" ("action_words", rank) VALUES ('secure-delete', 0)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    if (isPostgres(runner)) return;
    await runner.query(`INSERT INTO "action_words" ("action_words", rank) VALUES ('secure-delete', 1)`);
  }
}
