import { NEXT_VERSION } from '../../platform/database/writes.js';

import { type Term, termOf } from './retention.rules.js';
import type { Settings } from '../../platform/settings.js';

/** What stands in the place of a title that was destroyed. */
export const DESTROYED = '(vernietigd)';

/**
 * Rows that go, or (with `set`) of which only these columns go. `where` is SQL over `$1`, the first day that is kept, and
 * holds no more for what is done.
 */
export interface Step {
  table: string;
  /** By which a part of the rows is chosen; `id` when left out. */
  key?: string;
  where: string;
  set?: string;
}

/** A class of data with a term. Its steps are done in order; what the last one is about is what counts. */
export interface TableClass {
  name: string;
  what: string;
  term: Term;
  steps: Step[];
}

const ENDED_MAIL = `"state" IN ('sent', 'failed', 'not_needed', 'skipped')`;
const OLD_ACTIONS = `"closedOn" < $1 AND "title" <> '${DESTROYED}'`;
const OF_OLD_ACTIONS = `"actionId" IN (SELECT a."id" FROM "actions" a WHERE a."closedOn" < $1 AND a."title" <> '${DESTROYED}')`;
const NO_TEXTS = `"title" = '${DESTROYED}', "statusReason" = NULL, "result" = NULL, "ownerPersonId" = NULL`;

/**
 * The classes that are rows of tables. Rows that figures are made of stay, with their organisations and dates: a figure of
 * an old year never changes. Their texts and persons go.
 */
export const tableClasses = (settings: Settings): TableClass[] => [
  {
    name: 'actions',
    what: 'texts and persons of actions that were closed, with their history',
    term: termOf(settings, 'ACTIONS_RETENTION_YEARS'),
    steps: [
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
        set: `${NO_TEXTS}, "details" = NULL, "expectedResult" = NULL, "publicText" = NULL, "reference" = NULL,
          "isPublic" = FALSE, ${NEXT_VERSION}`,
      },
    ],
  },
  {
    name: 'ratings',
    what: 'what was written in ratings, of rounds that were closed; the marks stay',
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
  {
    name: 'mail-texts',
    what: 'the contents of mails that went out; that they went stays',
    term: termOf(settings, 'MAIL_TEXTS_RETENTION_DAYS'),
    steps: [
      {
        table: 'outgoing_messages',
        where: `${ENDED_MAIL} AND "plannedAt" < $1 AND ("bytes" IS NOT NULL OR "subject" IS NOT NULL)`,
        set: '"bytes" = NULL, "subject" = NULL',
      },
    ],
  },
  {
    name: 'mail',
    what: 'the list of mails: address, state, words of the mail server',
    term: termOf(settings, 'MAIL_RETENTION_DAYS'),
    steps: [
      {
        table: 'mail_links',
        where: `"messageId" IN (SELECT o."id" FROM "outgoing_messages" o WHERE o.${ENDED_MAIL} AND o."plannedAt" < $1)`,
      },
      { table: 'outgoing_messages', where: `${ENDED_MAIL} AND "plannedAt" < $1` },
    ],
  },
  {
    name: 'links',
    what: 'links in mails that are over',
    term: termOf(settings, 'LINKS_RETENTION_DAYS'),
    steps: [{ table: 'mail_links', where: '"expiresAt" < $1' }],
  },
  {
    name: 'sign-ins',
    what: 'sessions of the pages that ended',
    term: termOf(settings, 'SIGN_INS_RETENTION_DAYS'),
    steps: [
      { table: 'sign_in_requests', where: '"expiresAt" < $1' },
      { table: 'web_sessions', where: 'coalesce("endedAt", "expiresAt") < $1' },
    ],
  },
  {
    name: 'tokens',
    what: 'API tokens that were revoked or are over',
    term: termOf(settings, 'SIGN_INS_RETENTION_DAYS'),
    steps: [{ table: 'api_tokens', where: 'coalesce("revokedAt", "expiresAt") < $1' }],
  },
  {
    name: 'imports',
    what: 'action lists and registers that were put in, or only looked at',
    term: { days: 7 },
    steps: [
      { table: 'action_imports', where: '"createdAt" < $1' },
      { table: 'register_imports', where: '"createdAt" < $1' },
    ],
  },
  {
    name: 'idempotency-keys',
    what: 'answers kept for repeated requests',
    term: { days: 7 },
    steps: [{ table: 'idempotency_keys', key: 'key', where: '"recordedAt" < $1' }],
  },
];
