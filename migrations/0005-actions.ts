import type { QueryRunner } from 'typeorm';
import { removeSearchTriggers } from '../src/platform/database/search-triggers.js';
import { count, day, flag, id, line, moment, primary, reference, text, uuid, version, whole } from './columns.js';
import { CreateTables, index, isPostgres, table, unique } from './tables.js';

/** The state of an action: the current one in the action itself, earlier ones in its updates. */
const STATE = [
  line(20, 'status'),
  text('statusReason?'),
  day('resumeOn?'),
  reference('organisations', 'ownerId?'),
  reference('people', 'ownerPersonId?'),
  line(20, 'dueKind?'),
  day('dueOn?, originalDueOn?'),
  count('postponements'),
  day('checkOn?'),
  line(10, 'realisation?'),
  text('result?'),
  line(10, 'resultSize?'),
  day('doneOn?, closedOn?'),
  flag(false, 'isHandedBack, isWithdrawn'),
];

/** Everything a review counts, starting with area and day of agreement: no row of the history is read for it. */
const OF_THE_YEAR =
  'areaId, recordedOn, actionId, effectiveOn, sequence, recordedAt, closedOn, status, ownerId, theme, dueOn, ' +
  'originalDueOn, postponements, realisation, resultSize, doneOn, resumeOn, dueKind, isHandedBack, isWithdrawn, isConfidential';
/**
 * Open actions of an area are counted from this index alone, without reading rows that do not count. The same holds for
 * the queries of a review on actions that have begun.
 */
const BEGIN = 'areaId, recordedOn, id, isConfidential, isWithdrawn, goalId, opgaveId';
const END =
  'areaId, closedOn, recordedOn, id, isConfidential, isWithdrawn, goalId, opgaveId, dueKind, ownerId, isHandedBack';

/**
 * A full-text index of actions. On SQLite FTS5, with a table that gives each action the integer rowid FTS5 requires; on
 * PostgreSQL an inverted index. Accents are stripped with what PostgreSQL has built in, so no extension is needed.
 */
const WORDS_ON_SQLITE = [
  `CREATE TABLE "action_texts" ("id" integer PRIMARY KEY, "actionId" varchar NOT NULL UNIQUE)`,
  `CREATE VIRTUAL TABLE "action_words" USING fts5("whole", "public", tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')`,
];
/**
 * PostgreSQL stores the parsed words of a text. With an expression index alone, it parsed every text again whenever it
 * estimated that a word occurs in most of them: a hundred thousand texts took seven seconds.
 */
const WORDS_ON_POSTGRES = [
  String.raw`CREATE FUNCTION action_words(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
     SELECT to_tsvector('pg_catalog.simple'::regconfig, regexp_replace(
       regexp_replace(normalize(lower(words), NFKD), '[\u0300-\u036f]', '', 'g'),
       '[^[:alnum:]\u00c0-\u1fff\u2c00-\uffff]+', ' ', 'g')) $$`,
  `CREATE TABLE "action_texts" ("actionId" uuid PRIMARY KEY, "whole" text NOT NULL, "public" text NOT NULL,
     "wholeWords" tsvector GENERATED ALWAYS AS (action_words("whole")) STORED,
     "publicWords" tsvector GENERATED ALWAYS AS (action_words("public")) STORED)`,
  `CREATE INDEX "action_texts_whole" ON "action_texts" USING gin ("wholeWords")`,
  `CREATE INDEX "action_texts_public" ON "action_texts" USING gin ("publicWords")`,
];

