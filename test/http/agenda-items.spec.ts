import { beforeAll, expect, it } from '@jest/globals';
import { rows } from '../../src/platform/database/rows.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';
import { layTable } from '../support/world.js';

const USUAL = [
  { kind: 'opening', title: 'Opening' },
  { kind: 'any_other_business', title: 'Rondvraag' },
] as const;

onBothDatabases((kind) => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
  });
  /** A meeting with a planned session and the usual agenda. */
  const planned = async () => {
    const table = await layTable(t, { defaultAgenda: [...USUAL] });
    const path = `/v1/meetings/${table.meeting.id}/sessions`;
    const { body: session } = await table.as(table.chair, 'post', path, { heldOn: '2026-06-02' }).expect(201);
    const agenda = `/v1/sessions/${session.id}/agenda-items`;
    const titles = async (token = table.chair) =>
      (await table.as(token, 'get', agenda).expect(200)).body.items.map(
        ({ number, position, title }: { number: string; position: number; title: string }) =>
          `${position}: ${number} ${title}`,
      );
    return { ...table, session, agenda, titles };
  };
  const opened = async () => {
    const table = await planned();
    await table.as(table.chair, 'put', `/v1/sessions/${table.session.id}/opening`, undefined, 1).expect(200);
    return table;
  };

  it('adds a topic of the chair before the rondvraag, with the number of its place', async () => {
    const { as, chair, agenda, titles } = await planned();
    const { body } = await as(chair, 'post', agenda, { title: 'Zwerfvuil' }).expect(201);
    expect(body).toMatchObject({ number: '2', position: 2, kind: 'topic', state: 'accepted', proposedById: null });
    expect(await titles()).toEqual(['1: 1 Opening', '2: 2 Zwerfvuil', '3: 3 Rondvraag']);
  });

  it('changes the order of treatment, which the numbers follow, without changing versions', async () => {
    const { as, chair, agenda, titles } = await planned();
    const { body } = await as(chair, 'post', agenda, { title: 'Zwerfvuil' }).expect(201);
    await as(chair, 'patch', `/v1/agenda-items/${body.id}`, { position: 1 }, 1).expect(200);
    expect(await titles()).toEqual(['1: 1 Zwerfvuil', '2: 2 Opening', '3: 3 Rondvraag']);
    await as(chair, 'patch', `/v1/agenda-items/${body.id}`, { position: 99 }, 2).expect(200);
    expect(await titles()).toEqual(['1: 1 Opening', '2: 2 Rondvraag', '3: 3 Zwerfvuil']);
    await as(chair, 'patch', `/v1/agenda-items/${body.id}`, { position: 0 }, 3).expect(400);
    const { items } = (await as(chair, 'get', agenda)).body;
    expect(items.map(({ version }: { version: number }) => version)).toEqual([1, 1, 3]);
    expect((await as(chair, 'get', `${agenda}?page=9`).expect(200)).body).toMatchObject({ items: [], total: 3 });
  });

  it('has planned minutes and who brings an item in, by the API and on the page, where the table comes first', async () => {
    const { as, chair, chairPerson, police, agenda, session } = await planned();
    const other = await t.make.organisation({ name: 'Aaa niet aan tafel' });
    const { body } = await as(chair, 'post', agenda, { title: 'Zwerfvuil', plannedMinutes: 15 }).expect(201);
    expect(body).toMatchObject({ plannedMinutes: 15, proposedById: null });
    const path = `/v1/agenda-items/${body.id}`;
    expect((await as(chair, 'patch', path, { plannedMinutes: null }, 1).expect(200)).body.plannedMinutes).toBeNull();
    await as(chair, 'patch', path, { plannedMinutes: 0 }, 2).expect(400);
    const visitor = await Visitor.of(t, chairPerson.id);
    const here = `/vergaderingen/${session.id}`;
    const page = await visitor.see(here);
    const places = [police, other].map(({ id }) => page.indexOf(`<option value="${id}"`));
    expect([places[0] > 0, places[0] < places[1]]).toEqual([true, true]);
    const fields = { version: '2', title: 'Zwerfvuil', proposedById: police.id, plannedMinutes: '20' };
    expect((await visitor.post(`${here}/agendapunten/${body.id}/titel`, fields, here)).status).toBe(303);
    expect((await as(chair, 'get', path)).body).toMatchObject({ proposedById: police.id, plannedMinutes: 20 });
    expect(await visitor.see(here)).toContain('20 minuten');
  });

  it('takes a proposal of a partner for the own organisation, which the chair accepts', async () => {
    const { as, chair, partner, police, agenda } = await planned();
    const { body } = await as(partner, 'post', agenda, { title: 'Overlast skatebaan' }).expect(201);
    expect(body).toMatchObject({ state: 'proposed', proposedById: police.id, proposedByName: police.name });
    const path = `/v1/agenda-items/${body.id}/acceptance`;
    await as(partner, 'put', path, { isAccepted: true }, 1).expect(403);
    expect((await as(chair, 'put', path, { isAccepted: true }, 1).expect(200)).body).toMatchObject({
      state: 'accepted',
      number: '2',
      version: 2,
    });
    const again = await as(chair, 'put', path, { isAccepted: true }, 2).expect(200);
    expect(again.body.version).toBe(2);
  });

  it('takes a proposal of a contact for the organisation that the contact answers for', async () => {
    const { as, agenda, meeting, area } = await planned();
    const housing = await t.make.organisation();
    const contact = await t.make.person();
    await t.make.contact(housing.id, contact.id, area.id);
    await t.make.invitation(meeting.id, { organisationId: housing.id });
    const { body } = await as(await t.make.token(contact.id), 'post', agenda, { title: 'Achterpad' }).expect(201);
    expect(body).toMatchObject({ state: 'proposed', proposedById: housing.id });
  });

  it('places a proposal that is accepted after the invitation by the number it then gets', async () => {
    const { as, chair, partner, agenda, session, titles } = await planned();
    await as(chair, 'put', `/v1/sessions/${session.id}/invitation`, undefined, 1).expect(200);
    const add = async (title: string, who: string) => (await as(who, 'post', agenda, { title }).expect(201)).body;
    const [first, second] = [await add('Verkeer', partner), await add('Groen', partner)];
    await add('Zwerfvuil', chair);
    const accept = (id: string) =>
      as(chair, 'put', `/v1/agenda-items/${id}/acceptance`, { isAccepted: true }, 1).expect(200);
    await accept(second.id);
    expect((await accept(first.id)).body.number).toBe('1c');
    expect(await titles()).toEqual([
      '1: 1 Opening',
      '2: 1a Zwerfvuil',
      '3: 1b Groen',
      '4: 1c Verkeer',
      '5: 2 Rondvraag',
    ]);
  });

  it('declines a proposal only with a reason', async () => {
    const { as, chair, partner, agenda } = await planned();
    const { body } = await as(partner, 'post', agenda, { title: 'Overlast skatebaan' }).expect(201);
    const path = `/v1/agenda-items/${body.id}/acceptance`;
    expect((await as(chair, 'put', path, { isAccepted: false }, 1).expect(400)).body.errors).toMatchObject([
      { field: 'reason' },
    ]);
    const { body: declined } = await as(chair, 'put', path, { isAccepted: false, reason: 'Volgende keer.' }, 1);
    expect(declined).toMatchObject({ state: 'declined', declineReason: 'Volgende keer.' });
  });

  it('lets a partner propose before the session only, and only for the own organisation', async () => {
    const { as, partner, agenda, gemeente, session, chair } = await planned();
    const other = await as(partner, 'post', agenda, { title: 'Zwerfvuil', proposedById: gemeente.id }).expect(400);
    expect(other.body.errors).toMatchObject([{ field: 'proposedById' }]);
    await as(chair, 'put', `/v1/sessions/${session.id}/opening`, undefined, 1).expect(200);
    await as(partner, 'post', agenda, { title: 'Zwerfvuil' }).expect(409);
    await as(chair, 'post', agenda, { title: 'Zwerfvuil' }).expect(201);
    const stranger = await layTable(t);
    await as(stranger.partner, 'post', agenda, { title: 'Zwerfvuil' }).expect(404);
  });

  it('writes notes and decisions in an open session only', async () => {
    const { as, chair, agenda, session } = await planned();
    const { body } = await as(chair, 'post', agenda, { title: 'Zwerfvuil' }).expect(201);
    const path = `/v1/agenda-items/${body.id}`;
    expect((await as(chair, 'patch', path, { notes: 'Te vroeg.' }, 1).expect(409)).body.code).toBe('SESSION_NOT_OPEN');
    await as(chair, 'put', `/v1/sessions/${session.id}/opening`, undefined, 1).expect(200);
    const written = await as(chair, 'patch', path, { notes: 'Er ligt minder.', decision: 'Doorgaan.' }, 1).expect(200);
    expect(written.body).toMatchObject({ notes: 'Er ligt minder.', decision: 'Doorgaan.', version: 2 });
    await as(chair, 'put', `/v1/sessions/${session.id}/closing`, undefined, 2).expect(200);
    const closed = await as(chair, 'patch', path, { notes: 'Te laat.' }, 3).expect(409);
    expect(closed.body.code).toBe('SESSION_CLOSED');
    expect((await as(chair, 'get', path).expect(200)).body).toMatchObject({ notes: 'Er ligt minder.' });
    await as(chair, 'put', `/v1/sessions/${session.id}/reopening`, { reason: 'Aanvulling.' }, 3).expect(200);
    await as(chair, 'patch', path, { notes: 'Aangevuld.' }, 3).expect(200);
  });

  it('tells the second of two who write the same notes that someone was first', async () => {
    const { as, chair, agenda } = await opened();
    const { body } = await as(chair, 'post', agenda, { title: 'Zwerfvuil' }).expect(201);
    const write = (notes: string) => as(chair, 'patch', `/v1/agenda-items/${body.id}`, { notes }, 1);
    const answers = await Promise.all([write('De een.'), write('De ander.')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect((await as(chair, 'get', `/v1/agenda-items/${body.id}`)).body.version).toBe(2);
  });

  it('does not treat what is still proposed, and lets partners write nothing', async () => {
    const { as, chair, partner, session } = await planned();
    const proposed = await t.make.agendaItem(session.id, { number: '9', state: 'proposed' });
    await as(chair, 'put', `/v1/sessions/${session.id}/opening`, undefined, 1).expect(200);
    const path = `/v1/agenda-items/${proposed.id}`;
    expect((await as(chair, 'patch', path, { notes: 'x' }, 1).expect(409)).body.code).toBe('ITEM_NOT_ACCEPTED');
    await as(partner, 'patch', path, { notes: 'x' }, 1).expect(403);
    const { body } = await as(chair, 'patch', path, { state: 'proposed', notes: '  ', colour: 'red' }, 1).expect(400);
    expect(body.errors.map(({ field }: { field: string }) => field).sort()).toEqual(['colour', 'notes', 'state']);
  });

  it('gives numbers once when many items are added at the same moment', async () => {
    const { as, chair, agenda, titles } = await planned();
    await Promise.all([1, 2, 3, 4, 5, 6].map((n) => as(chair, 'post', agenda, { title: `Punt ${n}` }).expect(201)));
    const lines = (await titles()) as string[];
    expect(lines.map((line) => line.split(' ')[1]).sort()).toEqual(['1', '2', '3', '4', '5', '6', '7', '8']);
    expect(lines.map((line) => line.split(':')[0])).toEqual(['1', '2', '3', '4', '5', '6', '7', '8']);
  });

  it('hides a confidential item from everyone whose organisation is not named', async () => {
    const { as, chair, partner, police, agenda, session, titles } = await planned();
    const secret = { title: 'Casus Dorpsstraat', isConfidential: true, partyIds: [police.id] };
    const { body } = await as(partner, 'post', agenda, secret).expect(201);
    expect(body).toMatchObject({ number: 'V1', partyIds: [police.id], isConfidential: true });
    const admin = await t.make.signedIn('admin');
    for (const outsider of [chair, admin]) {
      const hidden = await as(outsider, 'get', `/v1/agenda-items/${body.id}`).expect(404);
      const unknown = await as(outsider, 'get', '/v1/agenda-items/019300a0-0000-7000-8000-000000000000').expect(404);
      expect(hidden.body).toEqual(unknown.body);
      expect((await as(outsider, 'get', agenda).expect(200)).body.total).toBe(2);
      expect((await as(outsider, 'get', `/v1/sessions/${session.id}`)).body.counts.agendaItems).toBe(2);
    }
    await as(chair, 'patch', `/v1/agenda-items/${body.id}`, { title: 'x' }, 1).expect(404);
    await as(chair, 'put', `/v1/agenda-items/${body.id}/acceptance`, { isAccepted: true }, 1).expect(404);
    await as(chair, 'post', agenda, { title: 'Zwerfvuil' }).expect(201);
    expect(await titles()).toEqual(['1: 1 Opening', '2: 2 Zwerfvuil', '3: 3 Rondvraag']);
    expect(await titles(partner)).toHaveLength(4);
  });

  it('asks for parties that are known and include the own organisation', async () => {
    const { as, chair, police, gemeente, agenda } = await planned();
    const secret = (partyIds?: string[]) =>
      as(chair, 'post', agenda, { title: 'Casus', isConfidential: true, ...(partyIds ? { partyIds } : {}) });
    await secret().expect(400);
    await secret([]).expect(400);
    await secret([police.id]).expect(400);
    await secret([gemeente.id, '019300a0-0000-7000-8000-000000000000']).expect(400);
    await secret([gemeente.id, police.id]).expect(201);
    await as(chair, 'post', agenda, { title: 'Open', partyIds: [gemeente.id] }).expect(400);
  });

  it('notes in the audit trail who read a confidential item, without its text', async () => {
    const { as, partner, police, session, partnerPerson } = await planned();
    const { id } = await t.make.agendaItem(session.id, { number: 'V1', title: 'Casus', partyIds: [police.id] });
    await as(partner, 'get', `/v1/agenda-items/${id}`).expect(200);
    const entries = await rows<{ actorId: string; isConfidential: unknown }>(
      t.database.reader,
      `SELECT * FROM "audit_entries" WHERE "operation" = 'agenda_item.read' AND "objectId" = $1`,
      [id],
    );
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ actorId: partnerPerson.id });
    expect(Boolean(entries[0].isConfidential)).toBe(true);
    expect(JSON.stringify(entries)).not.toContain('Casus');
  });

  it('brings back what was not discussed or adjourned, once, with the parties of a confidential item', async () => {
    const { as, chair, partner, partnerPerson, police, meeting, area } = await planned();
    const past = await t.make.session(meeting.id, { heldOn: '2026-05-05', state: 'closed' });
    const late = await t.make.agendaItem(past.id, { number: '4', state: 'not_discussed', title: 'Zwerfvuil' });
    await t.make.agendaItem(past.id, { number: '5', position: 2, state: 'adjourned', title: 'Speeltuin' });
    await t.make.agendaItem(past.id, { number: '6', position: 3, state: 'discussed', title: 'Groen' });
    await t.make.agendaItem(past.id, { number: '7', position: 4, state: 'declined', title: 'Geen punt' });
    const secret = { number: 'V1', position: 5, state: 'adjourned', title: 'Casus', partyIds: [police.id] } as const;
    await t.make.agendaItem(past.id, { ...secret, partyIds: [...secret.partyIds] });
    const next = await t.make.session(meeting.id, { heldOn: '2026-06-30' });
    const open = async (id: string, version = 1) =>
      as(chair, 'put', `/v1/sessions/${id}/opening`, undefined, version).expect(200);
    const list = async (id: string, token: string) =>
      (await as(token, 'get', `/v1/sessions/${id}/agenda-items`).expect(200)).body.items as Record<string, unknown>[];
    t.clock.set('2026-06-30T10:00:00Z');
    const { body: first } = await open(next.id);
    expect(await list(next.id, chair)).toMatchObject([
      { number: '1', title: 'Zwerfvuil', state: 'accepted', carriedFromId: late.id, notes: null },
      { number: '2', title: 'Speeltuin' },
    ]);
    expect(await list(next.id, partner)).toMatchObject([{}, {}, { number: 'V1', partyIds: [police.id] }]);
    expect((await open(next.id, first.version)).body.version).toBe(first.version);
    expect(await list(next.id, chair)).toHaveLength(2);
    for (const item of await list(next.id, chair)) {
      await as(chair, 'patch', `/v1/agenda-items/${String(item.id)}`, { state: 'discussed', notes: 'Klaar.' }, 1);
    }
    const [, , casus] = await list(next.id, partner);
    await t.make.grant(partnerPerson.id, 'chair', area.id);
    await as(partner, 'patch', `/v1/agenda-items/${String(casus.id)}`, { state: 'adjourned' }, 1).expect(200);
    await as(chair, 'put', `/v1/sessions/${next.id}/closing`, undefined, first.version).expect(200);
    const third = await t.make.session(meeting.id, { heldOn: '2026-07-28' });
    t.clock.set('2026-07-28T10:00:00Z');
    await open(third.id);
    expect(await list(third.id, chair)).toEqual([]);
    expect(await list(third.id, partner)).toMatchObject([{ title: 'Casus', carriedFromId: casus.id }]);
  });
});
