import type { MigrationInterface, QueryRunner } from 'typeorm';

/** With which account of the provider somebody signs in: an address can go to somebody else there, an account does not. */
export class BindAccountsOfTheProvider1764000046000 implements MigrationInterface {
  name = 'BindAccountsOfTheProvider1764000046000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "people" ADD COLUMN "providerAccount" varchar(800)');
    await runner.query('CREATE UNIQUE INDEX "people_provider_account" ON "people" ("providerAccount")');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX "people_provider_account"');
    await runner.query('ALTER TABLE "people" DROP COLUMN "providerAccount"');
  }
}
