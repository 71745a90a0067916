import { expect } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { addDays } from '../../src/platform/common/calendar-date.js';
import { grouped } from '../../src/platform/common/grouped.js';
import { verifyAudit } from '../../src/platform/audit/verify.js';
import { rows } from '../../src/platform/database/rows.js';
import { everythingKept } from '../support/everything.js';
import { isCopy } from './copies.js';
import { type Actor, ask, comparable, SECRET, type World } from './world.js';

/** The organisations with somebody to mail. */
const ANSWERED = new Set(['gemeente', 'zorg', 'politie', 'boa']);

const read = <T>(world: World, sql: string, values: string[] = []) =>
  rows<T & object>(world.t.database.reader, sql, values);

/**
 * Every unfinished action of a meeting with an open session is in that session exactly once: taken over, or recorded there. A
 * session that is opened after its day does not take over what was recorded after that day, nor what was finished on it,
 * listed in an earlier session, and reopened since: that is for the next one, as is anything a merger of areas adds meanwhile.
 */
export async function isOnceAtTheTable(world: World): Promise<void> {
  const found = await read<{ number: string; places: number; thatDay: string }>(
    world,
    `SELECT a."number", (SELECT count(*) FROM "discussions" d WHERE d."sessionId" = s."id" AND d."actionId" = a."id")
       + CASE WHEN a."sessionId" = s."id" THEN 1 ELSE 0 END AS "places",
       (SELECT u."status" FROM "action_updates" u WHERE u."actionId" = a."id" AND u."effectiveOn" <= s."heldOn"
        ORDER BY u."effectiveOn" DESC, u."sequence" DESC LIMIT 1) AS "thatDay"
     FROM "sessions" s JOIN "actions" a ON a."meetingId" = s."meetingId"
     WHERE s."state" = 'open' AND NOT a."isWithdrawn" AND a."status" NOT IN ('done', 'cancelled')
       AND a."recordedOn" <= s."heldOn"
       AND EXISTS (SELECT 1 FROM "action_updates" u WHERE u."actionId" = a."id" AND u."recordedAt" < s."openedAt")
       AND NOT EXISTS (SELECT 1 FROM "audit_entries" e WHERE e."objectId" = a."areaId" AND e."operation" = 'area.merged'
         AND e."at" > s."openedAt")`,
  );
  const isFinished = (status: string) => status === 'done' || status === 'cancelled';
  const wrong = found.filter(
    ({ places, thatDay }) => Number(places) > 1 || (Number(places) === 0 && !isFinished(thatDay)),
  );
  expect(wrong).toEqual([]);
}

interface Change {
  number: string;
  sessionId: string;
  areaId: string;
}

async function isNoChair(world: World, who: 'care', areaId: string): Promise<void> {
  const { body } = await ask(world, { who, method: 'get', path: '/v1/me' });
  expect((body as { areaIds: Record<string, string[] | undefined> }).areaIds.chair).not.toContain(areaId);
}

/**
 * What was changed in a session, and what was finished while it was open, no later than its day, is in its minutes once
 * it is closed. What happened on a later day is for the next session. With the name of a session, checks that one only.
 */
export async function isInTheMinutes(world: World, only?: string): Promise<void> {
  const id = only && world.ids.get(only);
  if (only && !id) return;
  const changes = await read<Change>(
    world,
    `SELECT DISTINCT a."number", s."id" AS "sessionId", g."areaId" FROM "sessions" s JOIN "meetings" g ON g."id" = s."meetingId"
     JOIN "actions" a ON a."meetingId" = s."meetingId"
     JOIN "action_updates" u ON u."actionId" = a."id"
     WHERE s."state" = 'closed' AND NOT EXISTS (SELECT 1 FROM "minutes_events" e JOIN "minutes" m ON m."id" = e."minutesId"
       WHERE m."sessionId" = s."id" AND e."kind" = 'destroyed') AND NOT a."isWithdrawn" AND (u."sessionId" = s."id" OR u."kind" = 'status' AND u."status" IN ('done', 'cancelled'))
       AND u."recordedAt" > s."openedAt" AND u."recordedAt" < s."closedAt" AND u."effectiveOn" <= s."heldOn"
       AND NOT EXISTS (SELECT 1 FROM "sessions" o WHERE o."meetingId" = s."meetingId" AND o."openedAt" > s."openedAt"
         AND o."openedAt" < u."recordedAt") ${id ? 'AND s."id" = $1' : ''}`,
    id ? [id] : [],
  );
  const texts = new Map<string, string>();
  for (const [sessionId, areaId] of new Map(changes.map((one) => [one.sessionId, one.areaId]))) {
    const path = `/v1/sessions/${sessionId}/minutes`;
    const { status, body } = await ask(world, { who: 'care', method: 'get', path });
    // Between two changes of chair care is none, and has no right to them.
    if (status === 404) await isNoChair(world, 'care', areaId);
    else texts.set(sessionId, JSON.stringify(body));
  }
  const missing = changes.filter(({ number, sessionId }) => texts.get(sessionId)?.includes(`"${number}"`) === false);
  expect(missing.map(({ number, sessionId }) => `${number} in ${world.names.get(sessionId)}`)).toEqual([]);
}

