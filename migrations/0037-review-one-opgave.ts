import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A review can be of one opgave; null is of everything in its area. */
export class ReviewOneOpgave1764000036000 implements MigrationInterface {
  name = 'ReviewOneOpgave1764000036000';

  async up(runner: QueryRunner): Promise<void> {
    const type = runner.dataSource.options.type === 'postgres' ? 'uuid' : 'varchar';
    await runner.query(`ALTER TABLE "reviews" ADD COLUMN "opgaveId" ${type}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "reviews" DROP COLUMN "opgaveId"');
  }
}
