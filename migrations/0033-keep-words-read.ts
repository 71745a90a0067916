import type { MigrationInterface, QueryRunner } from 'typeorm';

const COLUMNS = ['whole', 'public'];

/**
 * PostgreSQL keeps the words of a text as it read them. Out of an index of an expression alone it read every text again
 * whenever it thought that a word stands in most of them: a hundred thousand texts took seven seconds.
 */
export class KeepWordsRead1764000032000 implements MigrationInterface {
  name = 'KeepWordsRead1764000032000';

  async up(runner: QueryRunner): Promise<void> {
    if (runner.dataSource.options.type !== 'postgres') return;
    const added = COLUMNS.map(
      (name) => `ADD COLUMN "${name}Words" tsvector GENERATED ALWAYS AS (action_words("${name}")) STORED`,
    );
    for (const name of COLUMNS) await runner.query(`DROP INDEX "action_texts_${name}"`);
    await runner.query(`ALTER TABLE "action_texts" ${added.join(', ')}`);
    for (const name of COLUMNS)
      await runner.query(`CREATE INDEX "action_texts_${name}" ON "action_texts" USING gin ("${name}Words")`);
  }

  async down(runner: QueryRunner): Promise<void> {
    if (runner.dataSource.options.type !== 'postgres') return;
    await runner.query(`ALTER TABLE "action_texts" ${COLUMNS.map((name) => `DROP COLUMN "${name}Words"`).join(', ')}`);
    for (const name of COLUMNS)
      await runner.query(`CREATE INDEX "action_texts_${name}" ON "action_texts" USING gin (action_words("${name}"))`);
  }
}
