import type { EntityManager } from 'typeorm';
import { row } from '../../platform/database/rows.js';

const SENT = `SELECT 1 AS "found" FROM "sessions" s WHERE s."id" = $1 AND (
  EXISTS (SELECT 1 FROM "session_invitations" n WHERE n."sessionId" = s."id")
  OR EXISTS (SELECT 1 FROM "minutes" m JOIN "minutes_events" e ON e."minutesId" = m."id"
    WHERE m."sessionId" = s."id" AND e."kind" = 'sent'))`;

/** Whether the invitation or the minutes of a session have been sent: from then on its items keep their numbers. */
export const areNumbersSent = async (manager: EntityManager, sessionId: string): Promise<boolean> =>
  (await row(manager, SENT, [sessionId])) !== undefined;
