import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isPostgres } from './tables.js';

/** Letters beyond Latin-1 have no place in raw text (tools/bundle.mjs). */
const [OE, L, D] = ['œ', 'ł', 'đ'];

/**
 * The key of `src/platform/spelling/natural-order.js` in SQL. As bytes, because these sort the same under every collation.
 * On SQLite each connection defines the function itself, for queries only.
 */
const NATURAL_KEY = String.raw`CREATE FUNCTION natural_key(words text) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT convert_to(trim(
    regexp_replace(regexp_replace(regexp_replace(
      translate(replace(replace(replace(
        lower(regexp_replace(normalize(coalesce(words, ''), NFKD), '[\u0300-\u036f]', '', 'g')),
        'æ', 'ae'), '${OE}', 'oe'), 'ß', 'ss'), E'ø${L}${D}\'\u2018\u2019', 'old'),
      '[^0-9a-z\u00c0-\u1fff\u2c00-\U0010ffff]+', ' ', 'g'),
      '([0-9]+)', '00000000\1', 'g'),
      '[0-9]*([0-9]{9})', '\1', 'g')), 'UTF8') $$`;

/** Lists of actions by number are paged from an index, so their key is stored. */
export class AddNaturalOrder1765000012000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const onPostgres = isPostgres(runner);
    if (onPostgres) await runner.query(NATURAL_KEY);
    await runner.query(`ALTER TABLE "actions" ADD COLUMN "numberKey" varchar(40)${onPostgres ? ' COLLATE "C"' : ''}`);
    const key = onPostgres ? `convert_from(natural_key("number"), 'UTF8')` : 'natural_key("number")';
    await runner.query(`UPDATE "actions" SET "numberKey" = ${key}`);
    await runner.query('CREATE INDEX "actions_by_number_key" ON "actions" ("numberKey", "id")');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX "actions_by_number_key"');
    await runner.query('ALTER TABLE "actions" DROP COLUMN "numberKey"');
    if (isPostgres(runner)) await runner.query('DROP FUNCTION natural_key(text)');
  }
}
