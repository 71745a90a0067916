import { dialectOf } from '../../platform/database/dialect.js';
import type { Source } from '../../platform/database/rows.js';

/**
 * SQL for the id of the history row with the state of an action in a session: on the day of the session, as known when
 * it closed. Both arguments are aliases of rows in the enclosing statement.
 */
export const rowInSession = (action: string, session: string): string =>
  `(SELECT h."id" FROM "action_updates" h WHERE h."actionId" = ${action}."id" AND (h."sequence" = 1
    OR (h."effectiveOn" <= ${session}."heldOn" AND (${session}."closedAt" IS NULL OR h."recordedAt" <= ${session}."closedAt")))
    ORDER BY h."effectiveOn" DESC, h."sequence" DESC LIMIT 1)`;

/** SQL for the ids of the sessions that took an action over, as a JSON list. */
export const discussedInIds = (source: Source, action: string): string =>
  `(SELECT ${dialectOf(source).jsonList('taken."sessionId"')} FROM "discussions" taken WHERE taken."actionId" = ${action}."id")`;

/** The sessions that have never been closed: their new actions have not been announced yet. */
export const NEVER_CLOSED_SESSIONS = `SELECT "open"."id" FROM "sessions" "open"
  WHERE "open"."state" = 'open' AND "open"."reopeningReason" IS NULL`;

/** SQL for "recorded in a session that has never been closed". */
export const isProvisional = (action: string): string =>
  `(${action}."sessionId" IS NOT NULL AND ${action}."sessionId" IN (${NEVER_CLOSED_SESSIONS}))`;
