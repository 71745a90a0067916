import { SERVICE } from '../../src/platform/access/caller.js';
import { newId } from '../../src/platform/common/ids.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import type { AgendaItem } from '../../src/meetings/agenda/agenda-item.entity.js';
import { SessionMoments } from '../../src/sessions/session-moments.service.js';
import { Minutes } from '../../src/minutes/minutes.entity.js';
import { Session } from '../../src/meetings/session.entity.js';
import { type DatabaseKind, startApp, type TestApp } from './app.js';
import { layVillage, type Seat } from './world.js';

/** An agenda item that was discussed; with `partyIds` a confidential one. */
export const agendaItem = (t: TestApp, sessionId: string, fields: Partial<AgendaItem>, partyIds: string[] = []) =>
  t.make.agendaItem(sessionId, { title: 'Overlast bij de skatebaan', state: 'discussed', partyIds, ...fields });

/** Minutes of a session as they are once sent, without a text. */
export const sentMinutes = (t: TestApp, sessionId: string) =>
  t.make.row<Minutes>(Minutes, {
    ...{ id: newId(), sessionId, state: 'sent', currentNumber: 1, sentAt: '2026-03-04T09:00:00.000Z' },
    ...{ adoptedAt: null, adoptedInId: null, version: 1 },
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
export async function send(
  t: TestApp,
  { session, signedIn }: { session: Pick<Session, 'id'>; signedIn: { chair: string } },
): Promise<void> {
  const path = `/v1/sessions/${session.id}/minutes`;
  const { headers } = await t.api.get(path).set('Authorization', signedIn.chair).expect(200);
  await t.api.put(`${path}/dispatch`).set('Authorization', signedIn.chair).set('If-Match', headers.etag).expect(200);
}

/** Who is there, with names and addresses that no other village has. */
const seatsOf = (code: string) => {
  const seat = (organisation: string, person: string, seat: Omit<Seat, 'organisation' | 'person'>): Seat => {
    const email = `${person.toLowerCase().replaceAll(/[^a-z]+/g, '.')}.${code.toLowerCase()}@organisatie.example`;
    return { organisation: `${organisation} ${code}`, person, email, function: person.split(' ')[0], ...seat };
  };
  return {
    police: seat('Politie', 'wijkagent Boskoop', { invited: 'participant' }),
    corporation: seat('Habeko Wonen', 'woonconsulent Boskoop', { contact: 'here' }),
    welfare: seat('Tom in de buurt', 'wijkcoach Boskoop', { invited: 'participant', contact: 'everywhere' }),
    bor: seat('BOR', 'beheerder openbare ruimte', { contact: 'everywhere' }),
    wk: seat('Wijken en Kernen', 'gebiedsadviseur Boskoop', { chairs: true }),
  };
};

/**
 * An open session of 2 June 2026 in Boskoop, ready to be closed, with a confidential item known to the police and the
 * corporation. Welfare is invited as well; BOR is not, and owns an action with welfare.
 */
export async function boskoop(t: TestApp) {
  const { make } = t;
  const area = await make.area({ name: 'Boskoop', kind: 'kern' });
  const { meeting, organisations, people, tokens } = await layVillage(t, seatsOf(area.code), {
    area,
    meeting: { name: 'Professionaloverleg Boskoop', place: 'Gemeenteservicepunt Boskoop' },
  });
  const { police, corporation, welfare, bor, wk } = organisations;
  const { wk: chair, police: wijkagent, corporation: consulent, welfare: coach, bor: beheerder } = people;
  await make.invitation(meeting.id, { personId: chair.id, role: 'chair' });
  await make.invitation(meeting.id, { organisationId: corporation.id });
  const session = await make.session(meeting.id, {
    heldOn: '2026-06-02',
    endTime: '11:30',
    state: 'open',
    chairId: chair.id,
    secretaryId: chair.id,
  });
  await make.session(meeting.id, { heldOn: '2026-06-30' });
  await make.attendance(session.id, { personId: chair.id, organisationId: wk.id });
  await make.attendance(session.id, { personId: wijkagent.id, organisationId: police.id });
  await make.attendance(session.id, { personId: coach.id, organisationId: welfare.id });
  await make.attendance(session.id, { personId: consulent.id, organisationId: corporation.id, status: 'excused' });
  await make.attendance(session.id, {
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
  const signedIn = { chair: tokens.wk, police: tokens.police, welfare: tokens.welfare };
  return {
    ...{ area, meeting, session, police, corporation, welfare, bor, wk, skate, adres, green },
    ...{ surveillance, lamps, secret, chair, wijkagent, consulent, coach, beheerder, signedIn },
  };
}

export type Boskoop = Awaited<ReturnType<typeof boskoop>>;

/** That session, closed, in a service of its own, with requests for minutes: by default its own. */
export async function startClosed(kind: DatabaseKind) {
  const t = await startApp(kind, { today: '2026-06-02' });
  const b = await boskoop(t);
  await bring(t, b.session.id, 'closed');
  const get = (token: string, path = '', id = b.session.id) =>
    t.api.get(`/v1/sessions/${id}/minutes${path}`).set('Authorization', token);
  return { t, b, get };
}
