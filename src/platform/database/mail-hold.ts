import type { Database } from './database.js';
import { execute, row, type Source } from './rows.js';
import { Transactions } from './transactions.js';

/** What to do with mail that was pending when the backup was made; the original may have sent it since. */
export type Waiting = 'send' | 'skip';

/** Since when this copy may not send mail; null when it may. */
export async function mailHeldSince(source: Source): Promise<string | null> {
  return (
    (await row<{ heldAt: string | null }>(source, 'SELECT "heldAt" FROM "mail_hold" WHERE "id" = 1'))?.heldAt ?? null
  );
}

/** Stops planning and sending mail from this copy. A running service notices at its next start. */
export async function holdMail(database: Database, moment: string): Promise<void> {
  await new Transactions(database).run((manager) =>
    execute(manager, 'UPDATE "mail_hold" SET "heldAt" = coalesce("heldAt", $1) WHERE "id" = 1', [moment]),
  );
}

/** Lets this copy send mail again; returns the number of pending messages that were skipped. */
export async function releaseMail(database: Database, waiting: Waiting): Promise<number> {
  return new Transactions(database).run(async (manager) => {
    await execute(manager, 'UPDATE "mail_hold" SET "heldAt" = NULL WHERE "id" = 1');
    if (waiting === 'send') return 0;
    return execute(
      manager,
      `UPDATE "outgoing_messages" SET "state" = 'skipped', "serverWords" = 'Pending when the backup was made.'
       WHERE "state" IN ('planned', 'claimed', 'deferred', 'uncertain')`,
    );
  });
}

/**
 * Called at service start: whether this copy may send mail. A PostgreSQL database restored elsewhere is recognised by a
 * different cluster or database id; the first service on it holds the mail.
 */
export async function mayMail(database: Database, moment: string): Promise<boolean> {
  if (database.isShared) await noticeMove(database, moment);
  return (await mailHeldSince(database.reader)) === null;
}

async function noticeMove(database: Database, moment: string): Promise<void> {
  await new Transactions(database).run(async (manager) => {
    const found = await row<{ home: string | null; here: string }>(
      manager,
      `SELECT h."home", (SELECT "system_identifier" FROM pg_control_system()) || '/' || d.oid AS "here"
       FROM "mail_hold" h, pg_database d WHERE h."id" = 1 AND d.datname = current_database() FOR UPDATE OF h`,
    );
    if (!found || found.home === found.here) return;
    const heldAt = found.home === null ? null : moment;
    await execute(
      manager,
      'UPDATE "mail_hold" SET "home" = $1, "heldAt" = coalesce("heldAt", CAST($2 AS varchar)) WHERE "id" = 1',
      [found.here, heldAt],
    );
  });
}
