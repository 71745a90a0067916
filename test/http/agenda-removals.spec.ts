import { beforeAll, expect, it } from '@jest/globals';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { layTable } from '../support/world.js';

onBothDatabases((kind) => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
  });
  const laid = async () => {
    const table = await layTable(t);
    const session = await t.make.session(table.meeting.id, { heldOn: '2026-06-02', state: 'open' });
    const remove = async (id: string, status: number, who = table.chair) =>
      (await table.as(who, 'delete', `/v1/agenda-items/${id}`, undefined, 1).expect(status)).body;
    return { ...table, session, remove };
  };

  it('takes an item off the agenda while nothing was recorded at it', async () => {
    const { as, chair, partner, session, remove, police, area, meeting } = await laid();
    const item = await t.make.agendaItem(session.id);
    await remove(item.id, 403, partner);
    await remove(item.id, 204);
    await as(chair, 'get', `/v1/agenda-items/${item.id}`).expect(404);
    const noted = await t.make.agendaItem(session.id, { number: '2', notes: 'BOR kijkt.' });
    const agreed = await t.make.agendaItem(session.id, { number: '3' });
    const place = { areaId: area.id, meetingId: meeting.id, sessionId: session.id, agendaItemId: agreed.id };
    await t.make.action({ ...place, ownerId: police.id });
    for (const { id } of [noted, agreed]) expect(await remove(id, 409)).toMatchObject({ code: 'ITEM_IN_USE' });
    const proposed = await t.make.agendaItem(session.id, { number: '4', state: 'proposed' });
    expect(await remove(proposed.id, 409)).toMatchObject({ code: 'ITEM_PROPOSED' });
    const hidden = await t.make.agendaItem(session.id, { number: 'V1', partyIds: [police.id] });
    await remove(hidden.id, 404);
  });

  it('changes what an item is called and who brings it in', async () => {
    const { as, chair, session, police } = await laid();
    const { id } = await t.make.agendaItem(session.id);
    const path = `/v1/agenda-items/${id}`;
    const named = { title: 'Zwerfvuil bij het station', proposedById: police.id };
    const { body } = await as(chair, 'patch', path, named, 1).expect(200);
    expect(body).toMatchObject({ ...named, proposedByName: police.name });
    expect((await as(chair, 'patch', path, { proposedById: null }, 2).expect(200)).body.proposedById).toBeNull();
    await as(chair, 'patch', path, { proposedById: session.id }, 3).expect(400);
  });
});
