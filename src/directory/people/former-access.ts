import type { EntityManager } from 'typeorm';
import type { AuditOperation } from '../../platform/audit/operations.js';
import type { Caller } from '../../platform/access/caller.js';
import type { Audit } from '../../platform/audit/audit.service.js';
import { execute, rows } from '../../platform/database/rows.js';

/**
 * Ends everything that gives access in the name of a person whose address somebody else changed, because the new
 * address may be that of a successor: sessions and pending sign-ins, links in mails, API tokens, passkeys, the account
 * at the identity provider, and calendar feeds.
 */
export async function endFormerAccess(
  manager: EntityManager,
  audit: Audit,
  personId: string,
  moment: string,
  by: Caller,
): Promise<void> {
  const end = (sql: string) => execute(manager, sql, [moment, personId]);
  await execute(manager, 'DELETE FROM "sign_in_requests" WHERE "personId" = $1', [personId]);
  await end('UPDATE "web_sessions" SET "endedAt" = $1 WHERE "endedAt" IS NULL AND "personId" = $2');
  await end('UPDATE "mail_links" SET "expiresAt" = $1 WHERE "personId" = $2 AND "expiresAt" > $1');
  await execute(manager, 'UPDATE "people" SET "providerAccount" = NULL WHERE "id" = $1', [personId]);
  const ended = [
    ...(await idsOf(manager, 'passkey.removed', 'passkeys', personId)),
    ...(await idsOf(manager, 'token.revoked', 'api_tokens', personId, ' AND "revokedAt" IS NULL')),
    ...(await idsOf(manager, 'calendar_feed.ended', 'calendar_feeds', personId)),
  ];
  await execute(manager, 'DELETE FROM "passkeys" WHERE "personId" = $1', [personId]);
  await end('UPDATE "api_tokens" SET "revokedAt" = $1 WHERE "revokedAt" IS NULL AND "personId" = $2');
  await execute(manager, 'DELETE FROM "calendar_feeds" WHERE "personId" = $1', [personId]);
  await audit.recordAll(manager, by, ended);
}

/** Everything that is about to end, as entries of the audit trail. */
async function idsOf(manager: EntityManager, operation: AuditOperation, table: string, personId: string, and = '') {
  const sql = `SELECT "id" FROM "${table}" WHERE "personId" = $1${and} ORDER BY "id"`;
  const found = await rows<{ id: string }>(manager, sql, [personId]);
  return found.map(({ id }) => ({ operation, subject: { type: operation.split('.')[0], id } }));
}
