import type { QueryRunner } from 'typeorm';
import { column, primary, text } from './columns.js';
import { CreateTables, isPostgres, table } from './tables.js';

const ON_POSTGRES = {
  move: `INSERT INTO "action_import_parts" ("importId", "part", "rows")
    SELECT "id", 0, CAST(CAST("proposal" AS json) -> 'rows' AS text) FROM "action_imports"
    WHERE json_array_length(CAST("proposal" AS json) -> 'rows') > 0`,
  leave: `UPDATE "action_imports" SET "proposal" = (SELECT CAST(json_object_agg(e."key", e."value") AS text)
    FROM json_each(CAST("proposal" AS json)) e WHERE e."key" <> 'rows')`,
  all: `'[' || (SELECT coalesce(string_agg(substr(p."rows", 2, length(p."rows") - 2), ',' ORDER BY p."part"), '')
    FROM "action_import_parts" p WHERE p."importId" = "action_imports"."id") || ']'`,
};
const ON_SQLITE = {
  move: `INSERT INTO "action_import_parts" ("importId", "part", "rows")
    SELECT "id", 0, json_extract("proposal", '$.rows') FROM "action_imports"
    WHERE json_array_length("proposal", '$.rows') > 0`,
  leave: `UPDATE "action_imports" SET "proposal" = json_remove("proposal", '$.rows')`,
  all: ON_POSTGRES.all.replace('string_agg', 'group_concat'),
};

/** The rows of an uploaded list, until then in its proposal, which was written and read as one JSON. */
export class PartImports1765000087000 extends CreateTables {
  tables = [
    table('action_import_parts', [
      primary(
        {
          ...column('uuid', 'importId'),
          foreignKeys: [
            {
              columnNames: ['importId'],
              referencedTableName: 'action_imports',
              referencedColumnNames: ['id'],
              onDelete: 'CASCADE',
            },
          ],
        },
        column('integer', 'part'),
      ),
      text('rows'),
    ]),
  ];

  override async up(runner: QueryRunner): Promise<void> {
    await super.up(runner);
    const { move, leave } = isPostgres(runner) ? ON_POSTGRES : ON_SQLITE;
    await runner.query(move);
    await runner.query(leave);
  }

  override async down(runner: QueryRunner): Promise<void> {
    const { all } = isPostgres(runner) ? ON_POSTGRES : ON_SQLITE;
    await runner.query(
      `UPDATE "action_imports" SET "proposal" = substr("proposal", 1, length("proposal") - 1) || ',"rows":' || ${all} || '}'`,
    );
    await super.down(runner);
  }
}
