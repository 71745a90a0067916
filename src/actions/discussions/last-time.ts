import { readableNotes, readableSessions } from '../../meetings/meetings.access.js';
import type { Caller } from '../../platform/access/caller.js';
import { ACTION_PARTIES, knownTo } from '../../platform/access/confidentiality.js';
import { Params, rows, type Source } from '../../platform/database/rows.js';
import type { Change } from '../history/action-update.entity.js';
import type { ActionStatus } from '../action.entity.js';

/** What was said about an action before a session: at an earlier one, else by its owner in between. */
export interface LastTime {
  /** The day of that session, or the day of the update of the owner. */
  on: string;
  saidBy: 'session' | 'owner';
  /** Null if the owner only gave a status. */
  text: string | null;
  /** The status the owner gave; null for what was said in a session. */
  status: ActionStatus | null;
}

type Found = LastTime & { actionId: string; changes: Change | null };

/**
 * The last mention of each action that a session took over, by action: the note of the last earlier session that
 * discussed it and that the caller may read, else the last update of its owner. One statement for the whole session.
 */
export async function lastTimes(source: Source, sessionId: string, caller: Caller): Promise<Map<string, LastTime>> {
  const params = new Params();
  const found = await rows<Found>(source, sqlOf(sessionId, caller, params), params.values, { changes: 'json' });
  const last = new Map<string, LastTime>();
  // The notes of sessions come last and so override the updates.
  for (const { actionId, changes, text, ...one } of found) {
    last.set(actionId, { ...one, text: text ?? changes?.reason ?? changes?.result ?? null });
  }
  return last;
}

/** CROSS JOIN, whose tables SQLite does not reorder: otherwise it would begin with all updates and all meetings. */
function sqlOf(sessionId: string, caller: Caller, params: Params): string {
  const session = params.add(sessionId);
  const known = knownTo(caller, 'a', ACTION_PARTIES, params);
  return `WITH "asked" AS MATERIALIZED (
      SELECT a."id", a."ownerId", now."id" AS "sessionId", now."heldOn", now."closedAt"
      FROM "discussions" d JOIN "actions" a ON a."id" = d."actionId" JOIN "sessions" now ON now."id" = d."sessionId"
      WHERE d."sessionId" = ${session} AND NOT a."isWithdrawn" AND ${known}),
    "said" AS (
      SELECT e."actionId", s."heldOn" AS "on", e."note" AS "text",
        row_number() OVER (PARTITION BY e."actionId" ORDER BY s."heldOn" DESC, s."id" DESC) AS "place"
      FROM "asked" q CROSS JOIN "discussions" e CROSS JOIN "sessions" s CROSS JOIN "meetings" m
      WHERE e."actionId" = q."id" AND s."id" = e."sessionId" AND m."id" = s."meetingId"
        AND e."note" IS NOT NULL AND s."id" <> q."sessionId" AND s."heldOn" <= q."heldOn" AND s."state" = 'closed'
        AND ${readableSessions(caller, params)} AND ${readableNotes(caller, params)}),
    "told" AS (
      SELECT u."actionId", u."effectiveOn" AS "on", u."comment" AS "text", u."status", u."changes",
        row_number() OVER (PARTITION BY u."actionId" ORDER BY u."effectiveOn" DESC, u."sequence" DESC) AS "place"
      FROM "asked" q CROSS JOIN "action_updates" u
      WHERE u."actionId" = q."id" AND u."restatesId" IS NULL AND u."sessionId" IS NULL AND u."kind" NOT IN ('recorded', 'edit')
        AND (u."kind" <> 'discussion_asked' OR u."comment" IS NOT NULL)
        AND (q."closedAt" IS NULL OR u."recordedAt" <= q."closedAt")
        AND (u."kind" = 'handing_back' OR u."onBehalfOfId" = q."ownerId" OR EXISTS (SELECT 1 FROM "memberships" b
          WHERE b."personId" = u."recordedById" AND b."organisationId" = q."ownerId")))
    SELECT "actionId", "on", 'owner' AS "saidBy", "text", "status", "changes" FROM "told" WHERE "place" = 1
    UNION ALL
    SELECT "actionId", "on", 'session', "text", NULL, NULL FROM "said" WHERE "place" = 1
    ORDER BY 3`;
}
