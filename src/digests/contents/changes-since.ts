/** SQL for a change: a row of history joined with the one before it. */
export const STEP = `"action_updates" u JOIN "action_updates" b ON b."actionId" = u."actionId" AND b."sequence" = u."sequence" - 1`;
/** SQL for the steps recorded since `$1`, without those that only restate an earlier one. */
export const SINCE = `u."recordedAt" > $1 AND u."restatesId" IS NULL`;
