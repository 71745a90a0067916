import { readableNotes, readableSessions } from '../../meetings/meetings.access.js';
import type { Caller } from '../../platform/access/caller.js';
import { LongTask } from '../../platform/common/long-task.js';
import { chunks, Params, rows, type Source } from '../../platform/database/rows.js';

/** A note of a session about an action, as worded in a table cell. */
export interface SessionNote {
  heldOn: string;
  note: string;
}

/**
 * The notes of sessions about these actions, which the caller may read in full, in order of session; as in their
 * history.
 */
export async function sessionNotesOf(
  source: Source,
  actionIds: readonly string[],
  caller: Caller,
): Promise<Map<string, SessionNote[]>> {
  const noted = new Map<string, SessionNote[]>();
  const turns = new LongTask();
  for (const some of chunks(actionIds)) {
    await turns.yieldToEventLoop();
    const params = new Params();
    const found = await rows<SessionNote & { actionId: string }>(
      source,
      `SELECT d."actionId", s."heldOn", d."note" FROM "discussions" d JOIN "sessions" s ON s."id" = d."sessionId"
         JOIN "meetings" m ON m."id" = s."meetingId"
       WHERE d."actionId" IN (${params.list(some)}) AND d."note" IS NOT NULL
         AND ${readableSessions(caller, params)} AND ${readableNotes(caller, params)}
       ORDER BY s."heldOn", s."id"`,
      params.values,
    );
    for (const { actionId, ...note } of found) noted.set(actionId, [...(noted.get(actionId) ?? []), note]);
  }
  return noted;
}
