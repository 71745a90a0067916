/**
 * The full-text index of minutes and decisions, maintained by triggers: it has the words of each part of minutes whose
 * text still exists, and of each agenda item with a decision. It keeps no second copy of the text: on SQLite the words
 * alone, on PostgreSQL as they were parsed.
 */
const TOLD = ['notes', 'decision', 'note', 'said', 'result', 'old', 'new'];
/** The words of the text of a part (a column with JSON): as `toldIn` (home/search) reads them for an excerpt. */
const PART_ON_SQLITE = (content: string): string => `(SELECT coalesce(string_agg(j."value", ' '), '')
  FROM json_tree(${content}) j WHERE j."type" = 'text' AND (j."key" IN (${TOLD.map((key) => `'${key}'`).join(', ')})
    OR (j."key" = 'title' AND (j."path" LIKE '$.items[%' OR j."path" LIKE '$.actions[%'))
    OR (j."key" = 'name' AND j."path" = '$.meeting')))`;
const PART_ON_POSTGRES = (
  content: string,
): string => `(SELECT action_words(coalesce(left(string_agg(t."word" #>> '{}', ' '), 300000), ''))
  FROM jsonb_path_query(CAST(${content} AS jsonb), 'strict $.** ? (@.type() == "object").keyvalue()
    ? (${TOLD.map((key) => `@.key == "${key}"`).join(' || ')}).value ? (@.type() == "string")') AS t("word"))
  || (SELECT action_words(coalesce(left(string_agg(t."word" #>> '{}', ' '), 100000), ''))
  FROM (SELECT jsonb_path_query(CAST(${content} AS jsonb), '$.items[*].title') UNION ALL
    SELECT jsonb_path_query(CAST(${content} AS jsonb), '$.actions[*].title') UNION ALL
    SELECT jsonb_path_query(CAST(${content} AS jsonb), '$.meeting.name')) AS t("word"))`;
const DECISION = (row: string): string => `${row}"title" || ' ' || ${row}"decision"`;

const addOnSqlite = (row: string, column: string, text: string): string =>
  `INSERT INTO "record_texts" ("subjectId") SELECT ${row}."id" WHERE ${row}."${column}" IS NOT NULL;
   INSERT INTO "record_words" (rowid, "said") SELECT t."id", ${text} FROM "record_texts" t WHERE t."subjectId" = ${row}."id";`;
/** The index stores no text, so it must be given the words it has to erase. */
const removeOnSqlite = (text: string): string =>
  `INSERT INTO "record_words" ("record_words", rowid, "said")
     SELECT 'delete', t."id", ${text} FROM "record_texts" t WHERE t."subjectId" = OLD."id";
   DELETE FROM "record_texts" WHERE "subjectId" = OLD."id";`;

/** Each trigger: name, event and body. */
export const RECORDS_ON_SQLITE = [
  [
    'parts_words_insert',
    'AFTER INSERT ON "minutes_parts"',
    addOnSqlite('NEW', 'content', PART_ON_SQLITE('NEW."content"')),
  ],
  [
    'parts_words_update',
    'AFTER UPDATE OF "content" ON "minutes_parts"',
    removeOnSqlite(PART_ON_SQLITE('OLD."content"')) + addOnSqlite('NEW', 'content', PART_ON_SQLITE('NEW."content"')),
  ],
  ['decisions_words_insert', 'AFTER INSERT ON "agenda_items"', addOnSqlite('NEW', 'decision', DECISION('NEW.'))],
  [
    'decisions_words_update',
    'AFTER UPDATE OF "title", "decision" ON "agenda_items"',
    removeOnSqlite(DECISION('OLD.')) + addOnSqlite('NEW', 'decision', DECISION('NEW.')),
  ],
  ['decisions_words_delete', 'AFTER DELETE ON "agenda_items"', removeOnSqlite(DECISION('OLD.'))],
];

const RENEW = 'ON CONFLICT ("subjectId") DO UPDATE SET "saidWords" = EXCLUDED."saidWords"';
const renewOnPostgres = (column: string, words: string): string =>
  `IF NEW."${column}" IS NULL THEN DELETE FROM "record_texts" WHERE "subjectId" = NEW."id";
   ELSE INSERT INTO "record_texts" ("subjectId", "saidWords") VALUES (NEW."id", ${words}) ${RENEW}; END IF;`;
const PART = renewOnPostgres('content', PART_ON_POSTGRES('NEW."content"'));
const ITEM = renewOnPostgres('decision', `action_words(${DECISION('NEW.')})`);
export const RECORDS_ON_POSTGRES = [
  ['parts_words_insert', 'AFTER INSERT ON "minutes_parts"', PART],
  ['parts_words_update', 'AFTER UPDATE OF "content" ON "minutes_parts"', PART],
  ['decisions_words_insert', 'AFTER INSERT ON "agenda_items"', ITEM],
  ['decisions_words_update', 'AFTER UPDATE OF "title", "decision" ON "agenda_items"', ITEM],
  [
    'decisions_words_delete',
    'AFTER DELETE ON "agenda_items"',
    'DELETE FROM "record_texts" WHERE "subjectId" = OLD."id";',
  ],
];

const PARTS = `FROM "minutes_parts" p WHERE p."content" IS NOT NULL`;
const DECIDED = `FROM "agenda_items" i WHERE i."decision" IS NOT NULL`;
const NEW_ONE = (id: string): string => `NOT EXISTS (SELECT 1 FROM "record_texts" t WHERE t."subjectId" = ${id})`;
const UNREAD = `NOT EXISTS (SELECT 1 FROM "record_words" w WHERE w.rowid = t."id")`;

/** Indexes records older than the index; one statement per list item. */
export const fillRecords = (isPostgres: boolean): string[] =>
  isPostgres
    ? [
        `INSERT INTO "record_texts" ("subjectId", "saidWords") SELECT p."id", ${PART_ON_POSTGRES('p."content"')} ${PARTS} AND ${NEW_ONE('p."id"')}`,
        `INSERT INTO "record_texts" ("subjectId", "saidWords") SELECT i."id", action_words(${DECISION('i.')}) ${DECIDED} AND ${NEW_ONE('i."id"')}`,
      ]
    : [
        `INSERT INTO "record_texts" ("subjectId") SELECT p."id" ${PARTS} AND ${NEW_ONE('p."id"')} ORDER BY p."id"`,
        `INSERT INTO "record_texts" ("subjectId") SELECT i."id" ${DECIDED} AND ${NEW_ONE('i."id"')} ORDER BY i."id"`,
        `INSERT INTO "record_words" (rowid, "said") SELECT t."id", ${PART_ON_SQLITE('p."content"')}
           FROM "record_texts" t JOIN "minutes_parts" p ON p."id" = t."subjectId" WHERE ${UNREAD}`,
        `INSERT INTO "record_words" (rowid, "said") SELECT t."id", ${DECISION('i.')}
           FROM "record_texts" t JOIN "agenda_items" i ON i."id" = t."subjectId" WHERE ${UNREAD}`,
      ];
