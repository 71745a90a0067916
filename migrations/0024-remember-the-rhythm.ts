import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Plain columns: SQLite would rebuild the table for any other kind of change. */
const COLUMNS = [
  ['sessions', 'rhythmOn'],
  ['meetings', 'rhythmSince'],
];

export class RememberTheRhythm1764000023000 implements MigrationInterface {
  name = 'RememberTheRhythm1764000023000';

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, column] of COLUMNS) await runner.query(`ALTER TABLE "${table}" ADD COLUMN "${column}" date`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, column] of COLUMNS) await runner.query(`ALTER TABLE "${table}" DROP COLUMN "${column}"`);
  }
}
