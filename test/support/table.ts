import { newId } from '../../src/platform/common/ids.js';
import { AgendaItem } from '../../src/meetings/agenda/agenda-item.entity.js';
import { AgendaItemParty } from '../../src/meetings/agenda/agenda-item-party.entity.js';
import type { Meeting } from '../../src/meetings/meeting.entity.js';
import type { TestApp } from './app.js';

type Method = 'get' | 'post' | 'patch' | 'put' | 'delete';

/** A meeting with a chair of the municipality and a partner of the police. */
export async function layTable(t: TestApp, fields: Partial<Meeting> = {}) {
  const { make } = t;
  const area = await make.area();
  const gemeente = await make.organisation();
  const police = await make.organisation();
  const chairPerson = await make.person({ name: 'gebiedsadviseur Boskoop', organisationId: gemeente.id });
  await make.grant(chairPerson.id, 'chair', area.id);
  const partnerPerson = await make.person({ name: 'wijkagent Boskoop', organisationId: police.id });
  const meeting = await make.meeting(area.id, fields);
  await make.invitation(meeting.id, { personId: chairPerson.id, organisationId: gemeente.id, role: 'chair' });
  await make.invitation(meeting.id, { personId: partnerPerson.id, organisationId: police.id });
  const chair = await make.token(chairPerson.id);
  const partner = await make.token(partnerPerson.id);
  const as = callsOf(t);
  return { area, gemeente, police, meeting, chairPerson, partnerPerson, chair, partner, as };
}

/** Requests of a person: `as(chair, 'put', '/v1/…', body, version)`. */
export function callsOf({ api }: TestApp) {
  return (token: string, method: Method, path: string, body?: object, version?: number) => {
    const request = api[method](path).set('Authorization', token);
    if (version !== undefined) void request.set('If-Match', `"${version}"`);
    return body === undefined ? request : request.send(body);
  };
}

/** An item of a session, as it is after it was written down. */
export async function makeItem(
  { make }: TestApp,
  sessionId: string,
  { partyIds = [], ...fields }: Partial<AgendaItem> & { partyIds?: string[] } = {},
): Promise<AgendaItem> {
  const item = await make.row<AgendaItem>(AgendaItem, {
    id: newId(),
    sessionId,
    number: '1',
    position: 1,
    kind: 'topic',
    title: 'Zwerfvuil',
    notes: null,
    decision: null,
    state: 'accepted',
    proposedById: null,
    declineReason: null,
    carriedFromId: null,
    isConfidential: partyIds.length > 0,
    version: 1,
    ...fields,
  });
  for (const organisationId of partyIds) await make.row(AgendaItemParty, { agendaItemId: item.id, organisationId });
  return item;
}
