import type { EntityManager } from 'typeorm';
import type { Caller } from '../../platform/access/caller.js';
import { conflict } from '../../platform/common/problems.js';
import { row } from '../../platform/database/rows.js';
import { lockOne } from '../../platform/database/transactions.js';
import { Session } from '../../meetings/session.entity.js';
import { Minutes } from '../../minutes/minutes.entity.js';
import type { VisibleMinutes } from '../../minutes/minutes-visibility.js';
import { mustBeAsRead } from '../../minutes/seen-versions.js';

/** Destroying without reading uses the version a chair sees. */
const WRITER = { mayWrite: true, isParty: true };

/**
 * The two exceptions to the immutability of minutes: weglakken (words within a text) and vernietiging (the whole text,
 * after its retention period). The bytes are deleted, the hashes are kept, and a declaration states on what grounds, by
 * whom and when. Locks minutes for one of them. 409 if they were destroyed, 412 if they were changed since they were
 * read.
 */
export async function lockForRemoval(
  manager: EntityManager,
  visible: Pick<VisibleMinutes, 'id' | 'sessionId'>,
  by: Caller,
  version: number,
) {
  await lockOne(manager, Session, visible.sessionId);
  const minutes = await lockOne(manager, Minutes, visible.id);
  await mustBeAsRead(manager, { id: minutes.id, state: minutes.state, ...WRITER }, by, version);
  const sql = `SELECT 1 AS "found" FROM "minutes_events" e WHERE e."minutesId" = $1 AND e."kind" = 'destroyed'`;
  if (await row(manager, sql, [minutes.id])) throw conflict('MINUTES_DESTROYED', 'These minutes have been destroyed.');
  return minutes;
}
