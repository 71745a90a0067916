import { SERVICE } from '../../src/platform/access/caller.js';
import { newId } from '../../src/platform/common/ids.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { AgendaItemParty } from '../../src/meetings/agenda/agenda-item-party.entity.js';
import { AgendaItem } from '../../src/meetings/agenda/agenda-item.entity.js';
import { Attendance } from '../../src/meetings/attendance/attendance.entity.js';
import { SessionMoments } from '../../src/sessions/session-moments.service.js';
import { Minutes } from '../../src/minutes/minutes.entity.js';
import { Session } from '../../src/meetings/session.entity.js';
import { Discussion } from '../../src/actions/discussions/discussion.entity.js';
import type { TestApp } from './app.js';

/** An agenda item; with `partyIds` a confidential one. */
export async function agendaItem(t: TestApp, sessionId: string, fields: Partial<AgendaItem>, partyIds: string[] = []) {
  const item = await t.make.row(AgendaItem, {
    id: newId(),
    sessionId,
    number: '1',
    position: 1,
    kind: 'topic',
    title: 'Overlast bij de skatebaan',
    notes: null,
    decision: null,
    state: 'discussed',
    proposedById: null,
    declineReason: null,
    carriedFromId: null,
    isConfidential: partyIds.length > 0,
    version: 1,
    ...fields,
  });
  for (const organisationId of partyIds) await t.make.row(AgendaItemParty, { agendaItemId: item.id, organisationId });
  return item;
}

/** Minutes of a session as they are once sent, without a text. */
export const sentMinutes = (t: TestApp, sessionId: string) =>
  t.make.row<Minutes>(Minutes, {
    ...{ id: newId(), sessionId, state: 'sent', currentNumber: 1, sentAt: '2026-03-04T09:00:00.000Z' },
    ...{ adoptedAt: null, adoptedInId: null, version: 1 },
  });

export const attendance = (t: TestApp, sessionId: string, fields: Partial<Attendance>) =>
  t.make.row(Attendance, {
    id: newId(),
    sessionId,
    personId: null,
    guestName: null,
    organisationId: null,
    isReplacement: false,
    status: 'present',
    version: 1,
    ...fields,
  });

export const discussion = (t: TestApp, sessionId: string, actionId: string, fields: Partial<Discussion> = {}) =>
  t.make.row(Discussion, {
    id: newId(),
    sessionId,
    actionId,
    kind: 'open',
    outcome: null,
    note: null,
    version: 1,
    ...fields,
  });

/** Closes or reopens a session as the service does: the state, with its effects. */
export async function bring(t: TestApp, sessionId: string, moment: 'closed' | 'reopened'): Promise<void> {
  await t.app.get(Transactions).run(async (manager) => {
    const state = moment === 'closed' ? 'closed' : 'open';
    const reopeningReason = moment === 'reopened' ? 'Een actie ontbrak.' : null;
    const closedAt = moment === 'closed' ? t.clock.moment() : null;
    await manager.update(Session, sessionId, { state, reopeningReason, closedAt });
    const session = await manager.findOneByOrFail(Session, { id: sessionId });
    await t.app.get(SessionMoments, { strict: false })[moment](manager, session, SERVICE);
  });
}

/** Sends the minutes, as the chair. */
export async function send(t: TestApp, { session, signedIn }: Boskoop): Promise<void> {
  const path = `/v1/sessions/${session.id}/minutes`;
  const { headers } = await t.api.get(path).set('Authorization', signedIn.chair).expect(200);
  await t.api.put(`${path}/dispatch`).set('Authorization', signedIn.chair).set('If-Match', headers.etag).expect(200);
}

/**
 * An open session of 2 June 2026 in Boskoop, ready to be closed, with a confidential item known to the police and the
 * corporation. Welfare is invited as well; BOR is not, and owns an action with welfare.
 */
