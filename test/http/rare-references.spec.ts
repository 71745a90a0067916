import { beforeAll, expect, it } from '@jest/globals';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';

/** Columns that are empty in most rows. */
const RARE = [
  ['actions', 'sessionId', 'actions_of_session'],
  ['actions', 'ownerPersonId', 'actions_of_person'],
  ['actions', 'requestedById', 'actions_requested_by'],
  ['actions', 'followsOnId', 'actions_following'],
  ['action_updates', 'sessionId', 'action_updates_of_session'],
  ['audit_entries', 'clientId', 'audit_entries_of_client'],
];
const ID = '01900000-0000-7000-8000-000000000000';

onBothDatabases((kind) => {
  let t: TestApp;
  const isPostgres = kind === 'postgresql';
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
  });

  it.each(RARE)('keeps in an index only the rows of "%s" that have a "%s": %s', async (table, column, index) => {
    const [{ sql }] = await t.database.writer.query(
      isPostgres
        ? `SELECT "indexdef" AS "sql" FROM "pg_indexes" WHERE "schemaname" = current_schema() AND "indexname" = '${index}'`
        : `SELECT "sql" FROM "sqlite_master" WHERE "type" = 'index' AND "name" = '${index}'`,
    );
    expect(sql).toMatch(new RegExp(`WHERE \\(?"${column}" IS NOT NULL`));
    const runner = t.database.writer.createQueryRunner();
    // A table this small is otherwise scanned. The same statement as for the deletion of what is referred to.
    if (isPostgres) await runner.query('SET enable_seqscan = off');
    const asked = `SELECT 1 FROM "${table}" x WHERE x."${column}" = '${ID}'`;
    const plan = JSON.stringify(await runner.query(`EXPLAIN ${isPostgres ? '' : 'QUERY PLAN '}${asked}`));
    if (isPostgres) await runner.query('RESET enable_seqscan').then(() => runner.release());
    expect(plan).toContain(index);
  });
});
