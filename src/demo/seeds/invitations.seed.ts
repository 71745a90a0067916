import type { INestApplicationContext } from '@nestjs/common';
import { Callers } from '../../identity/callers.service.js';
import { addDays } from '../../platform/common/calendar-date.js';
import { Clock } from '../../platform/common/clock.js';
import { Database } from '../../platform/database/database.js';
import { Params, rows } from '../../platform/database/rows.js';
import { SessionInvitations } from '../../sessions/invitations/session-invitations.service.js';

const DAYS_AHEAD = 7;

/**
 * Sends the invitations for the sessions of the coming week, as their chairs would have, once the demo's mailbox is
 * running.
 */
export async function inviteForTheWeek(app: INestApplicationContext, chairId: string): Promise<void> {
  const by = await app.get(Callers, { strict: false }).byPerson(chairId, 'command');
  if (!by) return;
  const today = app.get(Clock, { strict: false }).today();
  const params = new Params();
  const sessions = await rows<{ id: string; version: number }>(
    app.get(Database, { strict: false }).reader,
    `SELECT s."id", s."version" FROM "sessions" s JOIN "meetings" m ON m."id" = s."meetingId"
     WHERE s."state" = 'planned' AND s."heldOn" BETWEEN ${params.add(today)} AND ${params.add(addDays(today, DAYS_AHEAD))}
       AND m."areaId" IN (${params.list(by.areaIds.chair)}) ORDER BY s."heldOn", s."id"`,
    params.values,
  );
  const invitations = app.get(SessionInvitations, { strict: false });
  for (const { id, version } of sessions) await invitations.send(id, version, by);
}
