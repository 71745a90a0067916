import { dialectOf } from '../../platform/database/dialect.js';
import type { Source } from '../../platform/database/rows.js';

/**
 * SQL for the id of the row of its history that says how an action stood in a session: on the day of that, as was known
 * when it closed. Both are names of rows in the statement around it.
 */
export const rowInSession = (action: string, session: string): string =>
  `(SELECT h."id" FROM "action_updates" h WHERE h."actionId" = ${action}."id" AND (h."sequence" = 1
    OR (h."effectiveOn" <= ${session}."heldOn" AND (${session}."closedAt" IS NULL OR h."recordedAt" <= ${session}."closedAt")))
    ORDER BY h."effectiveOn" DESC, h."sequence" DESC LIMIT 1)`;

/** SQL for the ids of the sessions that took an action over, as a JSON list. */
export const discussedInIds = (source: Source, action: string): string =>
  `(SELECT ${dialectOf(source).jsonList('told."sessionId"')} FROM "discussions" told WHERE told."actionId" = ${action}."id")`;

/** The sessions whose new actions are not told yet: open, and never closed before. */
export const UNTOLD_SESSIONS = `SELECT "untold"."id" FROM "sessions" "untold"
  WHERE "untold"."state" = 'open' AND "untold"."reopeningReason" IS NULL`;

/** SQL for "recorded in such a session". */
export const isUntold = (action: string): string =>
  `(${action}."sessionId" IS NOT NULL AND ${action}."sessionId" IN (${UNTOLD_SESSIONS}))`;
