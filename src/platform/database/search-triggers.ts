import type { DataSource } from 'typeorm';
import { fillRecords, RECORDS_ON_POSTGRES, RECORDS_ON_SQLITE } from './record-triggers.js';

/**
 * The full-text index of actions, maintained by triggers on every change of an action, its co-owners or the name of an
 * organisation. `whole` serves readers of the action, `public` those who may only read its public part.
 */
const WHOLE = (names: string): string =>
  ['a."title"', 'a."details"', 'a."result"', 'a."theme"', 'a."reference"', 'a."publicText"', names].reduce(
    (text, column) => `${text} || ' ' || coalesce(${column}, '')`,
    'a."number"',
  );
const PUBLIC = `CASE WHEN a."isPublic" AND NOT a."isConfidential"
  THEN a."number" || ' ' || coalesce(a."publicText", a."title") ELSE '' END`;
const OWNERS = `o."id" = a."ownerId" OR o."id" IN (
  SELECT c."organisationId" FROM "action_co_owners" c WHERE c."actionId" = a."id")`;
const NAMES = [
  ...['number', 'title', 'details', 'result', 'theme', 'reference', 'ownerId'],
  ...['isPublic', 'isConfidential', 'publicText'],
];
const columnsOf = (row: string): string => NAMES.map((column) => `${row}."${column}"`).join(', ');
const COLUMNS = NAMES.map((column) => `"${column}"`).join(', ');
/** The actions an organisation owns or co-owns. */
const ACTIONS_OF_NEW = `SELECT a."id" FROM "actions" a WHERE a."ownerId" = NEW."id"
  UNION SELECT c."actionId" FROM "action_co_owners" c WHERE c."organisationId" = NEW."id"`;

const SQLITE_NAMES = `(SELECT group_concat(o."name" || ' ' || o."aliases", ' ') FROM "organisations" o WHERE ${OWNERS})`;
/** With `OR` instead, PostgreSQL would read all organisations for each action. */
const POSTGRES_NAMES = `(SELECT string_agg(o."name" || ' ' || o."aliases", ' ') FROM "organisations" o WHERE o."id" = ANY (ARRAY(
  SELECT a."ownerId" UNION ALL SELECT c."organisationId" FROM "action_co_owners" c WHERE c."actionId" = a."id")))`;

const renewOnSqlite = (actionIds: string): string =>
  `UPDATE "action_words" SET ("whole", "public") = (
     SELECT ${WHOLE(SQLITE_NAMES)}, ${PUBLIC} FROM "actions" a JOIN "action_texts" t ON t."actionId" = a."id"
     WHERE t."id" = "action_words".rowid)
   WHERE rowid IN (SELECT t."id" FROM "action_texts" t WHERE t."actionId" IN (${actionIds}));`;
const addOnSqlite = (where: string): string =>
  `INSERT INTO "action_texts" ("actionId") SELECT a."id" FROM "actions" a WHERE ${where};
   INSERT INTO "action_words" (rowid, "whole", "public") SELECT t."id", ${WHOLE(SQLITE_NAMES)}, ${PUBLIC}
   FROM "actions" a JOIN "action_texts" t ON t."actionId" = a."id" WHERE ${where};`;

/** Each trigger: name, event and body. */
const ON_SQLITE = [
  ['actions_words_insert', 'AFTER INSERT ON "actions"', addOnSqlite('a."id" = NEW."id"')],
  ['actions_words_update', `AFTER UPDATE OF ${COLUMNS} ON "actions"`, renewOnSqlite('NEW."id"')],
  [
    'actions_words_delete',
    'AFTER DELETE ON "actions"',
    `DELETE FROM "action_words" WHERE rowid = (SELECT "id" FROM "action_texts" WHERE "actionId" = OLD."id");
     DELETE FROM "action_texts" WHERE "actionId" = OLD."id";`,
  ],
  ['co_owners_words_insert', 'AFTER INSERT ON "action_co_owners"', renewOnSqlite('NEW."actionId"')],
  ['co_owners_words_delete', 'AFTER DELETE ON "action_co_owners"', renewOnSqlite('OLD."actionId"')],
  ['organisations_words', 'AFTER UPDATE OF "name", "aliases" ON "organisations"', renewOnSqlite(ACTIONS_OF_NEW)],
  ...RECORDS_ON_SQLITE,
];

/** `OFFSET 0`, so that the texts are made once. */
const keepOnPostgres = (from: string): string => `INSERT INTO "action_texts"
    ("actionId", "whole", "public", "wholeWords", "publicWords")
  SELECT w."id", w."whole", w."public", action_words(w."whole"), action_words(w."public")
  FROM (SELECT a."id", ${WHOLE(POSTGRES_NAMES)} AS "whole", ${PUBLIC} AS "public" FROM ${from} OFFSET 0) w
  ON CONFLICT ("actionId") DO UPDATE SET "whole" = EXCLUDED."whole", "public" = EXCLUDED."public",
    "wholeWords" = EXCLUDED."wholeWords", "publicWords" = EXCLUDED."publicWords"`;
