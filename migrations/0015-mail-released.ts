import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When mail was released on a restored copy: it sends nothing that began before then. */
export class AddMailReleased1765000014000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "mail_hold" ADD COLUMN "releasedAt" varchar(24)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "mail_hold" DROP COLUMN "releasedAt"');
  }
}
