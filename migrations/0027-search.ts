import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isPostgres } from './tables.js';

/**
 * A full-text index of minutes and decisions, filled by `placeSearchTriggers`. On SQLite FTS5 without a copy of the text,
 * which erases the words of removed texts (`secure-delete`), because few of these texts change. On PostgreSQL parsed words.
 */
const ON_SQLITE = [
  `CREATE TABLE "record_texts" ("id" integer PRIMARY KEY, "subjectId" varchar NOT NULL UNIQUE)`,
  `CREATE VIRTUAL TABLE "record_words" USING fts5("said", content = '', tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')`,
  `INSERT INTO "record_words" ("record_words", rank) VALUES ('secure-delete', 1)`,
];
const ON_POSTGRES = [
  `CREATE TABLE "record_texts" ("subjectId" uuid PRIMARY KEY, "saidWords" tsvector NOT NULL)`,
  `CREATE INDEX "record_texts_said" ON "record_texts" USING gin ("saidWords")`,
];

const TRIGGERS = {
  parts_words_insert: 'minutes_parts',
  parts_words_update: 'minutes_parts',
  decisions_words_insert: 'agenda_items',
  decisions_words_update: 'agenda_items',
  decisions_words_delete: 'agenda_items',
};

export class CreateSearch1765000026000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of isPostgres(runner) ? ON_POSTGRES : ON_SQLITE) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [name, table] of Object.entries(TRIGGERS)) {
      await runner.query(`DROP TRIGGER IF EXISTS "${name}"${isPostgres(runner) ? ` ON "${table}"` : ''}`);
      if (isPostgres(runner)) await runner.query(`DROP FUNCTION IF EXISTS ${name}()`);
    }
    if (!isPostgres(runner)) await runner.query('DROP TABLE "record_words"');
    await runner.query('DROP TABLE "record_texts"');
  }
}
