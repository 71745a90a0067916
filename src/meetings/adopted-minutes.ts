import type { EntityManager } from 'typeorm';
import { conflict } from '../platform/common/problems.js';
import { row } from '../platform/database/rows.js';
import type { Session } from './session.entity.js';

type SessionAsRead = Pick<Session, 'id' | 'state'>;

/** 409 once the minutes of the session are adopted: from then on it cannot be reopened either. */
export async function mustNotBeAdopted(manager: EntityManager, { id, state }: SessionAsRead): Promise<void> {
  if (state !== 'closed') return;
  const sql = `SELECT 1 AS "found" FROM "minutes" m WHERE m."sessionId" = $1 AND m."state" = 'adopted'`;
  if (!(await row(manager, sql, [id]))) return;
  throw conflict('MINUTES_ADOPTED', 'The minutes of this session are adopted and can no longer change.');
}

/** SQL for "the minutes of this session have been sent"; not while a session that was reopened is being corrected. */
export const isSent = (session: string): string =>
  `EXISTS (SELECT 1 FROM "minutes" "sent" WHERE "sent"."sessionId" = ${session}."id" AND "sent"."state" <> 'concept')`;
