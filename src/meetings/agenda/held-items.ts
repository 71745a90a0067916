import type { EntityManager } from 'typeorm';
import { mayKnow } from '../../platform/access/confidentiality.js';
import type { Caller, Subject } from '../../platform/access/caller.js';
import type { Permission } from '../../platform/access/permissions.js';
import { type FieldError, notFound } from '../../platform/common/problems.js';
import { lockOne } from '../../platform/database/transactions.js';
import { Meeting } from '../meeting.entity.js';
import { mustBePermittedAt } from '../meetings.access.js';
import { Session } from '../session.entity.js';
import { AgendaItem } from './agenda-item.entity.js';
import { AgendaItemParty } from './agenda-item-party.entity.js';

interface HeldItem {
  item: AgendaItem;
  session: Session;
  meeting: Meeting;
  partyIds: string[];
  subject: Subject;
}

/** Locks the session of an item and reads both; 404 if hidden from the caller, 403 without this permission there. */
export async function holdItem(
  manager: EntityManager,
  id: string,
  permission: Permission,
  by: Caller,
): Promise<HeldItem> {
  const { sessionId } = await manager.findOneByOrFail(AgendaItem, { id });
  const session = await lockOne(manager, Session, sessionId);
  const item = await manager.findOneByOrFail(AgendaItem, { id });
  const partyIds = await partiesOf(manager, item);
  if (!mayKnow(by, item.isConfidential, partyIds)) throw notFound();
  const meeting = await manager.findOneByOrFail(Meeting, { id: session.meetingId });
  mustBePermittedAt(by, permission, session, meeting);
  const { isConfidential } = item;
  const subject = { type: 'agenda_item', id, areaId: meeting.areaId, isConfidential, partyIds };
  return { item, session, meeting, partyIds, subject };
}

/** The organisations that may know a confidential item; none for any other. */
export async function partiesOf(
  manager: EntityManager,
  { id, isConfidential }: Pick<AgendaItem, 'id' | 'isConfidential'>,
): Promise<string[]> {
  const parties = isConfidential ? await manager.findBy(AgendaItemParty, { agendaItemId: id }) : [];
  return parties.map(({ organisationId }) => organisationId);
}

/** The violation if these cannot be the parties of a confidential item; `areChoosable`: each is an organisation. */
export function partyViolation(partyIds: readonly string[], areChoosable: boolean, by: Caller): FieldError | undefined {
  if (!areChoosable) return { field: 'partyIds', message: 'partyIds contains an id that is not an organisation' };
  if (!mayKnow(by, true, partyIds))
    return { field: 'partyIds', message: 'partyIds must include your own organisation' };
  return undefined;
}
