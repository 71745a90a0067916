import type { MigrationInterface, QueryRunner } from 'typeorm';
import { removeSearchTriggers } from '../src/platform/database/search-triggers.js';
import { isPostgres } from './tables.js';

const FOLDED = String.raw`regexp_replace(regexp_replace(normalize(lower(words), NFKD), '[\u0300-\u036f]', '', 'g'),
  '[^[:alnum:]\u00c0-\u1fff\u2c00-\uffff]+', ' ', 'g')`;
/** Text of ASCII alone has nothing to fold, and needs a third of the time. */
const PLAIN = String.raw`regexp_replace(words, '[\u0001-\u001f!-/:-@[-\u0060{-\u007f]', ' ', 'g')`;

const wordsOf = (text: string): string =>
  `CREATE OR REPLACE FUNCTION action_words(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
   SELECT to_tsvector('pg_catalog.simple'::regconfig, ${text}) $$`;

/** Each column of words, the text it is made of, and its index. */
const COLUMNS = [
  ['wholeWords', 'whole', 'action_texts_whole'],
  ['publicWords', 'public', 'action_texts_public'],
];

/**
 * The words of an action are written by the trigger that writes its text. PostgreSQL prepares a generated column again for
 * each statement, which took longer than making the words of one action.
 */
export class WriteWordsAlong1765000086000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    if (!isPostgres(runner)) return;
    await runner.query(wordsOf(`CASE WHEN octet_length(words) = char_length(words) THEN ${PLAIN} ELSE ${FOLDED} END`));
    for (const [column] of COLUMNS)
      await runner.query(`ALTER TABLE "action_texts" ALTER COLUMN "${column}" DROP EXPRESSION`);
  }

  async down(runner: QueryRunner): Promise<void> {
    if (!isPostgres(runner)) return;
    // They write the columns; an earlier version has its own.
    await removeSearchTriggers((sql) => runner.query(sql), true);
    await runner.query(wordsOf(FOLDED));
    for (const [column, text, index] of COLUMNS) {
      await runner.query(`ALTER TABLE "action_texts" DROP COLUMN "${column}"`);
      await runner.query(
        `ALTER TABLE "action_texts" ADD COLUMN "${column}" tsvector GENERATED ALWAYS AS (action_words("${text}")) STORED`,
      );
      await runner.query(`CREATE INDEX "${index}" ON "action_texts" USING gin ("${column}")`);
    }
  }
}
