import { beforeAll, expect, it } from '@jest/globals';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { layTable } from '../support/world.js';

/** Once minutes with a confidential action have been sent, no party can be removed from it. */
onBothDatabases((kind) => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
  });
  const laid = async () => {
    const table = await layTable(t);
    const { as, chair, meeting, area, gemeente, police } = table;
    const housing = await t.make.organisation();
    const partyIds = [gemeente.id, police.id, housing.id];
    const { id } = await t.make.session(meeting.id, { heldOn: '2026-06-02' });
    const path = `/v1/sessions/${id}`;
    const versionOf = async (of: string) => (await as(chair, 'get', of).expect(200)).body.version;
    const put = async (name: string, body?: object) =>
      as(chair, 'put', `${path}/${name}`, body, await versionOf(path)).expect(200);
    return {
      ...{ ...table, path, partyIds, put, versionOf, id },
      without: async (what: string) => {
        const body = { partyIds: partyIds.slice(0, 2) };
        return as(chair, 'patch', what, body, await versionOf(what));
      },
      send: async () => {
        const { headers } = await as(chair, 'get', `${path}/minutes`).expect(200);
        await as(chair, 'put', `${path}/minutes/dispatch`).set('If-Match', headers.etag).expect(200);
      },
      secret: (fields: object = {}) =>
        t.make.action({
          ...{ areaId: area.id, meetingId: meeting.id, ownerId: police.id, isConfidential: true, partyIds },
          ...{ recordedOn: '2026-05-05', dueOn: '2026-07-01', ...fields },
        }),
    };
  };

  it('keeps them when the session is reopened', async () => {
    const l = await laid();
    await l.put('opening');
    const fields = { title: 'Huisbezoek', ownerId: l.police.id, dueOn: '2026-07-01', isConfidential: true };
    const recorded = await l.as(l.chair, 'post', `${l.path}/actions`, { ...fields, partyIds: l.partyIds }).expect(201);
    await l.put('closing');
    await l.send();
    await l.put('reopening', { reason: 'Iets vergeten.' });
    const { body } = await l.without(`/v1/actions/${recorded.body.id}`);
    expect(body).toMatchObject({ status: 409, code: 'MINUTES_SENT' });
    expect((await l.as(l.chair, 'get', `/v1/actions/${recorded.body.id}`)).body.partyIds).toHaveLength(3);
  });

  it('keeps them when it was discussed there, and not when nobody spoke of it', async () => {
    const l = await laid();
    const [spoken, folded] = [await l.secret({ number: `X${l.area.code}-V1` }), await l.secret()];
    await l.put('opening');
    const { items } = (await l.as(l.chair, 'get', `${l.path}/discussions`).expect(200)).body;
    const { id: discussion } = items.find((one: { actionId: string }) => one.actionId === spoken.id);
    await l.as(l.chair, 'patch', `/v1/discussions/${discussion}`, { note: 'Loopt.' }, 1).expect(200);
    await l.put('closing');
    await l.send();
    expect((await l.without(`/v1/actions/${spoken.id}`)).body).toMatchObject({ status: 409, code: 'MINUTES_SENT' });
    expect((await l.without(`/v1/actions/${folded.id}`)).body).toMatchObject({ partyIds: l.partyIds.slice(0, 2) });
  });

  it('keeps them when those of its item change', async () => {
    const l = await laid();
    const past = await t.make.session(l.meeting.id, { heldOn: '2026-05-05', state: 'closed' });
    const item = await t.make.agendaItem(past.id, { number: 'V1', notes: 'x', partyIds: l.partyIds });
    const action = await l.secret({ sessionId: past.id, agendaItemId: item.id });
    await l.put('opening');
    await l.as(l.chair, 'post', `/v1/actions/${action.id}/updates`, { comment: 'x', sessionId: l.id }).expect(201);
    await l.put('closing');
    await l.send();
    const parties = { partyIds: l.partyIds.slice(0, 2) };
    const { body } = await l.as(l.chair, 'put', `/v1/agenda-items/${item.id}/parties`, parties, 1);
    expect(body).toMatchObject({ status: 409, code: 'MINUTES_SENT' });
  });
});
