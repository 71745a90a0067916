import type { MigrationInterface, QueryRunner } from 'typeorm';
import { fillWords, removeSearchTriggers } from '../src/platform/database/search-triggers.js';

/**
 * An index of the words of actions. On SQLite FTS5, beside a table that gives each action the whole number FTS5 asks for;
 * on PostgreSQL an inverted index. Accents are taken off with what PostgreSQL has built in, so that no extension is needed.
 */
const ON_SQLITE = [
  `CREATE TABLE "action_texts" ("id" integer PRIMARY KEY, "actionId" varchar NOT NULL UNIQUE)`,
  `CREATE VIRTUAL TABLE "action_words" USING fts5("whole", "public", tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')`,
];
const ON_POSTGRES = [
  `CREATE TABLE "action_texts" ("actionId" uuid PRIMARY KEY, "whole" text NOT NULL, "public" text NOT NULL)`,
  String.raw`CREATE FUNCTION action_words(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
     SELECT to_tsvector('pg_catalog.simple'::regconfig, regexp_replace(
       regexp_replace(normalize(lower(words), NFKD), '[\u0300-\u036f]', '', 'g'),
       '[^[:alnum:]\u00c0-\u1fff\u2c00-\uffff]+', ' ', 'g')) $$`,
  `CREATE INDEX "action_texts_whole" ON "action_texts" USING gin (action_words("whole"))`,
  `CREATE INDEX "action_texts_public" ON "action_texts" USING gin (action_words("public"))`,
];

export class KeepWordsOfActions1764000016000 implements MigrationInterface {
  name = 'KeepWordsOfActions1764000016000';

  async up(runner: QueryRunner): Promise<void> {
    const isPostgres = runner.dataSource.options.type === 'postgres';
    for (const sql of isPostgres ? ON_POSTGRES : ON_SQLITE) await runner.query(sql);
    for (const sql of fillWords(isPostgres)) await runner.query(sql);
    // What an organisation ever did: the index beside it holds only what is open.
    await runner.query('CREATE INDEX "actions_by_owner" ON "actions" ("ownerId", "closedOn")');
  }

  async down(runner: QueryRunner): Promise<void> {
    const isPostgres = runner.dataSource.options.type === 'postgres';
    await removeSearchTriggers((sql) => runner.query(sql), isPostgres);
    await runner.query('DROP INDEX "actions_by_owner"');
    await runner.query('DROP TABLE "action_texts"');
    await runner.query(isPostgres ? 'DROP FUNCTION action_words(text)' : 'DROP TABLE "action_words"');
  }
}
