import type { EntityManager } from 'typeorm';
import { execute } from '../../platform/database/rows.js';

/** Clears the current item of this session. */
export const forgetCurrent = (manager: EntityManager, sessionId: string): Promise<unknown> =>
  execute(manager, 'DELETE FROM "current_items" WHERE "sessionId" = $1', [sessionId]);

/** Clears the current item if it is this one, which is about to be removed. */
export const forgetCurrentAt = (manager: EntityManager, agendaItemId: string): Promise<unknown> =>
  execute(manager, 'DELETE FROM "current_items" WHERE "agendaItemId" = $1', [agendaItemId]);
