import { shapeOf } from '../../platform/database/shapes.js';
import { rows, type Source } from '../../platform/database/rows.js';
import { ActionUpdate, type Change } from '../../actions/history/action-update.entity.js';
import type { ActionRow, StandingRow } from './material.js';

type Entered = StandingRow & { actionId: string; changes: Change; comment: string | null };

/**
 * What was entered in a session about existing actions, each with the state of the action until then, in the order in
 * which it happened.
 */
const ENTERED = `
  SELECT u."actionId", u."changes", u."comment", b."status", b."resumeOn", o."name" AS "owner", b."dueKind", b."dueOn",
    b."postponements"
  FROM "action_updates" u JOIN "sessions" s ON s."id" = u."sessionId" JOIN "actions" a ON a."id" = u."actionId"
  JOIN "action_updates" b ON b."id" = (SELECT h."id" FROM "action_updates" h
    WHERE h."actionId" = u."actionId" AND (h."effectiveOn", h."sequence") < (u."effectiveOn", u."sequence")
    ORDER BY h."effectiveOn" DESC, h."sequence" DESC LIMIT 1)
  LEFT JOIN "organisations" o ON o."id" = b."ownerId"
  WHERE u."sessionId" = $1 AND u."restatesId" IS NULL AND u."kind" <> 'edit' AND u."effectiveOn" <= s."heldOn"
    AND coalesce(a."sessionId" <> $1, TRUE)
  ORDER BY u."actionId", u."effectiveOn", u."sequence"`;

/** By action: its state before the session, and the comments entered there. */
export async function standingsBefore(source: Source, sessionId: string): Promise<Map<string, ActionRow['before']>> {
  const found = new Map<string, NonNullable<ActionRow['before']>>();
  for (const entered of await rows<Entered>(source, ENTERED, [sessionId], shapeOf(ActionUpdate))) {
    const { actionId, changes, comment, ...before } = entered;
    const first = found.get(actionId) ?? { ...before, said: [] };
    first.said.push(...[changes.reason, comment].filter((words) => words != null));
    found.set(actionId, first);
  }
  return found;
}
