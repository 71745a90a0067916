import { beforeAll, expect, it } from '@jest/globals';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';
import { layTable } from '../support/world.js';

/** What others see of a session: agenda and attendance while it is open, new actions when it is closed, minutes when sent. */
onBothDatabases((kind) => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
  });

  const laid = async () => {
    const table = await layTable(t);
    const { as, chair, partner, meeting, police, area } = table;
    const taken = await t.make.action({
      meetingId: meeting.id,
      areaId: area.id,
      ownerId: police.id,
      dueOn: '2026-12-31',
    });
    const session = await t.make.session(meeting.id, { heldOn: '2026-06-02' });
    const item = await t.make.agendaItem(session.id);
    const path = `/v1/sessions/${session.id}`;
    const read = async (who = chair) => (await as(who, 'get', path).expect(200)).body;
    const put = async (state: string) =>
      as(chair, 'put', `${path}/${state}`, undefined, (await read()).version).expect(200);
    await put('opening');
    const list = async (what: string, who: string) => (await as(who, 'get', `${path}/${what}`).expect(200)).body.items;
    const [treated] = await list('discussions', chair);
    const note = { outcome: 'discussed', note: 'Wacht op de aannemer.' };
    await as(chair, 'patch', `/v1/discussions/${treated.id}`, note, 1).expect(200);
    const said = { notes: 'BOR ruimt op.', decision: 'Elke week.', state: 'discussed' };
    await as(chair, 'patch', `/v1/agenda-items/${item.id}`, said, 1).expect(200);
    const { body: fresh } = await as(chair, 'post', `${path}/actions`, {
      ...{ title: 'Bladkorf plaatsen', ownerId: police.id, dueOn: '2026-06-15' },
    }).expect(201);
    const send = async () => {
      const { headers } = await as(chair, 'get', `${path}/minutes`).expect(200);
      await t.api.put(`${path}/minutes/dispatch`).set('Authorization', chair).set('If-Match', headers.etag).expect(200);
    };
    const notes = async (who: string) =>
      (await as(who, 'get', `/v1/actions/${taken.id}/notes`).expect(200)).body.items as object[];
    const csv = async (who: string) => {
      const list = t.api.get(`/v1/actions?meeting=${meeting.id}`).set('Authorization', who);
      return (await list.set('Accept', 'text/csv').expect(200)).text;
    };
    const history = async (personId: string) => (await Visitor.of(t, personId)).see(`/acties/${taken.id}`);
    return { ...table, notes, csv, history, taken, item, fresh, path, read, put, list, send, by: { chair, partner } };
  };
  const isKnown = async (l: Awaited<ReturnType<typeof laid>>, who: string) => {
    const { body } = await l.as(who, 'get', `/v1/actions?meeting=${l.meeting.id}`).expect(200);
    const listed = body.items.some(({ id }: { id: string }) => id === l.fresh.id);
    const ofSession = (await l.list('actions', who)).length === 1;
    const { status } = await l.as(who, 'get', `/v1/actions/${l.fresh.id}`);
    expect([listed, ofSession]).toEqual([status === 200, status === 200]);
    return listed;
  };

  it('shows agenda and attendance while it is open, and nothing of what is said and agreed', async () => {
    const l = await laid();
    const [item] = await l.list('agenda-items', l.partner);
    expect(item).toMatchObject({ title: 'Zwerfvuil', notes: null, decision: null, state: 'accepted' });
    expect((await l.as(l.partner, 'get', `/v1/agenda-items/${l.item.id}`).expect(200)).body).toEqual(item);
    await l.as(l.partner, 'get', `${l.path}/attendances`).expect(200);
    expect(await l.list('discussions', l.partner)).toEqual([]);
    expect((await l.read(l.partner)).counts).toMatchObject({ agendaItems: 1, discussions: 0, actions: 0 });
    expect(await isKnown(l, l.partner)).toBe(false);
    expect(await isKnown(l, l.chair)).toBe(true);
    const { body: action } = await l.as(l.partner, 'get', `/v1/actions/${l.taken.id}`).expect(200);
    expect(action.discussedOn).toEqual([]);
    expect(await l.notes(l.partner)).toEqual([]);
    expect(await l.history(l.partnerPerson.id)).not.toContain('Wacht op de aannemer.');
    expect(await l.csv(l.partner)).not.toContain('Wacht op de aannemer.');
    expect(await l.csv(l.chair)).toContain(';02-06-2026: Wacht op de aannemer.');
    expect(await l.notes(l.chair)).toMatchObject([
      { sessionId: l.path.split('/').at(-1), heldOn: '2026-06-02', note: 'Wacht op de aannemer.' },
    ]);
    expect(await l.history(l.chairPerson.id)).toContain('Besproken: Wacht op de aannemer.');
    await l.as(l.partner, 'post', `/v1/actions/${l.fresh.id}/updates`, { comment: 'Ik weet ervan.' }).expect(404);
  });

  it('shows new actions when it is closed, and what was said when its minutes are sent', async () => {
    const l = await laid();
    await l.put('closing');
    expect(await isKnown(l, l.partner)).toBe(true);
    expect((await l.list('agenda-items', l.partner))[0]).toMatchObject({ notes: null, decision: null });
    expect(await l.list('discussions', l.partner)).toEqual([]);
    expect((await l.as(l.partner, 'get', '/v1/decisions').expect(200)).body.items).toEqual([]);
    expect(await l.notes(l.partner)).toEqual([]);
    await l.send();
    expect(await l.notes(l.partner)).toMatchObject([{ note: 'Wacht op de aannemer.' }]);
    expect(await l.history(l.partnerPerson.id)).toContain('Besproken: Wacht op de aannemer.');
    expect(await l.csv(l.partner)).toContain(';02-06-2026: Wacht op de aannemer.');
    expect((await l.list('agenda-items', l.partner))[0]).toMatchObject({
      notes: 'BOR ruimt op.',
      decision: 'Elke week.',
    });
    expect(await l.list('discussions', l.partner)).toMatchObject([{ note: 'Wacht op de aannemer.' }]);
    expect((await l.as(l.partner, 'get', '/v1/decisions').expect(200)).body.items).toHaveLength(1);
  });

  it('says with each action what was said about it last time: at a session, else by its owner', async () => {
    const l = await laid();
    const { area, meeting, police, as } = l;
    const other = await t.make.action({
      meetingId: meeting.id,
      areaId: area.id,
      ownerId: police.id,
      dueOn: '2026-12-31',
    });
    const silent = await t.make.action({
      meetingId: meeting.id,
      areaId: area.id,
      ownerId: police.id,
      dueOn: '2026-12-31',
    });
    await l.put('closing');
    for (const { id } of [l.taken, other]) {
      await as(l.partner, 'post', `/v1/actions/${id}/updates`, { comment: 'De aannemer is ziek.' }).expect(201);
    }
    await as(l.chair, 'post', `/v1/actions/${silent.id}/updates`, { comment: 'Van de voorzitter.' }).expect(201);
    const returned = await t.make.action({ meetingId: meeting.id, areaId: area.id, ownerId: police.id });
    const notOurs = { handBack: true, reason: 'Dit is van de gemeente.' };
    await as(l.partner, 'post', `/v1/actions/${returned.id}/updates`, notOurs).expect(201);
    t.clock.set('2026-06-30T10:00:00Z');
    const next = await t.make.session(meeting.id, { heldOn: '2026-06-30' });
    await as(l.chair, 'put', `/v1/sessions/${next.id}/opening`, undefined, 1).expect(200);
    const { body } = await as(l.chair, 'get', `/v1/sessions/${next.id}/discussions`).expect(200);
    const last = new Map(body.items.map((one: { actionId: string; lastTime: object }) => [one.actionId, one.lastTime]));
    const status = null;
    expect(last.get(l.taken.id)).toEqual({
      on: '2026-06-02',
      saidBy: 'session',
      text: 'Wacht op de aannemer.',
      status,
    });
    expect(last.get(other.id)).toMatchObject({ on: '2026-06-02', saidBy: 'owner', text: 'De aannemer is ziek.' });
    expect(last.get(silent.id)).toBeNull();
    expect(last.get(returned.id)).toMatchObject({ saidBy: 'owner', text: 'Dit is van de gemeente.' });
    const { body: action } = await as(l.chair, 'get', `/v1/actions/${l.taken.id}`).expect(200);
    expect(action).not.toHaveProperty('isProvisional');
  });
});
