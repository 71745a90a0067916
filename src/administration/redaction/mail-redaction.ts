import type { EntityManager } from 'typeorm';
import { momentOf } from '../../platform/common/calendar-date.js';
import { dialectOf } from '../../platform/database/dialect.js';
import { execute } from '../../platform/database/rows.js';
import { HAS_BYTES } from '../../platform/mail/message-bytes.js';
import type { Minutes } from '../../minutes/minutes.entity.js';

const NOT_AGAIN = 'It may have arrived, and contained words that were redacted since.';

/**
 * Destroys the bytes of mails that may contain redacted words; their hash is kept. These are the mails with these
 * minutes, those of the sessions of their meeting (an invitation includes the minutes) and, once words were redacted in
 * an action, a question or an initiative, all mails since the first of the days `since`, on which it was recorded, because
 * nobody can tell which of them contained it. One that certainly was not
 * delivered yet is rendered again when sent; one that may have arrived, or is being sent, is given up until a
 * person has it sent again.
 */
export async function forgetMails(
  manager: EntityManager,
  { id, sessionId }: Pick<Minutes, 'id' | 'sessionId'>,
  since: readonly string[],
): Promise<void> {
  const ofMeeting = `SELECT s."id" FROM "sessions" s JOIN "sessions" own ON own."meetingId" = s."meetingId" WHERE own."id" = $2`;
  await discard(manager, `o."batchId" = $1 OR o."batchId" IN (${ofMeeting})`, [id, sessionId]);
  const [first] = since.toSorted();
  if (first) await discard(manager, 'o."plannedAt" >= $1', [momentOf(first)]);
}

/** Locks the messages, so that none of them is claimed with its bytes meanwhile. */
async function discard(manager: EntityManager, which: string, params: string[]): Promise<void> {
  const lock = dialectOf(manager).forUpdate;
  const found = `SELECT o."id" FROM "outgoing_messages" o WHERE (${which})`;
  const isComposing = `"state" = 'claimed' AND NOT ${HAS_BYTES}`;
  await execute(
    manager,
    `UPDATE "outgoing_messages" SET "state" = CASE WHEN ${isComposing} THEN 'planned' ELSE 'failed' END,
       "serverWords" = CASE WHEN ${isComposing} THEN "serverWords" ELSE '${NOT_AGAIN}' END, "claimId" = NULL, "leaseUntil" = NULL
     WHERE "id" IN (${found} AND o."state" IN ('uncertain', 'claimed')${lock})`,
    params,
  );
  await execute(manager, `DELETE FROM "message_bytes" WHERE "messageId" IN (${found}${lock})`, params);
}
