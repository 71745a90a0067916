import { beforeAll, expect, it } from '@jest/globals';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { sentMinutes } from '../support/minutes.js';
import { layTable } from '../support/world.js';

onBothDatabases((kind) => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
  });
  const register = async () => {
    const table = await layTable(t);
    const session = await t.make.session(table.meeting.id, { heldOn: '2026-03-03', state: 'closed' });
    await t.make.agendaItem(session.id, { number: '3', position: 1, decision: 'BOR ruimt twee keer per week op.' });
    await t.make.agendaItem(session.id, { number: '4', position: 2, title: 'Fietsen', decision: null });
    await sentMinutes(t, session.id);
    return { ...table, session };
  };

  it('lists the decisions of closed sessions with a number of their own', async () => {
    const { as, partner, area, meeting, session } = await register();
    const open = await t.make.session(meeting.id, { heldOn: '2026-06-02', state: 'open' });
    await t.make.agendaItem(open.id, { number: '1', decision: 'Nog niet vast.' });
    const { body } = await as(partner, 'get', '/v1/decisions').expect(200);
    expect(body).toMatchObject({ total: 1, page: 1 });
    expect(body.items).toMatchObject([
      {
        number: `${area.code}-2026-03-03/3`,
        title: 'Zwerfvuil',
        decision: 'BOR ruimt twee keer per week op.',
        heldOn: '2026-03-03',
        sessionId: session.id,
        meetingName: meeting.name,
        areaName: area.name,
        isConfidential: false,
        partyIds: [],
      },
    ]);
  });

  it('finds by area with what is below it, meeting, days and words, whatever the capitals', async () => {
    const { as, chairPerson, chair, area, meeting } = await register();
    const team = await t.make.area({ kind: 'team' });
    const below = await t.make.area({ parentId: team.id });
    await t.make.grant(chairPerson.id, 'chair', team.id);
    const other = await t.make.meeting(below.id);
    const later = await t.make.session(other.id, { heldOn: '2026-05-05', state: 'closed' });
    await t.make.agendaItem(later.id, { title: 'Schouw', decision: 'De ÉÉRSTE schouw is in juni.' });
    const titles = async (query: string) => {
      const { body } = await as(chair, 'get', `/v1/decisions${query}`).expect(200);
      expect(body.total).toBe(body.items.length);
      return body.items.map(({ title }: { title: string }) => title);
    };
    expect(await titles('')).toEqual(['Schouw', 'Zwerfvuil']);
    expect(await titles('?sort=heldOn')).toEqual(['Zwerfvuil', 'Schouw']);
    expect(await titles(`?area=${team.id}`)).toEqual(['Schouw']);
    expect(await titles(`?area=${area.id}`)).toEqual(['Zwerfvuil']);
    expect(await titles(`?meeting=${meeting.id}`)).toEqual(['Zwerfvuil']);
    expect(await titles('?from=2026-03-04')).toEqual(['Schouw']);
    expect(await titles('?until=2026-03-03')).toEqual(['Zwerfvuil']);
    expect(await titles('?q=ruimt%20TWEE')).toEqual(['Zwerfvuil']);
    expect(await titles('?q=%C3%A9%C3%A9rste')).toEqual(['Schouw']);
    expect(await titles('?q=100%25')).toEqual([]);
  });

  it('keeps confidential decisions to their parties, in the list, its total and the search, and logs who read them', async () => {
    const { as, partner, chair, police, partnerPerson, session } = await register();
    const text = { decision: 'De sleutel ligt bij de politie.', title: 'Convenant' };
    await t.make.agendaItem(session.id, { ...text, number: 'V1', position: 3, partyIds: [police.id] });
    expect((await as(chair, 'get', '/v1/decisions').expect(200)).body).toMatchObject({ total: 1 });
    expect((await as(chair, 'get', '/v1/decisions?q=sleutel').expect(200)).body).toMatchObject({ total: 0, items: [] });
    const { body } = await as(partner, 'get', '/v1/decisions?q=sleutel').expect(200);
    expect(body.items).toMatchObject([{ title: 'Convenant', isConfidential: true, partyIds: [police.id] }]);
    const { body: trail } = await as(partner, 'get', '/v1/audit-entries').expect(200);
    const read = trail.items.filter(({ operation }: { operation: string }) => operation === 'decisions.read');
    expect(read).toMatchObject([{ actorId: partnerPerson.id }]);
  });

  it('shows nothing of other people’s meetings, and refuses anyone who may read no sessions', async () => {
    await register();
    const { as, partner } = await layTable(t);
    expect((await as(partner, 'get', '/v1/decisions').expect(200)).body.total).toBe(0);
    await as(await t.make.signedIn('reader'), 'get', '/v1/decisions').expect(403);
    await t.api.get('/v1/decisions').expect(401);
  });

  it('names every wrong filter at once', async () => {
    const { as, chair } = await register();
    const { body } = await as(chair, 'get', '/v1/decisions?area=x&from=2026-02-30&until=soon&page=0').expect(400);
    expect(body.errors.map(({ field }: { field: string }) => field).sort()).toEqual(['area', 'from', 'page', 'until']);
    await as(chair, 'get', '/v1/decisions?sort=title').expect(400);
  });
});
