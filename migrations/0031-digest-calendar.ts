import { column, id, version } from './columns.js';
import { CreateTables, table } from './tables.js';

/** The weeks without a digest, as chosen by administrators: one row. */
export class CreateDigestCalendar1765000030000 extends CreateTables {
  tables = [table('digest_calendar', [id(), column('text', 'weeks'), version()])];
  override readonly firstRows = [
    `INSERT INTO "digest_calendar" ("id", "weeks", "version") VALUES ('01934000-0000-7000-8000-000000000001', '[]', 1)`,
  ];
}
