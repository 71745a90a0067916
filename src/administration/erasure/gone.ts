import { NEXT_VERSION } from '../../platform/database/writes.js';

import { ERASED_NAME } from '../../minutes/name-book.rules.js';

/** Tables from which all rows are deleted: SQL over `$1`, the person. */
const TABLES = [
  ...['memberships', 'contacts', 'grants', 'mail_links', 'web_sessions', 'sign_in_requests', 'api_tokens', 'passkeys'],
  ...[
    'calendar_feeds',
    'koersoverzicht_requests',
    'publication_requests',
    'idempotency_keys',
    'action_imports',
    'kept_forms',
  ],
];

/**
 * The statements that erase a person, in order, over `$1`, the person. Rows that others need (attendance, history,
 * audit trail) keep the person's id, which no longer has a name; minutes lose the name stored under its key.
 */
export const ERASING: string[] = [
  ...TABLES.map((table) => `DELETE FROM "${table}" WHERE "personId" = $1`),
  'DELETE FROM "invitations" WHERE "personId" = $1 AND "organisationId" IS NULL',
  `UPDATE "invitations" SET "personId" = NULL, ${NEXT_VERSION} WHERE "personId" = $1`,
  `UPDATE "people" SET "replacementId" = NULL, "replacementUntilOn" = NULL, ${NEXT_VERSION} WHERE "replacementId" = $1`,
  // Someone else's import of people may contain the name and the address; it would be deleted within a week anyway.
  `DELETE FROM "register_imports" WHERE "personId" = $1 OR "register" IN ('people', 'contacts', 'grants')`,
  'UPDATE "minutes_names" SET "name" = NULL, "function" = NULL WHERE "personId" = $1',
  `UPDATE "outgoing_messages" SET "address" = '', "subject" = NULL, "serverWords" = NULL, "claimId" = NULL,
     "leaseUntil" = NULL, "payload" = '{}', "dedupeKey" = 'erased:' || "id", "messageId" = NULL,
     "state" = CASE WHEN "state" IN ('sent', 'failed', 'skipped') THEN "state" ELSE 'not_needed' END
   WHERE "personId" = $1 OR "address" = (SELECT p."email" FROM "people" p WHERE p."id" = $1)`,
  // After that, so that one being composed meanwhile is included.
  `DELETE FROM "message_bytes" WHERE "messageId" IN (
     SELECT o."id" FROM "outgoing_messages" o WHERE o."personId" = $1 OR o."address" = '')`,
  // Meant for the address of a team, but somebody may have entered a person's.
  `UPDATE "areas" SET "contactEmail" = NULL, ${NEXT_VERSION}
   WHERE lower("contactEmail") = (SELECT p."email" FROM "people" p WHERE p."id" = $1)`,
  `UPDATE "people" SET "name" = '${ERASED_NAME}', "email" = NULL, "active" = FALSE, "isShared" = FALSE,
     "replacementId" = NULL, "replacementUntilOn" = NULL, "digestPausedUntilOn" = NULL, "isDigestStopped" = FALSE, "providerAccount" = NULL,
     ${NEXT_VERSION} WHERE "id" = $1`,
];