const PARTS = ['', '/agenda-items', '/discussions', '/actions', '/minutes', '/minutes/dispatch', '/minutes/versions'];
const AUDIT_TRAIL = '/v1/audit-entries';
const LISTS = [
  ...['/v1/actions?pageSize=200', '/v1/decisions', `/v1/actions?q=${SECRET}`, '/v1/early-warnings'],
  ...['/v1/questions?pageSize=200', '/v1/initiatives?pageSize=200', '/v1/budgets', '/v1/goals', '/v1/reviews'],
  ...['/v1/koersoverzicht', '/v1/search?q=afspraak', `/v1/search?q=${SECRET}`],
];
/** The latest of these are also read individually. */
const ALONE = { session: 3, question: 2, initiative: 2, goal: 1, review: 1 };

/** What an outsider reads: the lists, and the latest sessions with everything that belongs to them. */
function pathsOf(world: World): string[] {
  const alone = Object.entries(ALONE).flatMap(([noun, most]) =>
    [...world.ids.keys()].filter((as) => new RegExp(`^${noun}\\d`).test(as)).slice(-most),
  );
  const path = (as: string) => `/v1/${as.replace(/\d+$/, '')}s/$${as}`;
  return [
    ...LISTS,
    ...alone.flatMap((as) => (as.startsWith('session') ? PARTS : ['']).map((part) => `${path(as)}${part}`)),
  ];
}

/**
 * Responses to these outsiders contain no word and no number of anything confidential, in any list; and they are
 * identical, to the version of each row, in a world where nothing confidential ever existed.
 */
export async function tellsOutsidersNothing(
  worlds: readonly World[],
  twin: World,
  outsiders: readonly Actor[],
): Promise<void> {
  for (const who of outsiders) {
    for (const path of [...pathsOf(twin), AUDIT_TRAIL]) {
      // The audit trail has an entry for everything that happened, so it differs in the twin.
      const there = path === AUDIT_TRAIL ? undefined : comparable(twin, await ask(twin, { who, method: 'get', path }));
      for (const [n, world] of worlds.entries()) {
        const answer = await ask(world, { who, method: 'get', path });
        await hasNoSecret(world, [who, path], JSON.stringify(answer.body));
        if (n === 0 && there !== undefined)
          expect([who, path, comparable(world, answer).split('},{')]).toEqual([who, path, there.split('},{')]);
      }
    }
  }
}

async function hasNoSecret(world: World, asked: readonly string[], text: string): Promise<void> {
  const sql = 'SELECT "id", "number" FROM "actions" WHERE "isConfidential"';
  const confidential = await read<{ id: string; number: string }>(world, sql);
  const told = confidential.filter(({ id, number }) => text.includes(id) || text.includes(`"${number}"`));
  expect([...asked, told, text.includes(`${SECRET} `)]).toEqual([...asked, [], false]);
}

const LINK = /http\S+/g;

/** Outsiders get the same mails as in a world where nothing confidential ever existed. */
export function isMailedTheSame(world: World, twin: World): void {
  const mailed = (one: World) =>
    one.mailbox.messages
      .filter((message) => !message.to.startsWith('zorg@') && !isCopy(one, message))
      .map(({ to, mail }) => `${to}: ${mail.subject}\n${mail.text?.replaceAll(LINK, '<link>')}`)
      .sort();
  expect(mailed(world)).toEqual(mailed(twin));
}

/** Redacted words are in no row, and on SQLite in no byte of the file and its log. */
export async function areGone({ t }: World, words: readonly string[]): Promise<void> {
  const path = t.settings.DATABASE_PATH;
  const files = t.database.file === null ? [] : [path, `${path}-wal`].filter((file) => existsSync(file));
  const texts: [string, string][] = files.map((file) => [file, readFileSync(file, 'latin1')]);
  for (const [table, kept] of Object.entries(await everythingKept(t))) texts.push([table, kept.join()]);
  const left = texts.flatMap(([where, text]) =>
    words.filter((word) => text.includes(word)).map((word) => [where, word]),
  );
  expect(left).toEqual([]);
}

/** The chains of the audit trail and the minutes are valid. */
export async function verifies(world: World): Promise<void> {
  expect(await verifyAudit(world.t.database.reader)).toBeNull();
}

/**
 * People who were given an action yesterday (a new one, handed over, or as co-owner), outside a session and while the session
 * it came from was not open, have since been mailed its number, unless they gave it to themselves. The same holds for an action
 * they were given while it was finished, once it is reopened. What was recorded before mail was released is left out: a held
 * copy plans no mail, and the mail in the backup was skipped. So are actions of old lists, of which nobody is told at once,
 * those that were given another title, people who were deactivated since, organisations with another contact in an area, and
 * people who left within these two days or before.
 */
