import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Everything a review counts, area and day of agreeing first: no row of the history is read for it. */
const COLUMNS =
  'areaId, recordedOn, actionId, effectiveOn, sequence, recordedAt, closedOn, status, ownerId, theme, dueOn, ' +
  'originalDueOn, postponements, realisation, resultSize, doneOn, resumeOn, dueKind, isHandedBack, isWithdrawn, isConfidential';

export class CountAYearFromOneIndex1764000035000 implements MigrationInterface {
  name = 'CountAYearFromOneIndex1764000035000';

  async up(runner: QueryRunner): Promise<void> {
    // A size belongs to a result: so the index says which actions have one, without holding the words.
    for (const table of ['actions', 'action_updates'])
      await runner.query(
        `UPDATE "${table}" SET "resultSize" = NULL WHERE "result" IS NULL AND "resultSize" IS NOT NULL`,
      );
    await runner.query(
      `CREATE INDEX "action_updates_of_the_year" ON "action_updates" ("${COLUMNS.replaceAll(', ', '", "')}")`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX "action_updates_of_the_year"');
  }
}
