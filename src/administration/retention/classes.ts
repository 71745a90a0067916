import { ACTION_TEXTS } from '../../actions/action.entity.js';
import { Initiative } from '../../budget/initiative.entity.js';
import { ERASED_NAME } from '../../minutes/name-book.rules.js';
import { Question } from '../../questions/question.entity.js';
import { optionalTextsOf } from '../../platform/database/shapes.js';
import { storedKey } from '../../platform/spelling/natural-order.js';
import { NEXT_VERSION } from '../../platform/database/writes.js';
import { type Term, termOf } from './retention.rules.js';
import type { Settings } from '../../platform/settings.js';

/**
 * No delivery refers to it. The event of an overdue action is kept until the action is closed, because otherwise it
 * would be appended again.
 */
const IS_FORGETTABLE = `NOT EXISTS (SELECT 1 FROM "webhook_deliveries" d WHERE d."eventId" = "events"."id")
  AND ("kind" <> 'action.overdue' OR NOT EXISTS (
    SELECT 1 FROM "actions" a WHERE a."id" = "events"."subjectId" AND a."closedOn" IS NULL))`;

/** Minutes not destroyed yet whose session was before that day. */
export const OLD_MINUTES = `FROM "minutes" m JOIN "sessions" s ON s."id" = m."sessionId" WHERE s."heldOn" < $1 AND NOT EXISTS (
  SELECT 1 FROM "minutes_events" e WHERE e."minutesId" = m."id" AND e."kind" = 'destroyed')`;

/** Replaces a destroyed title. */
export const DESTROYED = '(vernietigd)';

/**
 * Rows to delete or, with `set`, columns to clear. `where` is SQL over `$1`, the first day that is kept, and no longer
 * matches rows already done.
 */
export interface Step {
  table: string;
  /** The column that selects a batch of rows; `id` if omitted. */
  key?: string;
  where: string;
  set?: string;
}

/** A class of data with a retention period. Steps are executed in order; the rows of the last one are counted. */
export interface TableClass {
  name: string;
  what: string;
  term: Term;
  steps: Step[];
}

const ENDED_MAIL = `"state" IN ('sent', 'failed', 'not_needed', 'skipped')`;
const OLD_MAILS = `SELECT o."id" FROM "outgoing_messages" o WHERE o.${ENDED_MAIL} AND o."plannedAt" < $1`;
const OLD_ACTIONS = `"closedOn" < $1 AND "title" <> '${DESTROYED}'`;
const OF_OLD_ACTIONS = `"actionId" IN (SELECT a."id" FROM "actions" a WHERE a."closedOn" < $1 AND a."title" <> '${DESTROYED}')`;
/** Of sessions that were cancelled or never closed: what others said is destroyed with the minutes. */
const OF_OLD_SESSIONS = `"sessionId" IN (SELECT s."id" FROM "sessions" s WHERE s."heldOn" < $1
  AND NOT EXISTS (SELECT 1 FROM "minutes" n WHERE n."sessionId" = s."id"))`;
/** The existence of a result counts in figures, so its text is replaced rather than cleared. */
const NO_RESULT = `"result" = CASE WHEN "result" IS NULL THEN NULL ELSE '${DESTROYED}' END`;
const NO_TEXTS = `"title" = '${DESTROYED}', "statusReason" = NULL, ${NO_RESULT}, "ownerPersonId" = NULL`;

/** SQL that clears every text of an entity that may be empty. */
const clearing = (entity: abstract new () => object, ...without: string[]): string =>
  optionalTextsOf(entity)
    .filter((name) => !without.includes(name))
    .map((name) => `"${name}" = NULL`)
    .join(', ');

/** The classes that are rows of tables. */
export const tableClasses = (settings: Settings): TableClass[] => [
  ...textsOfRecords(settings),
  ...mailClasses(settings),
  ...shortLived(settings),
];

