import { ACTION_PARTIES, knownTo } from '../../platform/access/confidentiality.js';
import type { Caller } from '../../platform/access/caller.js';
import { dayOf } from '../../platform/common/calendar-date.js';
import { chunks, Params, rows, type Source } from '../../platform/database/rows.js';

/** Who asked to discuss an action, and when. */
export interface AskedDiscussion {
  on: string;
  /**
   * The organisation on whose behalf it was asked: the owner, unless the chair named another. Null if there is neither.
   */
  organisationName: string | null;
}

/** The outcomes with which a session has discussed an action. */
const DISCUSSED = `'discussed', 'updated', 'accepted'`;

/**
 * SQL for "this history row asked to discuss it, and no session has since": computed, so that undoing an answer or
 * reopening a session needs no extra work. A closed session settles what was asked before its end.
 */
const WAITS = (update: string): string => `${update}."kind" = 'discussion_asked' AND ${update}."restatesId" IS NULL
  AND NOT EXISTS (SELECT 1 FROM "discussions" told JOIN "sessions" held ON held."id" = told."sessionId"
    WHERE told."actionId" = ${update}."actionId" AND told."outcome" IN (${DISCUSSED})
      AND held."state" = 'closed' AND held."closedAt" >= ${update}."recordedAt")`;

const SELECT = `SELECT u."actionId", u."recordedAt", o."name" AS "organisationName"
  FROM "action_updates" u JOIN "actions" a ON a."id" = u."actionId"
  LEFT JOIN "organisations" o ON o."id" = coalesce(u."onBehalfOfId", a."ownerId")`;

interface Found {
  actionId: string;
  recordedAt: string;
  organisationName: string | null;
}

/** Per action of an open session, the last request to discuss it that is still waiting. One statement. */
export async function askedInSession(source: Source, sessionId: string, caller: Caller): Promise<Asked> {
  const params = new Params();
  const session = params.add(sessionId);
  const known = knownTo(caller, 'a', ACTION_PARTIES, params);
  return byAction(
    await rows<Found>(
      source,
      `${SELECT} JOIN "discussions" d ON d."actionId" = u."actionId" JOIN "sessions" s ON s."id" = d."sessionId"
       WHERE d."sessionId" = ${session} AND s."state" <> 'closed' AND ${WAITS('u')} AND ${known} ORDER BY u."recordedAt"`,
      params.values,
    ),
  );
}

/**
 * Per action that a session took over, the last request to discuss it, as known when the session closed: requests that
 * another session had settled by then are left out.
 */
export async function askedBySession(source: Source, sessionId: string): Promise<Asked> {
  const sql = `SELECT u."actionId", u."recordedAt", o."name" AS "organisationName"
    FROM "discussions" d JOIN "sessions" s ON s."id" = d."sessionId"
    JOIN "action_updates" u ON u."actionId" = d."actionId" AND u."kind" = 'discussion_asked' AND u."restatesId" IS NULL
    LEFT JOIN "organisations" o ON o."id" = coalesce(u."onBehalfOfId", u."ownerId")
    WHERE s."id" = $1 AND (s."closedAt" IS NULL OR u."recordedAt" <= s."closedAt")
      AND NOT EXISTS (SELECT 1 FROM "discussions" told JOIN "sessions" held ON held."id" = told."sessionId"
        WHERE told."actionId" = u."actionId" AND held."id" <> s."id" AND told."outcome" IN (${DISCUSSED})
          AND held."state" = 'closed' AND held."closedAt" >= u."recordedAt" AND held."heldOn" <= s."heldOn")
    ORDER BY u."recordedAt"`;
  return byAction(await rows<Found>(source, sql, [sessionId]));
}

/** The same for these actions, which the reader may know. */
export async function askedOf(source: Source, actionIds: readonly string[]): Promise<Asked> {
  const found: Found[] = [];
  for (const some of chunks(actionIds)) {
    const params = new Params();
    found.push(
      ...(await rows<Found>(
        source,
        `${SELECT} WHERE u."actionId" IN (${params.list(some)}) AND ${WAITS('u')} ORDER BY u."recordedAt"`,
        params.values,
      )),
    );
  }
  return byAction(found);
}

export type Asked = ReadonlyMap<string, AskedDiscussion>;

const byAction = (found: readonly Found[]): Asked =>
  new Map(
    found.map(({ actionId, recordedAt, organisationName }) => [actionId, { on: dayOf(recordedAt), organisationName }]),
  );
