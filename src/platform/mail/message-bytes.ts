import type { EntityManager } from 'typeorm';
import { execute } from '../database/rows.js';
import type { OutgoingMessage } from './outgoing-message.entity.js';

/** A message as it was when it was claimed, with its bytes if it was composed for an earlier attempt. */
export type ClaimedMessage = OutgoingMessage & { bytes: string | null };

/** SQL about a row of `outgoing_messages`: whether it was composed, and not forgotten since. */
export const HAS_BYTES = 'EXISTS (SELECT 1 FROM "message_bytes" b WHERE b."messageId" = "outgoing_messages"."id")';

/** Stores them, in the transaction that holds the claim. */
export async function keepBytes(manager: EntityManager, messageId: string, bytes: string): Promise<void> {
  await execute(
    manager,
    `INSERT INTO "message_bytes" ("messageId", "bytes") VALUES ($1, $2)
     ON CONFLICT ("messageId") DO UPDATE SET "bytes" = excluded."bytes"`,
    [messageId, bytes],
  );
}

/** Deletes them, in the transaction that changed the message, so that nobody can store them meanwhile. */
export async function discardBytes(manager: EntityManager, messageId: string): Promise<void> {
  await execute(manager, 'DELETE FROM "message_bytes" WHERE "messageId" = $1', [messageId]);
}
