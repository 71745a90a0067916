import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The functional address of an area, for residents. */
export class AddAreaAddress1765000031000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "areas" ADD COLUMN "contactEmail" varchar(254)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "areas" DROP COLUMN "contactEmail"');
  }
}
