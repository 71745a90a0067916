import { beforeAll, expect, it } from '@jest/globals';
import { AgendaItemParty } from '../../src/meetings/agenda/agenda-item-party.entity.js';
import { newId } from '../../src/platform/common/ids.js';
import { onBothDatabases } from '../support/app.js';
import { type Neighbourhood, startNeighbourhood } from '../support/world.js';

onBothDatabases((kind) => {
  let n: Neighbourhood;
  let elsewhere: { areaId: string; meetingId: string };
  beforeAll(async () => {
    n = await startNeighbourhood(kind);
    const area = await n.make.area({ name: 'Zwammerdam', code: 'ZWA', kind: 'kern' });
    elsewhere = { areaId: area.id, meetingId: (await n.make.meeting(area.id)).id };
  });
  const here = () => ({ areaId: n.boskoop.id, meetingId: n.meeting.id, ownerId: n.organisations.politie.id });
  const secret = () => ({
    isConfidential: true,
    ownerId: n.organisations.politie.id,
    partyIds: [n.organisations.politie.id],
  });
  const plan = (fields: object) => ({
    ...{ title: 'Bankje plaatsen', ownerId: n.organisations.politie.id, dueOn: '2026-06-16' },
    ...fields,
  });

  it('names the action that was followed only to readers of that action', async () => {
    const hidden = await n.make.action({ ...here(), ...secret() });
    const foreign = await n.make.action({ ...elsewhere, ownerId: n.organisations.politie.id });
    for (const followed of [hidden, foreign]) {
      const { id } = await n.make.action({ ...here(), followsOnId: followed.id });
      await n.get(`/v1/actions/${followed.id}`).expect(404);
      const mine = await n.get(`/v1/actions/${id}`).expect(200);
      expect(mine.body).toMatchObject({ followsOnId: null, followsOnNumber: null });
      const theirs = await n.get(`/v1/actions/${id}`, n.as.police).expect(200);
      expect(theirs.body).toMatchObject({ followsOnId: followed.id, followsOnNumber: followed.number });
      const changed = await n.patch(`/v1/actions/${id}`, { title: 'Bankje verplaatsen' }, 1).expect(200);
      expect(changed.body.followsOnId).toBeNull();
      expect((await n.get(`/v1/actions/${id}`, n.as.police)).body.followsOnId).toBe(followed.id);
    }
  });

  it('names a goal and a confidential item only to those who may know them', async () => {
    const session = await n.make.session(n.meeting.id, { heldOn: '2026-06-02', state: 'closed' });
    const item = await n.make.agendaItem(session.id, {
      number: 'V1',
      isConfidential: true,
      title: 'Zorgen om een adres',
    });
    await n.make.row(AgendaItemParty, { agendaItemId: item.id, organisationId: n.organisations.politie.id });
    const partyIds = [n.organisations.politie.id, n.organisations.gemeente.id];
    const { id } = await n.make.action({
      ...{ ...here(), ...secret(), sessionId: session.id, agendaItemId: item.id, partyIds },
    });
    await n.get(`/v1/agenda-items/${item.id}`).expect(404);
    const mine = await n.get(`/v1/actions/${id}`).expect(200);
    expect(mine.body).toMatchObject({ agendaItemId: null, agendaItemTitle: null });
    const theirs = await n.get(`/v1/actions/${id}`, n.as.police).expect(200);
    expect(theirs.body).toMatchObject({ agendaItemId: item.id, agendaItemTitle: 'Zorgen om een adres' });

    const goal = await n
      .post('/v1/goals', { areaId: n.boskoop.id, kind: 'result', title: 'Minder zwerfvuil' })
      .expect(201);
    const served = await n.make.action({ ...here(), ownerId: n.organisations.habeko.id, goalId: goal.body.id });
    await n.get(`/v1/goals/${goal.body.id}`, n.as.habeko).expect(404);
    expect((await n.get(`/v1/actions/${served.id}`, n.as.habeko).expect(200)).body.goalId).toBeNull();
    expect((await n.get(`/v1/actions/${served.id}`).expect(200)).body.goalId).toBe(goal.body.id);
  });

  it('hides where an item was carried from to parties that joined later', async () => {
    const [first, second] = await Promise.all(
      ['2026-05-04', '2026-06-09'].map((heldOn) => n.make.session(n.meeting.id, { heldOn, state: 'closed' })),
    );
    const from = await n.make.agendaItem(first.id, { number: 'V1', isConfidential: true });
    const fields = { number: 'V1', isConfidential: true, carriedFromId: from.id };
    const to = await n.make.agendaItem(second.id, fields);
    const { politie, gemeente } = n.organisations;
    for (const [agendaItemId, organisationId] of [
      [from.id, politie.id],
      [to.id, politie.id],
      [to.id, gemeente.id],
    ])
      await n.make.row(AgendaItemParty, { agendaItemId, organisationId });
    expect((await n.get(`/v1/agenda-items/${to.id}`).expect(200)).body.carriedFromId).toBeNull();
    expect((await n.get(`/v1/agenda-items/${to.id}`, n.as.police).expect(200)).body.carriedFromId).toBe(from.id);
  });

  it('answers an action the caller may not read as an unknown one to follow', async () => {
    const foreign = await n.make.action({ ...elsewhere, ownerId: n.organisations.habeko.id });
    const mine = await n.make.action(here());
    for (const followsOnId of [foreign.id, newId()]) {
      const made = await n.post('/v1/actions', plan({ meetingId: n.meeting.id, followsOnId })).expect(400);
      expect(made.body.errors).toEqual([{ field: 'followsOnId', message: 'followsOnId is not an action' }]);
      const changed = await n.patch(`/v1/actions/${mine.id}`, { followsOnId }, 1).expect(400);
      expect(changed.body).toMatchObject({ errors: made.body.errors });
    }
  });

  it('answers a meeting the caller may not read as an unknown one', async () => {
    const [foreign, unknown] = await Promise.all(
      [elsewhere.meetingId, newId()].map(async (meetingId) => {
        const answers = [
          await n.post('/v1/actions', plan({ meetingId })),
          await n.post('/v1/actions', plan({ meetingId, areaId: n.boskoop.id })),
          await n.post('/v1/calendar-feeds', { meetingId }),
        ];
        return answers.map(({ status, body }) => ({ status, body }));
      }),
    );
    expect(foreign).toEqual(unknown);
    expect(foreign[0]).toMatchObject({ status: 400, body: { errors: [{ field: 'meetingId' }] } });
  });

  it('closes for a chair who may not know what is incomplete, with the same answers as if it were not there', async () => {
    const police = n.organisations.politie;
    const parties = { isConfidential: true, partyIds: [police.id] };
    const held = async (isSecretive: boolean) => {
      const session = await n.make.session(n.meeting.id, { heldOn: '2026-06-02', state: 'open' });
      await n.make.agendaItem(session.id, { notes: 'Besproken.' });
      const within = { ...here(), sessionId: session.id, ...parties };
      const hidden = isSecretive && {
        topic: await n.make.agendaItem(session.id, { number: 'V1', title: 'Casus', partyIds: [police.id] }),
        bare: await n.make.action({ ...within, ownerId: null, dueKind: null, dueOn: null }),
        returned: await n.make.action({ ...within, ownerId: null, isHandedBack: true }),
      };
      const page = await n.get(`/vergaderingen/${session.id}?stap=afsluiten`);
      const { status, body } = await n.put(`/v1/sessions/${session.id}/closing`, {}, 1);
      const told = JSON.stringify([status, body, page.text]).replaceAll(session.id, 'ID');
      return {
        hidden,
        status,
        told: told.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|data-version=."[^"]+"|T\d\d:[\d:.]+Z/g, '…'),
      };
    };
    const { told } = await held(false);
    const secretive = await held(true);
    expect(secretive.status).toBe(200);
    expect(secretive.told.split('\\n')).toEqual(told.split('\\n'));
    const { topic, bare, returned } = secretive.hidden as Exclude<typeof secretive.hidden, false>;
    await n.make.grant(n.people.wijkagent.id, 'chair', n.boskoop.id);
    const see = async (path: string) => (await n.get(path, n.as.police).expect(200)).body;
    expect(await see(`/v1/agenda-items/${topic.id}`)).toMatchObject({ state: 'not_discussed' });
    expect(await see(`/v1/actions/${bare.id}`)).toMatchObject({ ownerId: police.id, dueKind: 'next_session' });
    expect(await see(`/v1/actions/${returned.id}`)).toMatchObject({ ownerId: null, isHandedBack: true });
    const { items: updates } = await see(`/v1/actions/${bare.id}/updates`);
    expect(updates.at(-1).comment).toMatch(/^Aangevuld bij het afsluiten/);
  });
});
