import { beforeAll, expect, it } from '@jest/globals';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { pdf } from '../support/files.js';
import { Visitor } from '../support/visitor.js';
import { layTable } from '../support/world.js';

onBothDatabases((kind) => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
  });
  const laid = async () => {
    const table = await layTable(t);
    const { as, chair, meeting } = table;
    const session = await t.make.session(meeting.id, { heldOn: '2026-06-02' });
    const propose = async (title: string) =>
      (await as(table.partner, 'post', `/v1/sessions/${session.id}/agenda-items`, { title }).expect(201)).body;
    const list = async (id: string, token = chair) =>
      (await as(token, 'get', `/v1/sessions/${id}/agenda-items`).expect(200)).body.items as Record<string, unknown>[];
    const state = (name: string, id = session.id, body?: object) => table.step(id, name, body);
    const plan = async (heldOn: string) =>
      (await as(chair, 'post', `/v1/meetings/${meeting.id}/sessions`, { heldOn, withoutAgenda: true }).expect(201))
        .body;
    return { ...table, session, propose, list, state, plan };
  };

  it('brings a proposal that nobody answered to the next session, still proposed, and leaves a declined one with its reason', async () => {
    const { as, chair, session, propose, list, state, plan, police } = await laid();
    const waiting = await propose('Zwerfvuil');
    const declined = await propose('Parkeren');
    const next = await plan('2026-06-30');
    await as(chair, 'put', `/v1/agenda-items/${declined.id}/acceptance`, { isAccepted: false, reason: 'Elders.' }, 1);
    await state('opening');
    const closed = await state('closing');
    expect(closed.counts).toMatchObject({ proposedItems: 0 });
    const [carried, ...more] = await list(next.id);
    expect(more).toEqual([]);
    expect(carried).toMatchObject({
      title: 'Zwerfvuil',
      state: 'proposed',
      carriedFromId: waiting.id,
      proposedById: police.id,
    });
    expect(await list(session.id)).toMatchObject([
      { title: 'Zwerfvuil', state: 'proposed' },
      { title: 'Parkeren', state: 'declined', declineReason: 'Elders.' },
    ]);
    await as(chair, 'put', `/v1/agenda-items/${String(carried.id)}/acceptance`, { isAccepted: true }, 1).expect(200);
    await state('opening', next.id);
    expect(await list(next.id)).toHaveLength(1);
  });

  it('shows the papers of an item where it is treated next; they stay with the session they were sent for', async () => {
    const { as, chair, partner, propose, list, state, plan } = await laid();
    const { id } = await propose('Zwerfvuil');
    const add = (itemId: unknown, token: string, name: string) =>
      t.api
        .post(`/v1/agenda-items/${String(itemId)}/files`)
        .set('Authorization', token)
        .attach('file', pdf(), name);
    const { body: sent } = await add(id, partner, 'nota.pdf').expect(201);
    const next = await plan('2026-06-30');
    await state('opening');
    await state('closing');
    const [carried] = await list(next.id);
    expect(carried).toMatchObject({ fileCount: 1 });
    const files = `/v1/agenda-items/${String(carried.id)}/files`;
    const { body } = await as(partner, 'get', files).expect(200);
    expect(body.items).toMatchObject([{ id: sent.id, name: 'nota.pdf', sentForOn: '2026-06-02' }]);
    await as(partner, 'get', `${files}/${sent.id}`).expect(200);
    await as(chair, 'delete', `${files}/${sent.id}`, undefined, 1).expect(404);
    await add(carried.id, chair, 'kaart.pdf').expect(201);
    const names = (await as(partner, 'get', files).expect(200)).body.items as {
      name: string;
      sentForOn: string | null;
    }[];
    expect(names.map(({ name, sentForOn }) => [name, sentForOn])).toEqual([
      ['nota.pdf', '2026-06-02'],
      ['kaart.pdf', null],
    ]);
    const { id: personId } = (await as(partner, 'get', '/v1/me').expect(200)).body as { id: string };
    const page = await (await Visitor.of(t, personId)).see(`/agendapunten/${String(carried.id)}/stukken`);
    expect(page).toMatch(/Van het overleg op dinsdag 2 juni 2026[^]*nota\.pdf/);
  });

  it('never shows papers of a confidential item at an open one, and loses none when an opening is taken back', async () => {
    const { as, chair, partner, meeting, police, gemeente, state } = await laid();
    const past = await t.make.session(meeting.id, { heldOn: '2026-05-05', state: 'closed' });
    const left = { state: 'adjourned' } as const;
    const secret = { ...left, number: 'V1', isConfidential: true, partyIds: [police.id, gemeente.id] };
    const [hidden, open] = [await t.make.agendaItem(past.id, secret), await t.make.agendaItem(past.id, left)];
    const next = await t.make.session(meeting.id, { heldOn: '2026-06-03' });
    const add = (id: string) =>
      t.api.post(`/v1/agenda-items/${id}/files`).set('Authorization', chair).attach('file', pdf(), 'nota.pdf');
    const count = async (id: string) =>
      (await as(partner, 'get', `/v1/agenda-items/${id}/files`).expect(200)).body.items.length as number;
    await add(hidden.id).expect(201);
    const told = await t.make.agendaItem(next.id, { carriedFromId: hidden.id });
    const kept = await t.make.agendaItem(next.id, { ...secret, state: 'accepted', carriedFromId: hidden.id });
    expect([await count(told.id), await count(kept.id)]).toEqual([0, 1]);
    await state('opening', next.id);
    const items = (await as(chair, 'get', `/v1/sessions/${next.id}/agenda-items`).expect(200)).body.items;
    const { id } = (items as { id: string; carriedFromId: string }[]).find((one) => one.carriedFromId === open.id)!;
    await add(id).expect(201);
    const { version } = (await as(chair, 'get', `/v1/sessions/${next.id}`).expect(200)).body;
    await as(chair, 'delete', `/v1/sessions/${next.id}/opening`, undefined, version).expect(200);
    expect(await count(id)).toBe(1);
  });

  it('answers a proposal of a reopened session where it stands by now', async () => {
    const { as, chair, session, propose, state, plan } = await laid();
    const { id } = await propose('Zwerfvuil');
    await plan('2026-06-30');
    await state('opening');
    await state('closing');
    await state('reopening', session.id, { reason: 'Iets vergeten.' });
    const { body } = await as(chair, 'put', `/v1/agenda-items/${id}/acceptance`, { isAccepted: true }, 1).expect(409);
    expect(body).toMatchObject({ code: 'ITEM_CARRIED', detail: expect.stringContaining('2026-06-30') });
  });

  it('gives a session that is planned later what still waits, and nothing twice', async () => {
    const { propose, list, state, plan, session } = await laid();
    await propose('Zwerfvuil');
    await state('opening');
    await state('closing');
    const next = await plan('2026-06-30');
    const after = await plan('2026-07-28');
    expect(await list(next.id)).toMatchObject([{ title: 'Zwerfvuil', state: 'proposed' }]);
    expect(await list(after.id)).toEqual([]);
    await state('cancellation', next.id, { reason: 'Vakantie.' });
    expect(await list(after.id)).toMatchObject([{ title: 'Zwerfvuil', state: 'proposed' }]);
    expect(await list(session.id)).toHaveLength(1);
  });

  it('keeps the topics of a cancelled session; the standing items stay behind', async () => {
    const { as, chair, meeting, session, list, state, plan } = await laid();
    await as(chair, 'patch', `/v1/meetings/${meeting.id}`, { defaultAgenda: [{ kind: 'topic', title: 'Groen' }] }, 1);
    await as(chair, 'post', `/v1/sessions/${session.id}/agenda-items`, { title: 'Groen' }).expect(201);
    const added = await as(chair, 'post', `/v1/sessions/${session.id}/agenda-items`, { title: 'Speeltuin' }).expect(
      201,
    );
    const next = await plan('2026-06-30');
    await state('cancellation', session.id, { reason: 'Te weinig mensen.' });
    expect(await list(next.id)).toMatchObject([
      { title: 'Speeltuin', state: 'accepted', carriedFromId: added.body.id },
    ]);
  });

  it('lets whoever comes for one item go along when its session is cancelled, once, and nobody whose invitation ends', async () => {
    const { as, chair, meeting, session, state, plan, list } = await laid();
    const added = await as(chair, 'post', `/v1/sessions/${session.id}/agenda-items`, { title: 'Speeltuin' }).expect(
      201,
    );
    const guest = async (fields: object = {}) => {
      const organisation = await t.make.organisation();
      const person = await t.make.person({ organisationId: organisation.id });
      const of = {
        organisationId: organisation.id,
        personId: person.id,
        agendaItemId: added.body.id,
        role: 'participant',
      };
      await as(chair, 'post', `/v1/meetings/${meeting.id}/invitations`, { ...of, ...fields }).expect(201);
      return person;
    };
    const [stays, leaves] = [await guest(), await guest({ untilOn: '2026-06-10' })];
    const expected = async (id: string): Promise<string[]> =>
      (await as(chair, 'get', `/v1/sessions/${id}/attendances`).expect(200)).body.items.map(
        ({ personId }: { personId: string }) => personId,
      );
    expect(await expected(session.id)).toEqual(expect.arrayContaining([stays.id, leaves.id]));
    const next = await plan('2026-06-30');
    const later = await plan('2026-07-28');
    await state('cancellation', session.id, { reason: 'Ziek.' });
    expect((await expected(next.id)).filter((id) => [stays.id, leaves.id].includes(id))).toEqual([stays.id]);
    expect(await expected(later.id)).not.toContain(stays.id);
    await state('cancellation', next.id, { reason: 'Nog ziek.' });
    expect((await expected(later.id)).filter((id) => id === stays.id)).toEqual([stays.id]);
    const [item] = await list(later.id);
    const { items } = (await as(chair, 'get', `/v1/meetings/${meeting.id}/invitations?pageSize=100`).expect(200)).body;
    const now = (items as Record<string, unknown>[]).filter(({ agendaItemId }) => agendaItemId === item.id);
    expect(now.map(({ personId }) => personId)).toEqual([stays.id]);
  });

  it('lets a carried-over confidential item and its actions follow when the parties of its origin change', async () => {
    const { as, chair, area, meeting, gemeente, police, plan, state, list } = await laid();
    const housing = await t.make.organisation();
    const person = await t.make.person({ organisationId: housing.id });
    await t.make.invitation(meeting.id, { personId: person.id, organisationId: housing.id });
    const token = await t.make.token(person.id);
    const past = await t.make.session(meeting.id, { heldOn: '2026-05-05', state: 'closed' });
    const partyIds = [gemeente.id, police.id];
    const origin = await t.make.agendaItem(past.id, { number: 'V1', title: 'Geheim', state: 'adjourned', partyIds });
    const next = await plan('2026-06-03');
    await state('opening', next.id);
    const [carried] = await list(next.id);
    expect(carried).toMatchObject({ title: 'Geheim', carriedFromId: origin.id });
    const fields = { areaId: area.id, meetingId: meeting.id, sessionId: next.id, agendaItemId: String(carried.id) };
    const action = await t.make.action({ ...fields, ownerId: gemeente.id, isConfidential: true, partyIds });
    expect(await list(next.id, token)).toEqual([]);
    const parties = { partyIds: [...partyIds, housing.id] };
    await as(chair, 'put', `/v1/agenda-items/${origin.id}/parties`, parties, 1).expect(200);
    expect(await list(next.id, token)).toMatchObject([{ title: 'Geheim', number: 'V1' }]);
    // The others are told of the action itself when the session is closed.
    await as(token, 'get', `/v1/actions/${action.id}`).expect(404);
    await state('closing', next.id);
    await as(token, 'get', `/v1/actions/${action.id}`).expect(200);
    await as(chair, 'put', `/v1/agenda-items/${origin.id}/parties`, { partyIds }, 2).expect(200);
    expect(await list(next.id, token)).toEqual([]);
    await as(token, 'get', `/v1/actions/${action.id}`).expect(404);
    const policeChair = await t.make.person({ organisationId: police.id });
    await t.make.grant(policeChair.id, 'chair', area.id);
    const asPolice = await t.make.token(policeChair.id);
    const alone = { partyIds: [police.id] };
    const { body } = await as(asPolice, 'put', `/v1/agenda-items/${origin.id}/parties`, alone, 3).expect(409);
    expect(body.code).toBe('PARTY_HAS_ACTION');
  });
});
