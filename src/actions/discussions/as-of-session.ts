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
  `(SELECT ${dialectOf(source).jsonList('told."sessionId"')} FROM "discussions" told WHERE told."actionId" = ${action}."id")`;

/** The sessions whose new actions have not been announced yet: open, and never closed before. */
export const UNTOLD_SESSIONS = `SELECT "untold"."id" FROM "sessions" "untold"
  WHERE "untold"."state" = 'open' AND "untold"."reopeningReason" IS NULL`;

/** SQL for "recorded in such a session". */
export const isUntold = (action: string): string =>
  `(${action}."sessionId" IS NOT NULL AND ${action}."sessionId" IN (${UNTOLD_SESSIONS}))`;