export async function isToldWhoDoesIt(world: World): Promise<void> {
  const today = world.t.clock.today();
  const yesterday = addDays(today, -1);
  const since = world.mailsOn.get(yesterday);
  if (since === undefined) return;
  const changed = await read<UpdateRow>(
    world,
    `SELECT u."actionId", a."number", u."status", u."ownerId", u."coOwnerIds", u."isHandedBack", u."recordedAt", u."recordedById",
       u."sessionId", u."restatesId", s."state" AS "originState", s."closedAt" AS "originClosedAt"
     FROM "action_updates" u JOIN "actions" a ON a."id" = u."actionId" LEFT JOIN "sessions" s ON s."id" = a."sessionId"
     WHERE NOT a."isWithdrawn" AND NOT a."isHandedBack" AND a."status" IN ('open', 'in_progress', 'blocked')
       AND a."title" NOT LIKE 'Oude afspraak %' AND a."title" NOT LIKE 'Anders gezegd %'
       AND EXISTS (SELECT 1 FROM "action_updates" n WHERE n."actionId" = a."id" AND n."recordedAt" >= $1)
     ORDER BY u."actionId", u."sequence"`,
    [yesterday],
  );
  const active = new Set(
    (await read<{ id: string }>(world, 'SELECT "id" FROM "people" WHERE "active"')).map(({ id }) => id),
  );
  const away = new Set(
    (
      await read<{ personId: string; organisationId: string }>(
        world,
        `SELECT n."personId", n."organisationId" FROM "memberships" n WHERE n."untilOn" IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM "memberships" m WHERE m."personId" = n."personId" AND m."organisationId" = n."organisationId"
             AND m."fromOn" < $1 AND m."untilOn" IS NULL)`,
        [yesterday],
      )
    ).map(({ personId, organisationId }) => `${personId} ${organisationId}`),
  );
  const elsewhere = new Set(
    (
      await read<{ id: string }>(world, 'SELECT "organisationId" AS "id" FROM "contacts" WHERE "areaId" IS NOT NULL')
    ).map(({ id }) => id),
  );
  const heard = new Map<string, string>();
  for (const { to, mail } of world.mailbox.messages.slice(since)) heard.set(to, `${heard.get(to) ?? ''} ${mail.text}`);
  const unheard = [...grouped(changed, ({ actionId }) => actionId).values()].flatMap((rows) =>
    [...ANSWERED]
      .filter((who) => !away.has(`${world.ids.get(`person-${who}`)} ${world.ids.get(who)}`))
      .filter((who) => active.has(world.ids.get(`person-${who}`)!) && !elsewhere.has(world.ids.get(who)!))
      .filter((who) => {
        const given = givenTo(rows, world.ids.get(who)!);
        if (!given || given.recordedAt < yesterday || given.recordedAt >= today) return false;
        if (given.recordedAt <= world.releasedAt || given.sessionId !== null || given.restatesId !== null) return false;
        const { originState, originClosedAt, recordedAt, recordedById, number } = given;
        if (originState !== null && (originState !== 'closed' || originClosedAt! >= recordedAt)) return false;
        return (
          world.names.get(recordedById!) !== `person-${who}` && !heard.get(`${who}@${who}.example`)?.includes(number)
        );
      })
      .map((who) => `${rows[0].number} ${who}`),
  );
  expect(unheard).toEqual([]);
}

interface UpdateRow {
  actionId: string;
  number: string;
  status: string;
  ownerId: string | null;
  coOwnerIds: string;
  isHandedBack: boolean;
  recordedAt: string;
  recordedById: string | null;
  sessionId: string | null;
  restatesId: string | null;
  originState: string | null;
  originClosedAt: string | null;
}

/** The row since which an organisation has done an action without a break other than being finished; undefined if none. */
function givenTo(rows: readonly UpdateRow[], organisationId: string): UpdateRow | undefined {
  const open = rows.filter(({ status }) => status !== 'done' && status !== 'cancelled');
  const isDoneBy = ({ ownerId, isHandedBack, coOwnerIds }: UpdateRow) =>
    (ownerId === organisationId && !isHandedBack) || coOwnerIds.includes(organisationId);
  return open[open.findLastIndex((row) => !isDoneBy(row)) + 1];
}

/**
 * Each overdue action is in a digest of this week: that of a person who must do it, or of a chair who may know of it. A mail that
 * lists only some of them counts the rest. Those of old lists wait until a session discusses them, if their owners do not know.
 */
export async function isHeardOf(world: World, since: number): Promise<void> {
  const today = world.t.clock.today();
  const overdue = await read<{ number: string }>(
    world,
    `SELECT "number" FROM "actions" WHERE NOT "isWithdrawn" AND NOT "isHandedBack" AND "ownerId" IS NOT NULL
       AND "status" IN ('open', 'in_progress', 'blocked') AND "dueOn" < $1
       AND "id" NOT IN (SELECT "actionId" FROM "untold_actions")`,
    [today],
  );
  const texts = world.mailbox.messages.slice(since).map(({ mail }) => `${mail.text}`);
  if (texts.some((text) => /en nog \d+/.test(text))) return;
  const unheard = overdue.filter(({ number }) => !texts.some((text) => text.includes(number)));
  expect(unheard).toEqual([]);
}
