import type { EntityManager } from 'typeorm';
import { isPermittedIn } from '../platform/access/access.rules.js';
import type { Caller } from '../platform/access/caller.js';
import { forbidden, invalid, notFound } from '../platform/common/problems.js';
import { Params, row } from '../platform/database/rows.js';
import { lockOne } from '../platform/database/transactions.js';
import { decidingSessions, writesAtTable } from '../meetings/meetings.access.js';
import { Budget } from './budget.entity.js';

/**
 * Locks a budget for a change; 404 if the caller may not read it, 403 if they may not change it. Those who may write in an
 * open session of its area, or of an area above it, may change it too.
 */
export async function budgetToChange(
  manager: EntityManager,
  id: string,
  by: Caller,
  sessionId?: string,
): Promise<Budget> {
  const budget = await lockOne(manager, Budget, id);
  if (sessionId && (await writesAtTable(manager, sessionId, budget.areaId, by))) return budget;
  if (!isPermittedIn(by, 'budgets.read', budget.areaId)) throw notFound();
  if (!isPermittedIn(by, 'budgets.write', budget.areaId)) throw forbidden();
  return budget;
}

/**
 * The date of a session that the caller may know and that can decide on money; 400 otherwise. An agenda item must
 * belong to it and not be confidential: unknown and confidential ones are refused with the same message.
 */
export async function decidingDay(
  manager: EntityManager,
  { sessionId, agendaItemId }: { sessionId: string; agendaItemId?: string },
  by: Caller,
): Promise<string> {
  const params = new Params();
  const session = params.add(sessionId);
  const item = params.add(agendaItemId ?? null);
  const found = await row<{ heldOn: string; items: number }>(
    manager,
    `SELECT s."heldOn", (SELECT count(*) FROM "agenda_items" n WHERE n."id" = ${item} AND n."sessionId" = s."id"
         AND NOT n."isConfidential") AS "items"
     FROM "sessions" s JOIN "meetings" m ON m."id" = s."meetingId"
     WHERE s."id" = ${session} AND ${decidingSessions(by, 'budgets.read', params)}`,
    params.values,
  );
  if (!found) throw invalid([{ field: 'sessionId', message: 'sessionId is not a session' }]);
  if (agendaItemId && found.items === 0) {
    const message =
      'agendaItemId is not an agenda item of this session that may decide on money (confidential ones may not)';
    throw invalid([{ field: 'agendaItemId', message }]);
  }
  return found.heldOn;
}