/**
 * Rows that figures are computed from stay, with their organisations and dates, so that figures of an old year never change.
 * Their texts and persons are removed.
 */
const textsOfRecords = (settings: Settings): TableClass[] => [
  {
    name: 'sessions',
    what: 'agenda items, papers, notes and guests of sessions without minutes',
    term: termOf(settings, 'MINUTES_RETENTION_YEARS'),
    steps: [
      {
        table: 'files',
        where: `"kind" = 'agenda_item' AND "thingId" IN (SELECT i."id" FROM "agenda_items" i WHERE i.${OF_OLD_SESSIONS})`,
      },
      {
        table: 'attendances',
        where: `"guestName" <> '${ERASED_NAME}' AND ${OF_OLD_SESSIONS}`,
        set: `"guestName" = '${ERASED_NAME}'`,
      },
      { table: 'discussions', where: `"note" IS NOT NULL AND ${OF_OLD_SESSIONS}`, set: '"note" = NULL' },
      {
        table: 'agenda_items',
        where: `("title" <> '${DESTROYED}' OR "notes" IS NOT NULL OR "decision" IS NOT NULL) AND ${OF_OLD_SESSIONS}`,
        set: `"title" = '${DESTROYED}', "notes" = NULL, "decision" = NULL, ${NEXT_VERSION}`,
      },
    ],
  },
  {
    name: 'actions',
    what: 'texts, files and persons of closed actions, with their history',
    term: termOf(settings, 'ACTIONS_RETENTION_YEARS'),
    steps: [
      {
        table: 'files',
        where: `"kind" = 'action' AND "thingId" IN (SELECT a."id" FROM "actions" a WHERE a."closedOn" < $1 AND a."title" <> '${DESTROYED}')`,
      },
      {
        table: 'action_updates',
        where: `${OF_OLD_ACTIONS} AND "title" <> '${DESTROYED}'`,
        set: `${NO_TEXTS}, "comment" = NULL, "changes" = '{}'`,
      },
      { table: 'discussions', where: `${OF_OLD_ACTIONS} AND "note" IS NOT NULL`, set: '"note" = NULL' },
      { table: 'judgements', where: `${OF_OLD_ACTIONS} AND "comment" IS NOT NULL`, set: '"comment" = NULL' },
      {
        table: 'action_escalations',
        where: `${OF_OLD_ACTIONS} AND "text" <> '${DESTROYED}'`,
        set: `"text" = '${DESTROYED}', "decision" = NULL`,
      },
      {
        table: 'actions',
        where: OLD_ACTIONS,
        set: `${NO_TEXTS}, "titleKey" = '${storedKey(DESTROYED)}', ${ACTION_TEXTS.map((name) => `"${name}" = NULL`).join(', ')},
          "isPublic" = FALSE, ${NEXT_VERSION}`,
      },
    ],
  },
  {
    name: 'initiatives',
    what: 'texts and files of initiatives of the leefbaarheidsbudget; the amounts stay',
    term: termOf(settings, 'ACTIONS_RETENTION_YEARS'),
    steps: [
      {
        table: 'files',
        where: `"kind" = 'initiative' AND "thingId" IN (SELECT i."id" FROM "initiatives" i JOIN "budgets" b ON b."id" = i."budgetId"
          WHERE b."closesOn" < $1 AND i."title" <> '${DESTROYED}')`,
      },
      {
        table: 'initiatives',
        where: `"title" <> '${DESTROYED}' AND "budgetId" IN (SELECT b."id" FROM "budgets" b WHERE b."closesOn" < $1)`,
        set: `"title" = '${DESTROYED}', ${NO_RESULT}, ${clearing(Initiative, 'theme', 'result')}, "isPublic" = FALSE, ${NEXT_VERSION}`,
      },
    ],
  },
  {
    name: 'questions',
    what: 'texts of questions; their outcomes stay',
    term: termOf(settings, 'ACTIONS_RETENTION_YEARS'),
    steps: [
      {
        table: 'questions',
        where: `"title" <> '${DESTROYED}' AND coalesce("settledOn", "dueOn") < $1`,
        set: `"title" = '${DESTROYED}', ${clearing(Question)}, "chairAgrees" = FALSE, "askerAgrees" = FALSE, ${NEXT_VERSION}`,
      },
    ],
  },
  {
    name: 'ratings',
    what: 'remarks in ratings of closed rounds; the marks stay',
    term: termOf(settings, 'RATING_TEXTS_RETENTION_YEARS'),
    steps: [
      {
        table: 'ratings',
        where: `("wentWell" IS NOT NULL OR "canBeBetter" IS NOT NULL)
          AND "roundId" IN (SELECT r."id" FROM "rating_rounds" r WHERE r."closedAt" < $1)`,
        set: '"wentWell" = NULL, "canBeBetter" = NULL',
      },
    ],
  },
];

