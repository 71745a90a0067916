/**
 * SQL for the id of the row of its history that says how an action stood in a session: on the day of that, as was known
 * when it closed. Both are names of rows in the statement around it.
 */
export const rowInSession = (action: string, session: string): string =>
  `(SELECT h."id" FROM "action_updates" h WHERE h."actionId" = ${action}."id" AND (h."sequence" = 1
    OR (h."effectiveOn" <= ${session}."heldOn" AND (${session}."closedAt" IS NULL OR h."recordedAt" <= ${session}."closedAt")))
    ORDER BY h."effectiveOn" DESC, h."sequence" DESC LIMIT 1)`;
