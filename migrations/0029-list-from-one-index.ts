import type { MigrationInterface, QueryRunner } from 'typeorm';

const BEFORE = '"areaId", "closedOn", "recordedOn", "id", "isConfidential", "isWithdrawn", "goalId", "opgaveId"';
const ADDED = '"dueKind", "ownerId", "isHandedBack"';

/** The open actions of an area are counted from their index alone: no row is read to see that it does not count. */
export class ListFromOneIndex1764000028000 implements MigrationInterface {
  name = 'ListFromOneIndex1764000028000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX "actions_by_end"');
    await runner.query(`CREATE INDEX "actions_by_end" ON "actions" (${BEFORE}, ${ADDED})`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX "actions_by_end"');
    await runner.query(`CREATE INDEX "actions_by_end" ON "actions" (${BEFORE})`);
  }
}