export class CreateActions1765000004000 extends CreateTables {
  tables = [
    table('actions', [
      id(),
      line(20, 'number'),
      line(200, 'title'),
      text('details?'),
      reference('areas', 'areaId'),
      reference('meetings', 'meetingId?'),
      reference('sessions', 'sessionId?'),
      reference('agenda_items', 'agendaItemId?'),
      line(100, 'theme?'),
      ...STATE,
      // Ids of rows in later rooms.
      uuid('goalId?, opgaveId?'),
      reference('organisations', 'requestedById?'),
      line(100, 'reference?'),
      reference('actions', 'followsOnId?'),
      line(20, 'contribution?'),
      flag(false, 'isPublic'),
      text('publicText?, expectedResult?'),
      day('recordedOn'),
      flag(false, 'isConfidential'),
      version(),
      unique('number'),
      index('followsOnId'),
      index('requestedById'),
      index('ownerPersonId'),
      index('sessionId'),
      index('meetingId, closedOn'),
      index('areaId, dueOn, id', { where: '"closedOn" IS NULL' }),
      index('ownerId, dueOn', { where: '"closedOn" IS NULL' }),
      // Everything an organisation ever did: the index above contains open actions only.
      index('ownerId, closedOn', { name: 'actions_by_owner' }),
      index(BEGIN, { name: 'actions_by_begin' }),
      index(END, { name: 'actions_by_end' }),
      // Most actions serve no goal and no opgave.
      index('goalId', { name: 'actions_by_goal', where: '"goalId" IS NOT NULL' }),
      index('opgaveId', { name: 'actions_by_opgave', where: '"opgaveId" IS NOT NULL' }),
    ]),
    table('action_co_owners', [
      primary(reference('actions', 'actionId'), reference('organisations', 'organisationId')),
      index('organisationId'),
    ]),
    table('action_parties', [
      primary(reference('actions', 'actionId'), reference('organisations', 'organisationId')),
      index('organisationId'),
    ]),
    table('action_updates', [
      id(),
      reference('actions', 'actionId'),
      whole('sequence'),
      line(20, 'kind'),
      day('effectiveOn'),
      moment('recordedAt'),
      reference('people', 'recordedById?'),
      reference('organisations', 'onBehalfOfId?'),
      reference('sessions', 'sessionId?'),
      text('comment?, changes'),
      reference('action_updates', 'restatesId?'),
      line(200, 'title'),
      reference('areas', 'areaId'),
      line(100, 'theme?'),
      text('coOwnerIds'),
      flag(false, 'isPublic, isConfidential'),
      ...STATE,
      day('recordedOn'),
      unique('actionId, sequence'),
      index('sessionId'),
      // Finds what happened since an instant without reading every history.
      index('recordedAt, actionId', { name: 'action_updates_recorded' }),
      index('actionId, effectiveOn, sequence, recordedAt, closedOn', { name: 'action_updates_as_of' }),
      index('areaId, recordedAt, effectiveOn', { name: 'action_updates_by_entry' }),
      index(OF_THE_YEAR, { name: 'action_updates_of_the_year' }),
    ]),
    table('discussions', [
      id(),
      reference('sessions', 'sessionId'),
      reference('actions', 'actionId'),
      line(20, 'kind, outcome?'),
      text('note?'),
      version(),
      unique('sessionId, actionId'),
      index('actionId'),
    ]),
    table('judgements', [
      id(),
      // Exactly one of the two is set. Goals are in a later room.
      uuid('goalId?, actionId?'),
      reference('organisations', 'organisationId'),
      line(10, 'judgement'),
      text('comment?'),
      day('judgedOn'),
      flag(true, 'isCurrent'),
      reference('people', 'recordedById'),
      moment('recordedAt'),
      index('actionId'),
      index('goalId'),
    ]),
    table('action_escalations', [
      id(),
      reference('actions', 'actionId'),
      whole('step'),
      reference('people', 'personId'),
      text('text'),
      reference('people', 'askedById'),
      day('askedOn'),
      moment('askedAt'),
      text('decision?'),
      day('decidedFor?'),
      moment('answeredAt?'),
      unique('actionId, step'),
      unique('actionId, personId'),
      index('personId'),
    ]),
    table('action_imports', [
      id(),
      reference('people', 'personId'),
      reference('areas', 'areaId?'),
      line(10, 'state'),
      text('proposal'),
      moment('createdAt, executedAt?'),
      version(),
      index('personId'),
    ]),
  ];

  override async up(runner: QueryRunner): Promise<void> {
    await super.up(runner);
    for (const sql of isPostgres(runner) ? WORDS_ON_POSTGRES : WORDS_ON_SQLITE) await runner.query(sql);
  }

  override async down(runner: QueryRunner): Promise<void> {
    await removeSearchTriggers((sql) => runner.query(sql), isPostgres(runner));
    await runner.query('DROP TABLE "action_texts"');
    await runner.query(isPostgres(runner) ? 'DROP FUNCTION action_words(text)' : 'DROP TABLE "action_words"');
    await super.down(runner);
  }
}
