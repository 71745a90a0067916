import { beforeAll, expect, it } from '@jest/globals';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { callsOf, layTable } from '../support/world.js';

onBothDatabases((kind) => {
  let t: TestApp;
  let as: ReturnType<typeof callsOf>;
  let table: Awaited<ReturnType<typeof layTable>>;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
    as = callsOf(t);
    table = await layTable(t);
  });
  const start = (fields: object = {}) =>
    as(table.chair, 'post', '/v1/meetings', {
      areaId: table.area.id,
      kind: 'professionals',
      name: 'Professionaloverleg',
      ...fields,
    });

  it('starts a meeting with the usual agenda in Dutch, and makes who does so a chair of it', async () => {
    const { body, headers } = await start({ rhythm: 'FREQ=MONTHLY;BYDAY=1TU', startTime: '10:00' }).expect(201);
    expect(body).toMatchObject({ minutesForm: 'full', startTime: '10:00', endedOn: null, version: 1 });
    expect(body.defaultAgenda.map(({ title }: { title: string }) => title)).toEqual([
      'Opening',
      'Verslag vorige keer',
      'Actielijst',
      'Rondvraag',
      'Sluiting',
    ]);
    expect(headers.location).toBe(`/v1/meetings/${body.id}`);
    const invited = await as(table.chair, 'get', `/v1/meetings/${body.id}/invitations`).expect(200);
    expect(invited.body.items).toMatchObject([{ role: 'chair', personName: 'gebiedsadviseur Boskoop' }]);
  });

  it('refuses what is no rhythm, naming everything that is wrong at once', async () => {
    const { body } = await start({
      rhythm: 'elke dinsdag',
      startTime: '25:00',
      defaultAgenda: [{ kind: 'speech', title: '' }],
    }).expect(400);
    expect(body.errors.map(({ field }: { field: string }) => field).sort()).toEqual([
      'defaultAgenda.0.kind',
      'defaultAgenda.0.title',
      'rhythm',
      'startTime',
    ]);
  });

  it('lets a chair start meetings in the own areas only, and names an unknown area', async () => {
    const elsewhere = await t.make.area();
    await start({ areaId: elsewhere.id }).expect(403);
    const unknown = await start({ areaId: '019300a0-0000-7000-8000-000000000000' }).expect(400);
    expect(unknown.body.errors).toMatchObject([{ field: 'areaId' }]);
    const admin = await t.make.signedIn('admin');
    await as(admin, 'post', '/v1/meetings', {}).expect(403);
  });

  it('shows a meeting to its participants and chairs, and to nobody else', async () => {
    const path = `/v1/meetings/${table.meeting.id}`;
    expect((await as(table.partner, 'get', path).expect(200)).body.areaId).toBe(table.area.id);
    const stranger = await layTable(t);
    const hidden = await as(stranger.partner, 'get', path).expect(404);
    const unknown = await as(stranger.partner, 'get', '/v1/meetings/019300a0-0000-7000-8000-000000000000').expect(404);
    expect(hidden.body).toEqual(unknown.body);
    await as(stranger.chair, 'patch', path, { name: 'Anders' }, 1).expect(404);
    await as(table.partner, 'patch', path, { name: 'Anders' }, 1).expect(403);
    await t.api.get(path).expect(401);
    const list = await as(stranger.partner, 'get', '/v1/meetings').expect(200);
    expect(list.body).toMatchObject({ total: 1, items: [{ id: stranger.meeting.id }] });
  });

  it('changes a meeting, and asks for the version that was read', async () => {
    const { body } = await start({ rhythm: 'FREQ=WEEKLY' }).expect(201);
    const path = `/v1/meetings/${body.id}`;
    await as(table.chair, 'patch', path, { rhythm: null }).expect(428);
    const changed = await as(table.chair, 'patch', path, { rhythm: null, minutesForm: 'decisions_and_actions' }, 1);
    expect(changed.body).toMatchObject({ rhythm: null, minutesForm: 'decisions_and_actions', version: 2 });
    await as(table.chair, 'patch', path, { name: 'Te laat' }, 1).expect(412);
    await as(table.chair, 'patch', path, { name: null }, 2).expect(400);
  });

  it('finds meetings of an area with what is below it, by kind and by part of the name', async () => {
    const team = await t.make.area({ kind: 'team' });
    const kern = await t.make.area({ kind: 'kern', parentId: team.id });
    await t.make.meeting(kern.id, { name: 'Bewonersoverleg Boskoop', kind: 'residents' });
    const admin = await t.make.signedIn('admin');
    const find = async (query: string) => (await as(admin, 'get', `/v1/meetings?${query}`).expect(200)).body.total;
    expect(await find(`area=${team.id}`)).toBe(1);
    expect(await find(`area=${team.id}&kind=board`)).toBe(0);
    expect(await find('q=bewonersOVERLEG')).toBe(1);
  });

  it('invites an organisation from a date, once, and ends the invitation', async () => {
    const housing = await t.make.organisation();
    const path = `/v1/meetings/${table.meeting.id}/invitations`;
    const invite = (fields: object) => as(table.chair, 'post', path, { organisationId: housing.id, ...fields });
    const { body } = await invite({ role: 'participant', fromOn: '2026-01-01' }).expect(201);
    expect(body).toMatchObject({ organisationName: housing.name, fromOn: '2026-01-01', untilOn: null });
    expect((await invite({ role: 'informed' }).expect(409)).body.code).toBe('ALREADY_INVITED');
    const ended = await as(table.chair, 'patch', `/v1/invitations/${body.id}`, { untilOn: '2026-06-30' }, 1).expect(
      200,
    );
    expect(ended.body).toMatchObject({ untilOn: '2026-06-30', version: 2 });
    await as(table.chair, 'patch', `/v1/invitations/${body.id}`, { untilOn: '2025-12-31' }, 2).expect(400);
    await invite({ role: 'participant', fromOn: '2026-07-01' }).expect(201);
  });

  it('names everything that is wrong with an invitation', async () => {
    const path = `/v1/meetings/${table.meeting.id}/invitations`;
    const nobody = '019300a0-0000-7000-8000-000000000000';
    const wrong = { organisationId: nobody, personId: nobody, agendaItemId: nobody, role: 'participant' };
    const { body } = await as(table.chair, 'post', path, wrong).expect(400);
    expect(body.errors.map(({ field }: { field: string }) => field).sort()).toEqual([
      'agendaItemId',
      'organisationId',
      'personId',
    ]);
    await as(table.chair, 'post', path, { role: 'participant' }).expect(400);
    await as(table.chair, 'post', path, { role: 'chair', organisationId: table.police.id }).expect(400);
    await as(table.partner, 'post', path, { role: 'informed', organisationId: table.police.id }).expect(403);
  });

  it('lets an invited organisation in from the day of its invitation until its last day', async () => {
    const person = await t.make.person();
    const organisation = await t.make.organisation();
    await t.make.invitation(table.meeting.id, {
      organisationId: organisation.id,
      personId: person.id,
      fromOn: '2026-01-01',
      untilOn: '2026-06-01',
    });
    const token = await t.make.token(person.id);
    await as(token, 'get', `/v1/meetings/${table.meeting.id}`).expect(403);
  });

  it('lets the contact of an invited organisation in as soon as the person named for it can no longer come', async () => {
    const { meeting, police, area } = await layTable(t);
    const successor = await t.make.person();
    await t.make.contact(police.id, successor.id, area.id);
    const named = await t.make.person();
    await t.make.invitation(meeting.id, { organisationId: police.id, personId: named.id });
    const session = await t.make.session(meeting.id);
    const token = await t.make.token(successor.id);
    const reads = () => as(token, 'get', `/v1/sessions/${session.id}`);
    expect((await reads()).status).toBe(404);
    await t.make.deactivate(named.id);
    await reads().expect(200);
    await as(token, 'get', `/v1/meetings/${meeting.id}`).expect(200);
  });
});