/**
 * The actions of these rows. PostgreSQL keeps the plan that it made for the first statement, of one row or of thousands:
 * with a plain join, it might read all actions for one row ever after.
 */
const actionsOf = (rows: string): string => `(SELECT DISTINCT "actionId" FROM ${rows}) r
  CROSS JOIN LATERAL (SELECT * FROM "actions" x WHERE x."id" = r."actionId" LIMIT 1) a`;
/**
 * For all rows of a statement at once: starting one for each row takes longer than its work. Not for changes, where it
 * would also be started for those that change no word.
 */
const WITH_ADDED = 'REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT';
const WITH_REMOVED = 'REFERENCING OLD TABLE AS "removed" FOR EACH STATEMENT';
const A_ROW = 'FOR EACH ROW';
const IF_CHANGED = `FOR EACH ROW WHEN ((${columnsOf('OLD')}) IS DISTINCT FROM (${columnsOf('NEW')}))`;
/** Each trigger: name, event, body, and what it is carried out for. */
const ON_POSTGRES = [
  ['actions_words_insert', 'AFTER INSERT ON "actions"', `${keepOnPostgres('"added" a')};`, WITH_ADDED],
  [
    'actions_words_update',
    `AFTER UPDATE OF ${COLUMNS} ON "actions"`,
    `${keepOnPostgres('"actions" a WHERE a."id" = NEW."id"')};`,
    IF_CHANGED,
  ],
  [
    'actions_words_delete',
    'AFTER DELETE ON "actions"',
    'DELETE FROM "action_texts" WHERE "actionId" = OLD."id";',
    A_ROW,
  ],
  [
    'co_owners_words_insert',
    'AFTER INSERT ON "action_co_owners"',
    `${keepOnPostgres(actionsOf('"added"'))};`,
    WITH_ADDED,
  ],
  [
    'co_owners_words_delete',
    'AFTER DELETE ON "action_co_owners"',
    `${keepOnPostgres(actionsOf('"removed"'))};`,
    WITH_REMOVED,
  ],
  [
    'organisations_words',
    'AFTER UPDATE OF "name", "aliases" ON "organisations"',
    `${keepOnPostgres(`"actions" a WHERE a."id" IN (${ACTIONS_OF_NEW}) ORDER BY a."id"`)};`,
    A_ROW,
  ],
  ...RECORDS_ON_POSTGRES.map((one) => [...one, A_ROW]),
];

export const SEARCH_TRIGGERS: readonly string[] = ON_SQLITE.map(([name]) => name);

/** What search adds to a PostgreSQL schema besides the entity tables. */
export const SEARCH_TABLES: readonly string[] = ['action_texts', 'record_texts'];
export const SEARCH_FUNCTIONS: readonly string[] = [...ON_POSTGRES.map(([name]) => `${name}()`), 'action_words(text)'];

const tableOf = (event: string): string => / ON ("\w+")$/.exec(event)![1];

/** Creates the triggers, replacing those of an earlier version, and indexes records older than their index. */
export async function placeSearchTriggers(writer: Pick<DataSource, 'query' | 'options'>): Promise<void> {
  if (writer.options.type !== 'postgres') {
    for (const [name, event, work] of ON_SQLITE) {
      await writer.query(`DROP TRIGGER IF EXISTS "${name}"`);
      await writer.query(`CREATE TRIGGER "${name}" ${event} FOR EACH ROW BEGIN ${work} END`);
    }
    for (const sql of fillRecords(false)) await writer.query(sql);
    return;
  }
  for (const [name, event, work, how] of ON_POSTGRES) {
    await writer.query(
      `CREATE OR REPLACE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${work} RETURN NULL; END $$`,
    );
    await writer.query(`CREATE OR REPLACE TRIGGER "${name}" ${event} ${how} EXECUTE FUNCTION ${name}()`);
  }
  for (const sql of fillRecords(true)) await writer.query(sql);
}

/**
 * Drops the triggers before migrations: SQLite refuses to rebuild a table that a trigger of another table refers to.
 */
export async function removeSearchTriggers(
  query: (sql: string) => Promise<unknown>,
  isPostgres: boolean,
): Promise<void> {
  for (const [name, event] of isPostgres ? ON_POSTGRES : ON_SQLITE) {
    await query(`DROP TRIGGER IF EXISTS "${name}"${isPostgres ? ` ON ${tableOf(event)}` : ''}`);
    if (isPostgres) await query(`DROP FUNCTION IF EXISTS ${name}()`);
  }
}

/** Re-indexes the actions that meet a condition on "actions" a; those that are not in the index yet stay out of it. */
export const renewWords = (isPostgres: boolean, where: string): string =>
  isPostgres
    ? keepOnPostgres(`"actions" a WHERE ${where}`)
    : renewOnSqlite(`SELECT a."id" FROM "actions" a WHERE ${where}`);
