import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The few organisations that were merged into another: asked at every request, for what its people act for as well. */
export class FindWhatWasMerged1764000049000 implements MigrationInterface {
  name = 'FindWhatWasMerged1764000049000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE INDEX "organisations_merged" ON "organisations" ("mergedIntoId") WHERE "mergedIntoId" IS NOT NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX "organisations_merged"');
  }
}
