import { row, type Source } from '../../platform/database/rows.js';

/** The kind of the message that sends minutes once it is due; it is never mailed. */
export const MINUTES_HOLD = 'minutes_hold';
const waitingFor = (minutesId: string): string =>
  `"kind" = '${MINUTES_HOLD}' AND "batchId" = ${minutesId} AND "state" IN ('planned', 'deferred')`;
/** SQL for "is waiting to send the minutes $1". */
export const WAITING = waitingFor('$1');
/** SQL for when these minutes (a column) will be sent automatically; null if they are not waiting. */
export const sendsAtSql = (minutesId: string): string =>
  `(SELECT w."nextAttemptAt" FROM "outgoing_messages" w WHERE ${waitingFor(minutesId)})`;

/** When the minutes of a session will be sent automatically; null if they are not waiting. */
export async function sendsAt(source: Source, minutesId: string): Promise<string | null> {
  const sql = `SELECT "nextAttemptAt" AS "at" FROM "outgoing_messages" WHERE ${WAITING}`;
  return (await row<{ at: string }>(source, sql, [minutesId]))?.at ?? null;
}
