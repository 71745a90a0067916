import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The columns that counts of open actions use, so that they need the index only. */
const ASKED = ['dueOn', 'id', 'isWithdrawn', 'isConfidential', 'isHandedBack', 'dueKind', 'ownerId', 'status']
  .concat(['resumeOn', 'sessionId'])
  .map((column) => `"${column}"`)
  .join(', ');

/** The start page of a chair counts the late actions in their areas, and lists the few minutes that were never sent. */
export class IndexOpenActionsByArea1765000061000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX "actions_open_by_area" ON "actions" ("areaId", ${ASKED}) WHERE "closedOn" IS NULL`,
    );
    await runner.query('DROP INDEX "IDX_737126ace4ed07c47661c9375c"');
    await runner.query(`CREATE INDEX "minutes_in_concept" ON "minutes" ("sessionId") WHERE "state" = 'concept'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX "minutes_in_concept"');
    await runner.query(
      'CREATE INDEX "IDX_737126ace4ed07c47661c9375c" ON "actions" ("areaId", "dueOn", "id") WHERE "closedOn" IS NULL',
    );
    await runner.query('DROP INDEX "actions_open_by_area"');
  }
}
