import type { EntityManager } from 'typeorm';
import type { Action } from '../../actions/action.entity.js';
import { execute } from '../../platform/database/rows.js';
import type { Minutes } from '../../minutes/minutes.entity.js';

/** What is over, and what surely did not arrive yet: that is made anew. */
const SAFE = `"bytes" IS NOT NULL AND "state" IN ('sent', 'failed', 'not_needed', 'skipped', 'deferred')`;

/**
 * Destroys the bytes of mails that can hold what was taken out; their hash stays. That is the mails with these minutes, those
 * of the sessions of their meeting (an invitation brings the minutes along), and, once words were taken out of an action, all
 * that was mailed since it was recorded: nobody can tell in which of them it stood. A mail that may have arrived is looked
 * at again before it goes once more.
 */
export async function forgetMails(
  manager: EntityManager,
  { id, sessionId }: Pick<Minutes, 'id' | 'sessionId'>,
  actions: readonly Pick<Action, 'recordedOn'>[],
): Promise<void> {
  const ofMeeting = `SELECT s."id" FROM "sessions" s JOIN "sessions" own ON own."meetingId" = s."meetingId" WHERE own."id" = $2`;
  await execute(
    manager,
    `UPDATE "outgoing_messages" SET "bytes" = NULL WHERE ("batchId" = $1 OR "batchId" IN (${ofMeeting})) AND ${SAFE}`,
    [id, sessionId],
  );
  const since = actions.map(({ recordedOn }) => recordedOn).sort();
  if (since.length === 0) return;
  await execute(manager, `UPDATE "outgoing_messages" SET "bytes" = NULL WHERE "plannedAt" >= $1 AND ${SAFE}`, [
    since[0],
  ]);
}
