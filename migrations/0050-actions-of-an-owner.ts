import type { MigrationInterface, QueryRunner } from 'typeorm';

const OWNED = '"ownerId", "closedOn", "sessionId", "id"';

/** The actions of an organisation, and the sessions they come from, are read from the index alone. */
export class IndexActionsOfAnOwner1765000076000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX "actions_by_owner"');
    await runner.query(`CREATE INDEX "actions_by_owner" ON "actions" (${OWNED})`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX "actions_by_owner"');
    await runner.query('CREATE INDEX "actions_by_owner" ON "actions" ("ownerId", "closedOn")');
  }
}
