import type { EntityManager } from 'typeorm';
import { chunks, execute, Params, rows, type Source } from '../../platform/database/rows.js';
import { insertRows } from '../../platform/database/writes.js';

/** SQL: whether its owner may be mailed about the action with this alias. */
export const isTold = (action: string): string =>
  `NOT EXISTS (SELECT 1 FROM "untold_actions" ut WHERE ut."actionId" = ${action}."id")`;

/** Stops mail about these actions until a session that discusses them is closed. */
export const keepUntold = (manager: EntityManager, actionIds: readonly string[]): Promise<void> =>
  insertRows(
    manager,
    'untold_actions',
    actionIds.map((actionId) => ({ actionId })),
  );

/** Those of these actions that nobody may be mailed about yet. */
export async function untoldAmong(source: Source, actionIds: readonly string[]): Promise<Set<string>> {
  const untold = new Set<string>();
  for (const some of chunks(actionIds)) {
    const params = new Params();
    const sql = `SELECT "actionId" FROM "untold_actions" WHERE "actionId" IN (${params.list(some)})`;
    for (const { actionId } of await rows<{ actionId: string }>(source, sql, params.values)) untold.add(actionId);
  }
  return untold;
}

/** Allows mail about those of these actions that it was stopped for; returns their ids. */
export async function endUntoldOf(manager: EntityManager, actionIds: readonly string[]): Promise<string[]> {
  const found = [...(await untoldAmong(manager, actionIds))].toSorted();
  for (const some of chunks(found)) {
    const params = new Params();
    await execute(manager, `DELETE FROM "untold_actions" WHERE "actionId" IN (${params.list(some)})`, params.values);
  }
  return found;
}

const DISCUSSED = `SELECT d."actionId" FROM "discussions" d
  WHERE d."sessionId" = $1 AND d."outcome" IS NOT NULL AND d."outcome" <> 'not_discussed'`;

/** Allows mail about the actions that this session discussed; returns their ids. */
export async function endUntold(manager: EntityManager, sessionId: string): Promise<string[]> {
  const sql = `SELECT "actionId" FROM "untold_actions" WHERE "actionId" IN (${DISCUSSED}) ORDER BY "actionId"`;
  const found = await rows<{ actionId: string }>(manager, sql, [sessionId]);
  if (found.length > 0)
    await execute(manager, `DELETE FROM "untold_actions" WHERE "actionId" IN (${DISCUSSED})`, [sessionId]);
  return found.map(({ actionId }) => actionId);
}
