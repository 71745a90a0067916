import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isPostgres } from './tables.js';

/** WebAuthn allows credential ids of 1,023 bytes: 1,364 characters in base64url. */
export class LengthenPasskeyIds1765000022000 implements MigrationInterface {
  up(runner: QueryRunner): Promise<void> {
    return change(runner, 1364);
  }

  down(runner: QueryRunner): Promise<void> {
    return change(runner, 500);
  }
}

async function change(runner: QueryRunner, length: number): Promise<void> {
  if (isPostgres(runner)) {
    await runner.query(`ALTER TABLE "passkeys" ALTER COLUMN "credentialId" TYPE varchar(${length})`);
    return;
  }
  // Rebuilds the table, which has no triggers.
  const column = (await runner.getTable('passkeys'))!.findColumnByName('credentialId')!;
  const wider = column.clone();
  wider.length = String(length);
  await runner.changeColumn('passkeys', column, wider);
}
