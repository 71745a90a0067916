import type { EntityManager } from 'typeorm';
import { row } from '../../platform/database/rows.js';

/** SQL for whether the invitation or the minutes of a session have been sent: from then on its items keep their numbers. */
export const areNumbersSentOf = (session: string): string => `(
  EXISTS (SELECT 1 FROM "session_invitations" n WHERE n."sessionId" = ${session}."id")
  OR EXISTS (SELECT 1 FROM "minutes" m JOIN "minutes_events" e ON e."minutesId" = m."id"
    WHERE m."sessionId" = ${session}."id" AND e."kind" = 'sent'))`;

const SENT = `SELECT 1 AS "found" FROM "sessions" s WHERE s."id" = $1 AND ${areNumbersSentOf('s')}`;

/** The same of one session. */
export const areNumbersSent = async (manager: EntityManager, sessionId: string): Promise<boolean> =>
  (await row(manager, SENT, [sessionId])) !== undefined;