export async function boskoop(t: TestApp) {
  const { make } = t;
  const area = await make.area({ name: 'Boskoop', kind: 'kern' });
  const organisation = (name: string) => make.organisation({ name: `${name} ${area.code}` });
  const police = await organisation('Politie');
  const corporation = await organisation('Habeko Wonen');
  const welfare = await organisation('Tom in de buurt');
  const bor = await organisation('BOR');
  const wk = await organisation('Wijken en Kernen');
  const meeting = await make.meeting(area.id, {
    name: 'Professionaloverleg Boskoop',
    place: 'Gemeenteservicepunt Boskoop',
  });
  const at = async (name: string, organisationId: string, role: string) => {
    const email = `${name.toLowerCase().replaceAll(/[^a-z]+/g, '.')}.${area.code.toLowerCase()}@organisatie.example`;
    const person = await make.person({ name, email });
    await make.member(person.id, organisationId, { function: role });
    return person;
  };
  const chair = await at('gebiedsadviseur Boskoop', wk.id, 'gebiedsadviseur');
  await make.grant(chair.id, 'chair', area.id);
  await make.invitation(meeting.id, { personId: chair.id, role: 'chair' });
  const wijkagent = await at('wijkagent Boskoop', police.id, 'wijkagent');
  const consulent = await at('woonconsulent Boskoop', corporation.id, 'woonconsulent');
  const coach = await at('wijkcoach Boskoop', welfare.id, 'wijkcoach');
  const beheerder = await at('beheerder openbare ruimte', bor.id, 'beheerder');
  await make.invitation(meeting.id, { organisationId: police.id, personId: wijkagent.id });
  await make.invitation(meeting.id, { organisationId: corporation.id });
  await make.contact(corporation.id, consulent.id, area.id);
  await make.invitation(meeting.id, { organisationId: welfare.id, personId: coach.id });
  await make.contact(welfare.id, coach.id);
  await make.contact(bor.id, beheerder.id);
  const session = await make.session(meeting.id, {
    heldOn: '2026-06-02',
    endTime: '11:30',
    state: 'open',
    chairId: chair.id,
    secretaryId: chair.id,
  });
  await make.session(meeting.id, { heldOn: '2026-06-30' });
  await attendance(t, session.id, { personId: chair.id, organisationId: wk.id });
  await attendance(t, session.id, { personId: wijkagent.id, organisationId: police.id });
  await attendance(t, session.id, { personId: coach.id, organisationId: welfare.id });
  await attendance(t, session.id, { personId: consulent.id, organisationId: corporation.id, status: 'excused' });
  await attendance(t, session.id, {
    guestName: 'stagiair Habeko',
    organisationId: corporation.id,
    isReplacement: true,
  });
  const skate = await agendaItem(t, session.id, {
    number: '3',
    position: 30,
    notes: 'De overlast verschuift naar de avond.\nOmwonenden melden vooral geluid na tienen.',
    decision: 'De verlichting bij de skatebaan blijft tot 23 uur aan.',
  });
  const adres = await agendaItem(
    t,
    session.id,
    { number: 'V1', position: 40, title: 'Zorgen om een adres', notes: 'Geheim: het huis met de groene deur.' },
    [police.id, corporation.id],
  );
  const green = await agendaItem(t, session.id, {
    number: '2',
    position: 50,
    title: 'Groenparticipatie in de Torenpad',
    state: 'adjourned',
  });
  const inSession = { areaId: area.id, meetingId: meeting.id, sessionId: session.id, recordedOn: '2026-06-02' };
  const surveillance = await make.action({
    ...inSession,
    number: `${area.code}-12`,
    title: 'Extra surveillance bij de skatebaan',
    agendaItemId: skate.id,
    ownerId: police.id,
    ownerPersonId: wijkagent.id,
    dueOn: '2026-07-03',
  });
  const lamps = await make.action({
    ...inSession,
    number: `${area.code}-13`,
    title: 'Tijden van de verlichting aanpassen',
    agendaItemId: skate.id,
    ownerId: bor.id,
    coOwnerIds: [welfare.id],
    dueOn: null,
  });
  const secret = await make.action({
    ...inSession,
    number: `${area.code}-V1`,
    title: 'Geheim huisbezoek',
    agendaItemId: adres.id,
    ownerId: corporation.id,
    isConfidential: true,
    partyIds: [police.id, corporation.id],
    dueOn: '2026-06-20',
  });
  const signedIn = {
    chair: await make.token(chair.id),
    police: await make.token(wijkagent.id),
    welfare: await make.token(coach.id),
  };
  return {
    ...{ area, meeting, session, police, corporation, welfare, bor, wk, skate, adres, green },
    ...{ surveillance, lamps, secret, chair, wijkagent, consulent, coach, beheerder, signedIn },
  };
}

export type Boskoop = Awaited<ReturnType<typeof boskoop>>;
