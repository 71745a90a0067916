import { dayOf } from '../../platform/common/calendar-date.js';
import { chunks, Params, rows, type Source } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { ActionUpdate } from '../../actions/history/action-update.entity.js';

/** What an owner may have said of an action that is still open when the next digest asks about it. */
const SAID_STATUSES: ReadonlySet<string> = new Set(['in_progress', 'blocked']);

/**
 * Per person the overdue actions whose latest update is theirs, with its day: "loopt", since the deadline, or "stokt",
 * since whenever.
 */
export async function saidRunning(
  source: Source,
  overdue: readonly { actionId: string; status: string }[],
): Promise<Map<string, Map<string, string>>> {
  const said = new Map<string, Map<string, string>>();
  const running = overdue.filter(({ status }) => SAID_STATUSES.has(status)).map(({ actionId }) => actionId);
  for (const asked of chunks(running)) {
    const params = new Params();
    const found = await rows<{
      actionId: string;
      recordedById: string;
      recordedAt: string;
      dueOn: string;
      status: string;
    }>(
      source,
      `SELECT u."actionId", u."recordedById", u."recordedAt", u."dueOn", u."status" FROM "action_updates" u
       WHERE u."actionId" IN (${params.list(asked)}) AND u."kind" IN ('status', 'comment') AND u."recordedById" IS NOT NULL
         AND u."onBehalfOfId" IS NULL AND NOT EXISTS (
           SELECT 1 FROM "action_updates" n WHERE n."actionId" = u."actionId" AND n."sequence" > u."sequence" AND n."kind" <> 'edit')`,
      params.values,
      shapeOf(ActionUpdate),
    );
    for (const { actionId, recordedById, recordedAt, dueOn, status } of found) {
      const day = dayOf(recordedAt);
      if (status === 'in_progress' && day <= dueOn) continue;
      const own = said.get(recordedById) ?? new Map<string, string>();
      said.set(recordedById, own.set(actionId, day));
    }
  }
  return said;
}
