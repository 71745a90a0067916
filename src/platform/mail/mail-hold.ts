import type { EntityManager } from 'typeorm';
import type { Database } from '../database/database.js';
import { dialectOf } from '../database/dialect.js';
import { execute, row, type Source, type Value } from '../database/rows.js';
import { Transactions } from '../database/transactions.js';

/** What to do with mail that was pending when the backup was made; the original may have sent it since. */
type Waiting = 'send' | 'skip';

interface Release {
  waiting: Waiting;
  /** Whether the digest week and the month that have begun are sent after all. */
  sendsWeek: boolean;
  moment: string;
}

/** Since when this copy may not send mail; null when it may. */
export async function mailHeldSince(source: Source): Promise<string | null> {
  return (
    (await row<{ heldAt: string | null }>(source, 'SELECT "heldAt" FROM "mail_hold" WHERE "id" = 1'))?.heldAt ?? null
  );
}

/** Weeks and months that began before this moment are not sent from this copy; null if there is no such moment. */
export async function mailReleasedAt(source: Source): Promise<string | null> {
  const sql = 'SELECT "releasedAt" FROM "mail_hold" WHERE "id" = 1';
  return (await row<{ releasedAt: string | null }>(source, sql))?.releasedAt ?? null;
}

/** Why a mail or an event that was pending in a restored copy is not sent. */
const PENDING_AT_BACKUP = 'Pending when the backup was made.';

/** Stops this copy from planning and sending mail, also if a service is running on it. */
export async function holdMail(database: Database, moment: string): Promise<void> {
  await new Transactions(database).run((manager) => change(manager, HELD, [moment]));
}

/** Lets this copy send mail again from its next start; returns the number of pending messages that were skipped. */
export async function releaseMail(database: Database, { waiting, sendsWeek, moment }: Release): Promise<number> {
  return new Transactions(database).run(async (manager) => {
    await change(manager, '"heldAt" = NULL, "releasedAt" = CAST($1 AS varchar)', [sendsWeek ? null : moment]);
    if (waiting === 'send') return 0;
    await skipEvents(manager, moment);
    return execute(
      manager,
      `UPDATE "outgoing_messages" SET "state" = 'skipped', "serverWords" = '${PENDING_AT_BACKUP}'
       WHERE "state" IN ('planned', 'claimed', 'deferred', 'uncertain')`,
    );
  });
}

/** Pending events are skipped like mail: the original may have delivered them. */
async function skipEvents(manager: EntityManager, moment: string): Promise<void> {
  await execute(manager, 'UPDATE "events" SET "plannedAt" = $1 WHERE "plannedAt" IS NULL', [moment]);
  await execute(
    manager,
    `UPDATE "webhook_deliveries" SET "state" = 'skipped', "reason" = '${PENDING_AT_BACKUP}', "claimId" = NULL
     WHERE "state" IN ('planned', 'claimed', 'deferred')`,
  );
}

interface Hold {
  home: string | null;
  heldAt: string | null;
  here: string | null;
}

const holdOf = (source: Source): Promise<Hold | undefined> =>
  row<Hold>(
    source,
    `SELECT h."home", h."heldAt", ${dialectOf(source).writtenAt('h')} AS "here" FROM "mail_hold" h WHERE h."id" = 1`,
  );

/**
 * Whether this copy is known to be the one in use: not restored or held by a command since it was released. False is
 * inconclusive before the start, where `mayMail` records it.
 */
export async function isInUse(source: Source): Promise<boolean> {
  const found = await holdOf(source);
  return found !== undefined && found.home === found.here && found.heldAt === null;
}

/**
 * Whether this copy may send mail. A PostgreSQL database that was restored, elsewhere or in place, is recognised and
 * held from then on, and its action numbers jump. During a restore there may be no row: nothing is sent then either.
 */
export async function mayMail(manager: EntityManager, moment: string): Promise<boolean> {
  const found = await holdOf(manager);
  if (!found) return false;
  const { home, heldAt, here } = found;
  if (home === here) return heldAt === null;
  const isMoved = home !== null && !isOfFormerVersion(home, here);
  if (isMoved) {
    await change(manager, HELD, [moment]);
    await skipNumbers(manager);
  } else await change(manager, '"heldAt" = "heldAt"', []);
  return heldAt === null && !isMoved;
}

const HELD = '"heldAt" = coalesce("heldAt", CAST($1 AS varchar))';

/** The only writer of the row: each change records where, and by which transaction, it is made. */
async function change(manager: EntityManager, set: string, params: Value[]): Promise<void> {
  const home = dialectOf(manager).writingAt;
  await execute(manager, `UPDATE "mail_hold" SET ${set}, "home" = ${home} WHERE "id" = 1`, params);
}

/** Earlier versions recorded only the cluster and the database. */
const isOfFormerVersion = (home: string, here: string | null): boolean =>
  home.split('/').length === 2 && here?.startsWith(`${home}/`) === true;

const JUMP = 100;

/** The number after which a series continues in a restored copy: the round hundred after the next. */
const afterJump = (last: number): number => Math.floor((last + 2 * JUMP - 1) / JUMP) * JUMP;

/** Whether a number is this one, or this one after the jumps of restores. */
export const isSameBeforeJumps = (earlier: number, now: number): boolean =>
  earlier === now || (earlier < now && isSameBeforeJumps(afterJump(earlier), now));

/**
 * Continues the action numbers of every area 100 to 199 further, after a round hundred. Numbers assigned since the backup
 * are in mails and printed minutes, but not in the restored database: without the jump they would be assigned again.
 * Both series jump in every area, so that the gap says nothing about confidential actions. So do the numbers of the changes
 * of planned sessions: a calendar keeps to the highest that it got by mail.
 */
export async function skipNumbers(manager: EntityManager): Promise<void> {
  const jumped = (counter: string): string => `"${counter}" = ("${counter}" + ${2 * JUMP - 1}) / ${JUMP} * ${JUMP}`;
  await execute(manager, `UPDATE "sessions" SET ${jumped('calendarSequence')} WHERE "state" = 'planned'`);
  await execute(manager, `UPDATE "areas" SET ${jumped('lastActionNumber')}, ${jumped('lastConfidentialNumber')}`);
}

/** The jump in the output of the commands that make it. */
export const NUMBERS_SKIPPED =
  'action numbers: 100 to 199 are skipped in each area, because mails and minutes may contain later ones than this copy has';
