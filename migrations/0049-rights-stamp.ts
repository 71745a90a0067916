import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isPostgres } from './tables.js';

/** The tables a person's rights are derived from, and the columns that matter; without columns, every change does. */
const TABLES: Record<string, string[]> = {
  area_parents: [],
  contacts: [],
  grants: [],
  invitations: [],
  meetings: ['areaId'],
  memberships: [],
  minutes: ['sessionId', 'state'],
  opgave_departments: [],
  opgaven: ['bestuurderId', 'procesregisseurId'],
  organisations: ['mergedIntoId'],
  people: ['active'],
  sessions: ['chairId', 'secretaryId', 'state'],
};

/**
 * A value that changes with every commit that affects rights, also by another process; a restored database
 * has its former value. Set once, at the end of the transaction, so that others hardly wait for the row.
 * SQLite counts its commits itself.
 */
const ON_POSTGRES = [
  'CREATE TABLE "rights_stamp" ("id" smallint PRIMARY KEY CHECK ("id" = 1), "stamp" uuid NOT NULL)',
  'INSERT INTO "rights_stamp" VALUES (1, gen_random_uuid())',
  `CREATE FUNCTION renew_rights_stamp() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     EXECUTE format('UPDATE %I."rights_stamp" SET "stamp" = gen_random_uuid() WHERE xmin <> pg_current_xact_id()::xid',
       TG_TABLE_SCHEMA);
     RETURN NULL;
   END $$`,
  ...Object.entries(TABLES).flatMap(([table, columns]) => {
    const counting = columns.length > 0 ? ` OF ${columns.map((name) => `"${name}"`).join(', ')}` : '';
    const renew = 'EXECUTE FUNCTION renew_rights_stamp()';
    return [
      `CREATE CONSTRAINT TRIGGER "${table}_rights" AFTER INSERT OR UPDATE${counting} OR DELETE ON "${table}"
       DEFERRABLE INITIALLY DEFERRED FOR EACH ROW ${renew}`,
      `CREATE TRIGGER "${table}_rights_truncate" AFTER TRUNCATE ON "${table}" ${renew}`,
    ];
  }),
];

export class AddRightsStamp1765000060000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    if (isPostgres(runner)) for (const sql of ON_POSTGRES) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    if (!isPostgres(runner)) return;
    await runner.query('DROP FUNCTION renew_rights_stamp() CASCADE');
    await runner.query('DROP TABLE "rights_stamp"');
  }
}
