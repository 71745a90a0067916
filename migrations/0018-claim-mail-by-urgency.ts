import { type MigrationInterface, type QueryRunner } from 'typeorm';

const UP = [
  'CREATE INDEX "outgoing_messages_due" ON "outgoing_messages" ("state", "expiresAt", "nextAttemptAt", "id")',
  'DROP INDEX "IDX_414fa460b1b5dbd3426dbd34e5"',
  'CREATE INDEX "action_updates_recorded" ON "action_updates" ("recordedAt", "actionId")',
];
const DOWN = [
  'DROP INDEX "action_updates_recorded"',
  'CREATE INDEX "IDX_414fa460b1b5dbd3426dbd34e5" ON "outgoing_messages" ("state", "nextAttemptAt")',
  'DROP INDEX "outgoing_messages_due"',
];

/** What expires first goes out first, and what happened since a moment is found without reading every history. */
export class ClaimMailByUrgency1764000017000 implements MigrationInterface {
  name = 'ClaimMailByUrgency1764000017000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of UP) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const sql of DOWN) await runner.query(sql);
  }
}
