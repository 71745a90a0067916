import { expect } from '@jest/globals';
import { verifyAudit } from '../../src/platform/audit/verify.js';
import { rows } from '../../src/platform/database/rows.js';
import { ask, OUTSIDERS, SECRET, type World } from './world.js';

const read = <T>(world: World, sql: string, values: string[] = []) =>
  rows<T & object>(world.t.database.reader, sql, values);

/**
 * Every unfinished action of a meeting with an open session is at its table exactly once: taken over, or
 * recorded there. A session that is opened after its day does not take over what was recorded after it.
 */
export async function isOnceAtTheTable(world: World): Promise<void> {
  const found = await read<{ number: string; places: number }>(
    world,
    `SELECT a."number", (SELECT count(*) FROM "discussions" d WHERE d."sessionId" = s."id" AND d."actionId" = a."id")
       + CASE WHEN a."sessionId" = s."id" THEN 1 ELSE 0 END AS "places"
     FROM "sessions" s JOIN "actions" a ON a."meetingId" = s."meetingId"
     WHERE s."state" = 'open' AND NOT a."isWithdrawn" AND a."status" NOT IN ('done', 'cancelled')
       AND a."recordedOn" <= s."heldOn"
       AND EXISTS (SELECT 1 FROM "action_updates" u WHERE u."actionId" = a."id" AND u."recordedAt" < s."openedAt")`,
  );
  expect(found.filter(({ places }) => Number(places) !== 1)).toEqual([]);
}

interface Change {
  number: string;
  sessionId: string;
}

/** What was finished while a session was open is in its minutes, once the session is closed. */
export async function isInTheMinutes(world: World): Promise<void> {
  const changes = await read<Change>(
    world,
    `SELECT DISTINCT a."number", s."id" AS "sessionId" FROM "sessions" s JOIN "actions" a ON a."meetingId" = s."meetingId"
     JOIN "action_updates" u ON u."actionId" = a."id"
     WHERE s."state" = 'closed' AND NOT a."isWithdrawn" AND u."kind" = 'status' AND u."status" IN ('done', 'cancelled')
       AND u."recordedAt" > s."openedAt" AND u."recordedAt" < s."closedAt"
       AND NOT EXISTS (SELECT 1 FROM "sessions" o WHERE o."meetingId" = s."meetingId" AND o."openedAt" > s."openedAt"
         AND o."openedAt" < u."recordedAt")`,
  );
  const texts = new Map<string, string>();
  for (const sessionId of new Set(changes.map((one) => one.sessionId))) {
    const path = `/v1/sessions/${sessionId}/minutes`;
    texts.set(sessionId, JSON.stringify((await ask(world, { who: 'care', method: 'get', path })).body));
  }
  const missing = changes.filter(({ number, sessionId }) => !texts.get(sessionId)!.includes(`"${number}"`));
  expect(missing.map(({ number, sessionId }) => `${number} in ${world.names.get(sessionId)}`)).toEqual([]);
}

/** What outsiders are answered has no word of what is confidential, in any list. */
export async function tellsOutsidersNothing(world: World): Promise<void> {
  const sessions = [...world.ids].filter(([as]) => as.startsWith('session')).slice(-3);
  const paths = ['/v1/actions?pageSize=200', '/v1/decisions', '/v1/audit-entries', `/v1/actions?q=${SECRET}`];
  for (const [, id] of sessions)
    for (const part of ['', '/agenda-items', '/discussions', '/actions', '/minutes', '/minutes/dispatch'])
      paths.push(`/v1/sessions/${id}${part}`);
  const confidential = await read<{ id: string; number: string }>(
    world,
    'SELECT "id", "number" FROM "actions" WHERE "isConfidential"',
  );
  for (const who of OUTSIDERS) {
    for (const path of paths) {
      const { body } = await ask(world, { who, method: 'get', path });
      const text = JSON.stringify(body);
      const told = confidential.filter(({ id, number }) => text.includes(id) || text.includes(`"${number}"`));
      const isSaid = text.includes(`${SECRET} `);
      expect([who, path, told, isSaid]).toEqual([who, path, [], false]);
    }
  }
}

/** The trail and the minutes hold together. */
export async function verifies(world: World): Promise<void> {
  expect(await verifyAudit(world.t.database.reader)).toBeNull();
}

/** Each overdue action stands in a digest of this week: of who must do it, or of a chair who may know of it. */
export async function isHeardOf(world: World, since: number): Promise<void> {
  const today = world.t.clock.today();
  const overdue = await read<{ number: string }>(
    world,
    `SELECT "number" FROM "actions" WHERE NOT "isWithdrawn" AND NOT "isHandedBack" AND "ownerId" IS NOT NULL
       AND "status" IN ('open', 'in_progress', 'blocked') AND "dueOn" < $1`,
    [today],
  );
  const texts = world.mailbox.messages.slice(since).map(({ mail }) => `${mail.text}`);
  const unheard = overdue.filter(({ number }) => !texts.some((text) => text.includes(number)));
  expect(unheard).toEqual([]);
}
