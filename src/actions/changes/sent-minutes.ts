import type { EntityManager } from 'typeorm';
import { row } from '../../platform/database/rows.js';

/**
 * Minutes that were ever sent, even if they have become drafts again: of the session in which it was recorded or
 * discussed.
 */
const SENT = `SELECT 1 AS "found" FROM "actions" a JOIN "minutes" m ON m."sentAt" IS NOT NULL
    AND (m."sessionId" = a."sessionId" OR m."sessionId" IN (
      SELECT d."sessionId" FROM "discussions" d WHERE d."actionId" = a."id"))
  WHERE a."id" = $1 AND (m."sessionId" = a."sessionId" OR EXISTS (
    SELECT 1 FROM "minutes_versions" v JOIN "minutes_parts" p ON p."versionId" = v."id"
    WHERE v."minutesId" = m."id" AND p."label" = a."number")) LIMIT 1`;

/** Whether a confidential action is in minutes that were sent: from then on nobody can be removed from its parties. */
export async function standsInSentMinutes(manager: EntityManager, actionId: string): Promise<boolean> {
  return (await row(manager, SENT, [actionId])) !== undefined;
}