const mailClasses = (settings: Settings): TableClass[] => [
  {
    name: 'mail-texts',
    what: 'contents of sent mails; the record of sending stays',
    term: termOf(settings, 'MAIL_TEXTS_RETENTION_DAYS'),
    steps: [
      { table: 'message_bytes', key: 'messageId', where: `"messageId" IN (${OLD_MAILS})` },
      {
        table: 'outgoing_messages',
        where: `${ENDED_MAIL} AND "plannedAt" < $1 AND "subject" IS NOT NULL`,
        set: '"subject" = NULL',
      },
    ],
  },
  {
    name: 'mail',
    what: 'the list of mails: address, state, mail server response',
    term: termOf(settings, 'MAIL_RETENTION_DAYS'),
    steps: [
      { table: 'mail_links', where: `"messageId" IN (${OLD_MAILS})` },
      { table: 'outgoing_messages', where: `${ENDED_MAIL} AND "plannedAt" < $1` },
    ],
  },
  {
    name: 'links',
    what: 'expired links in mails',
    term: termOf(settings, 'LINKS_RETENTION_DAYS'),
    steps: [{ table: 'mail_links', where: '"expiresAt" < $1' }],
  },
];

/** Rows that nothing refers to any more. */
const shortLived = (settings: Settings): TableClass[] => [
  {
    name: 'sign-ins',
    what: 'ended browser sessions',
    term: termOf(settings, 'SIGN_INS_RETENTION_DAYS'),
    steps: [
      { table: 'sign_in_requests', where: '"expiresAt" < $1' },
      { table: 'web_sessions', where: 'coalesce("endedAt", "expiresAt") < $1' },
    ],
  },
  {
    name: 'tokens',
    what: 'API tokens that were revoked or have expired',
    term: termOf(settings, 'SIGN_INS_RETENTION_DAYS'),
    steps: ['api_tokens', 'client_tokens'].map((table) => ({
      ...{ table, where: 'coalesce("revokedAt", "expiresAt") < $1' },
    })),
  },
  {
    name: 'webhooks',
    what: 'events for other systems that were delivered, given up or skipped',
    term: termOf(settings, 'WEBHOOKS_RETENTION_DAYS'),
    steps: [
      { table: 'webhook_deliveries', where: `"state" IN ('delivered', 'dead', 'skipped') AND "plannedAt" < $1` },
      { table: 'events', where: `"plannedAt" < $1 AND ${IS_FORGETTABLE}` },
    ],
  },
  {
    name: 'imports',
    what: 'uploaded action lists and registers, imported or not',
    term: { days: 7 },
    steps: [
      { table: 'action_imports', where: '"createdAt" < $1' },
      { table: 'register_imports', where: '"createdAt" < $1' },
    ],
  },
  {
    name: 'idempotency-keys',
    what: 'responses kept for repeated requests',
    term: { days: 7 },
    steps: [{ table: 'idempotency_keys', where: '"recordedAt" < $1' }],
  },
];
