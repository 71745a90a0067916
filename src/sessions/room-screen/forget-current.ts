import type { EntityManager } from 'typeorm';
import { execute } from '../../platform/database/rows.js';

/** Nothing is at hand any more in this session. */
export const forgetCurrent = (manager: EntityManager, sessionId: string): Promise<unknown> =>
  execute(manager, 'DELETE FROM "current_items" WHERE "sessionId" = $1', [sessionId]);

/** This item is not at hand any more: it is about to be removed. */
export const forgetCurrentAt = (manager: EntityManager, agendaItemId: string): Promise<unknown> =>
  execute(manager, 'DELETE FROM "current_items" WHERE "agendaItemId" = $1', [agendaItemId]);
