import type { EntityManager } from 'typeorm';
import { addDays, momentOf } from '../../platform/common/calendar-date.js';
import type { Session } from '../../meetings/session.entity.js';
import { MinutesEvent, type MinutesEventKind } from '../../minutes/minutes-event.entity.js';
import { Minutes } from '../../minutes/minutes.entity.js';
import { MinutesVersion } from '../../minutes/minutes-version.entity.js';
import type { Dice } from '../dice.js';
import { updateRow } from '../../platform/database/writes.js';

/** Marks the minutes as sent on the morning after the session. No mail is sent about a generated past. */
export async function sendMinutes(manager: EntityManager, dice: Dice, session: Session): Promise<void> {
  const at = momentOf(addDays(session.heldOn, 1), '09:15');
  await note(manager, dice, session, 'sent', at, { sentAt: at, state: 'sent' }, null);
}

/** The next session adopts them unchanged. */
export async function adoptMinutes(manager: EntityManager, dice: Dice, of: Session, adopting: Session): Promise<void> {
  const at = momentOf(adopting.heldOn, '10:10');
  const fields = { adoptedAt: at, adoptedInId: adopting.id, state: 'adopted' } as const;
  await note(manager, dice, of, 'adopted', at, fields, adopting.id);
}

async function note(
  manager: EntityManager,
  dice: Dice,
  of: Session,
  kind: MinutesEventKind,
  at: string,
  fields: Partial<Minutes>,
  sessionId: string | null,
): Promise<void> {
  const minutes = await manager.findOneBy(Minutes, { sessionId: of.id });
  if (!minutes) return;
  const { id: minutesId, currentNumber } = minutes;
  const current = await manager.findOneByOrFail(MinutesVersion, { minutesId, number: currentNumber });
  await updateRow(manager, Minutes, minutesId, fields);
  const id = dice.id(of.heldOn);
  await manager.insert(MinutesEvent, { id, minutesId, kind, at, byId: of.chairId, sessionId, versionId: current.id });
}
