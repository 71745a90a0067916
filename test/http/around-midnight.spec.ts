import { beforeAll, describe, expect, it } from '@jest/globals';
import { onBothDatabases } from '../support/app.js';
import { Visitor } from '../support/visitor.js';
import { type Neighbourhood, startNeighbourhood } from '../support/world.js';

onBothDatabases((kind) => {
  let n: Neighbourhood;
  beforeAll(async () => {
    n = await startNeighbourhood(kind);
  });
  const owned = (dueOn: string) =>
    n.make.action({
      ...{ areaId: n.boskoop.id, meetingId: n.meeting.id, ownerId: n.organisations.politie.id },
      ...{ ownerPersonId: n.people.wijkagent.id, recordedOn: '2026-06-01', dueOn },
    });
  const late = async () => (await n.get('/v1/actions?overdue=true&pageSize=200', n.as.police).expect(200)).body.items;

  it.each([
    ['from Sunday to Monday', '2026-06-07', '2026-06-07T21:59:50Z', '2026-06-07T22:00:10Z'],
    ['in the night of the hour that exists twice', '2026-10-24', '2026-10-24T21:59:50Z', '2026-10-24T22:00:10Z'],
    ['after that night', '2026-10-25', '2026-10-25T22:59:50Z', '2026-10-25T23:00:10Z'],
    ['at New Year', '2026-12-31', '2026-12-31T22:59:50Z', '2026-12-31T23:00:10Z'],
    ['in the night of the hour that does not exist', '2027-03-27', '2027-03-27T22:59:50Z', '2027-03-27T23:00:10Z'],
    ['after that night', '2027-03-28', '2027-03-28T21:59:50Z', '2027-03-28T22:00:10Z'],
  ])('calls an action late from midnight here, %s, on every page and in the API', async (_, dueOn, before, after) => {
    const { id, number } = await owned(dueOn);
    n.clock.set(before);
    const visitor = await Visitor.of(n, n.people.wijkagent.id);
    const told = async () => ({
      api: (await late()).some((one: { id: string }) => one.id === id),
      mine: (await visitor.see('/mijn-acties')).split(`id="${number}"`)[1].split('</li>')[0].includes('1 dag te laat'),
      today: (await visitor.see('/')).split('id="te-laat"')[1]?.split('</section>')[0].includes(number) ?? false,
    });
    expect(await told()).toEqual({ api: false, mine: false, today: false });
    n.clock.set(after);
    expect(await told()).toEqual({ api: true, mine: true, today: true });
    await n.post(`/v1/actions/${id}/updates`, { status: 'done' }, n.as.police).expect(201);
  });

  describe('a session that is still open at New Year', () => {
    it('keeps its own day in the minutes and in what is recorded there, and what is said elsewhere has the new day', async () => {
      const [there, elsewhere] = [await owned('2027-02-01'), await owned('2027-02-01')];
      const session = await n.make.session(n.meeting.id, { heldOn: '2026-12-31' });
      n.clock.set('2026-12-31T22:30:00Z');
      await n.put(`/v1/sessions/${session.id}/opening`, {}, 1).expect(200);
      n.clock.set('2026-12-31T23:05:00Z');
      const finish = (id: string, fields: object, as: string) =>
        n.post(`/v1/actions/${id}/updates`, { status: 'done', ...fields }, as).expect(201);
      await finish(there.id, { sessionId: session.id }, n.as.chair);
      await finish(elsewhere.id, {}, n.as.police);
      const { body: made } = await n
        .post(`/v1/sessions/${session.id}/actions`, {
          ...{ title: 'Lampen ophangen', ownerId: n.organisations.politie.id, dueKind: 'date', dueOn: '2027-01-15' },
        })
        .expect(201);
      expect(made.recordedOn).toBe('2026-12-31');
      const desk = await (await Visitor.of(n, n.people.gebiedsadviseur.id)).see('/');
      expect(desk).toMatch(/De vergadering is bezig[^]*donderdag 31 december 2026/);
      const { version } = (await n.get(`/v1/sessions/${session.id}`)).body;
      await n.put(`/v1/sessions/${session.id}/closing`, {}, version).expect(200);
      const { body: minutes } = await n.get(`/v1/sessions/${session.id}/minutes`).expect(200);
      expect(minutes.heldOn).toBe('2026-12-31');
      expect(minutes.actions.map(({ number }: { number: string }) => number)).toEqual([made.number]);
      expect(minutes.reportedDone).toContainEqual(
        expect.objectContaining({ number: there.number, doneOn: '2026-12-31' }),
      );
      const doneOn = async (id: string) => (await n.get(`/v1/actions/${id}`)).body.doneOn;
      expect([await doneOn(there.id), await doneOn(elsewhere.id)]).toEqual(['2026-12-31', '2027-01-01']);
    });
  });

  it('answers a retry after midnight with what was stored before it, once', async () => {
    const body = {
      ...{ title: 'Schouw plannen', areaId: n.boskoop.id, ownerId: n.organisations.politie.id },
      ...{ dueKind: 'date', dueOn: '2026-06-07' },
    };
    const once = () => n.post('/v1/actions', body).set('Idempotency-Key', 'schouw-rond-middernacht');
    n.clock.set('2026-06-07T21:59:50Z');
    const first = await once().expect(201);
    n.clock.set('2026-06-07T22:00:10Z');
    expect((await once().expect(201)).body).toEqual(first.body);
    const found = (await late()).filter(({ title }: { title: string }) => title === 'Schouw plannen');
    expect(found).toMatchObject([{ id: first.body.id, daysOverdue: 1 }]);
  });

  it('keeps the order of what is said in the hour that exists twice', async () => {
    const { id } = await owned('2026-11-30');
    for (const [moment, status] of [
      ['2026-10-25T00:30:00Z', 'in_progress'],
      ['2026-10-25T01:30:00Z', 'done'],
    ]) {
      n.clock.set(moment);
      await n.post(`/v1/actions/${id}/updates`, { status }, n.as.police).expect(201);
    }
    const { items } = (await n.get(`/v1/actions/${id}/updates`).expect(200)).body;
    expect(items.slice(-2)).toMatchObject([
      { status: 'in_progress', effectiveOn: '2026-10-25' },
      { status: 'done', effectiveOn: '2026-10-25' },
    ]);
  });
});
