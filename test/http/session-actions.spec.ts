import { beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/platform/common/ids.js';
import type { Session } from '../../src/meetings/session.entity.js';
import { onBothDatabases } from '../support/app.js';
import { fieldsOf, type Neighbourhood, startNeighbourhood } from '../support/world.js';

onBothDatabases((kind) => {
  let n: Neighbourhood;
  let session: Session;
  let politie: string;
  beforeAll(async () => {
    n = await startNeighbourhood(kind);
    politie = n.organisations.politie.id;
    session = await n.make.session(n.meeting.id, { heldOn: '2026-06-01', state: 'open' });
    await n.make.session(n.meeting.id, { heldOn: '2026-07-06' });
  });
  const post = (body: object, who?: string, id = session.id) => n.post(`/v1/sessions/${id}/actions`, body, who);
  const record = async (body: object = {}) => (await post({ title: 'Extra lantaarn', ...body }).expect(201)).body;
  const titles = async (path: string, who?: string) =>
    (await n.get(path, who).expect(200)).body.items.map(({ title }: { title: string }) => title);

  it('records an action on the day of the session, with its item', async () => {
    const item = await n.make.agendaItem(session.id, { title: 'Verlichting' });
    const { body, headers } = await post({
      title: 'Extra lantaarn',
      agendaItemId: item.id,
      ownerId: politie,
      dueKind: 'next_session',
    }).expect(201);
    expect(body).toMatchObject({
      number: 'BOS-1',
      sessionId: session.id,
      sessionHeldOn: '2026-06-01',
      meetingName: 'Professionaloverleg Boskoop',
      agendaItemTitle: 'Verlichting',
      recordedOn: '2026-06-01',
      dueOn: '2026-07-06',
      allowed: expect.arrayContaining(['withdraw']),
    });
    expect(headers.location).toBe(`/v1/actions/${body.id}`);
    const history = await n.get(`/v1/actions/${body.id}/updates`).expect(200);
    expect(history.body.items).toMatchObject([{ kind: 'recorded', effectiveOn: '2026-06-01', sessionId: session.id }]);
  });

  it('may lack an owner and a deadline, and then exists only in its session', async () => {
    const { id } = await record({ title: 'Onaf' });
    expect(await titles(`/v1/sessions/${session.id}/actions`)).toContain('Onaf');
    // Others are told what was agreed when the session is closed.
    expect(await titles(`/v1/sessions/${session.id}/actions`, n.as.police)).toEqual([]);
    await n.get(`/v1/actions/${id}`, n.as.police).expect(404);
    expect(await titles('/v1/actions')).not.toContain('Onaf');
    await n
      .post(`/v1/actions/${id}/updates`, { ownerId: politie, dueOn: '2026-06-15', sessionId: session.id })
      .expect(201);
    expect(await titles('/v1/actions')).toContain('Onaf');
  });

  it('does not count a deadline that is changed on the day in the session itself', async () => {
    const { id } = await record({ ownerId: politie, dueOn: '2026-06-15' });
    const { body } = await n
      .post(`/v1/actions/${id}/updates`, { dueOn: '2026-06-22', sessionId: session.id })
      .expect(201);
    expect(body).toMatchObject({ effectiveOn: '2026-06-01', action: { dueOn: '2026-06-22', postponements: 0 } });
    await n.post(`/v1/actions/${id}/updates`, { dueOn: '2026-06-29' }).expect(400);
  });

  it('records for an area below that of the meeting, with the number of that area', async () => {
    const below = await n.make.area({ code: 'SNY', parentId: n.boskoop.id });
    const chair = await n.make.signedIn('chair', n.boskoop.id);
    expect((await post({ title: 'Snijdelwijk', areaId: below.id }, chair).expect(201)).body.number).toBe('SNY-1');
    const elsewhere = await n.make.area();
    expect(fieldsOf((await post({ title: 'X', areaId: elsewhere.id }).expect(400)).body)).toEqual(['areaId']);
  });

  it('belongs, recorded between meetings, to the meeting of the nearest area above that has one', async () => {
    const { make } = n;
    const municipality = await make.area({ kind: 'municipality' });
    const kern = await make.area({ kind: 'kern', parentId: municipality.id });
    const wijk = await make.area({ kind: 'wijk', parentId: kern.id });
    const buurt = await make.area({ kind: 'buurt', parentId: wijk.id });
    const chair = await make.signedIn('chair', kern.id);
    const meetingOf = async ({ id: areaId }: { id: string }) => {
      const body = { areaId, title: 'Bankje plaatsen', ownerId: politie, dueOn: '2026-06-16' };
      return (await n.post('/v1/actions', body, chair).expect(201)).body.meetingId;
    };
    expect(await meetingOf(buurt)).toBeNull();
    const ofKern = await make.meeting(kern.id);
    expect([await meetingOf(buurt), await meetingOf(wijk)]).toEqual([ofKern.id, ofKern.id]);
    const residents = await make.meeting(wijk.id, { kind: 'residents' });
    expect(await meetingOf(buurt)).toBe(residents.id);
    const ofWijk = await make.meeting(wijk.id);
    expect([await meetingOf(buurt), await meetingOf(kern)]).toEqual([ofWijk.id, ofKern.id]);
    await make.meeting(buurt.id, { endedOn: '2026-06-01' });
    expect(await meetingOf(buurt)).toBe(ofWijk.id);
    const own = await make.meeting(buurt.id);
    expect([await meetingOf(buurt), await meetingOf(wijk)]).toEqual([own.id, ofWijk.id]);
  });

  it('refuses an item of another session and a session that is not open', async () => {
    const planned = await n.make.session(n.meeting.id, { heldOn: '2026-08-01' });
    const item = await n.make.agendaItem(planned.id);
    expect(fieldsOf((await post({ title: 'X', agendaItemId: item.id }).expect(400)).body)).toEqual(['agendaItemId']);
    expect((await post({ title: 'X' }, n.as.chair, planned.id).expect(409)).body.code).toBe('SESSION_NOT_OPEN');
    await post({ title: 'X', meetingId: n.meeting.id }).expect(400);
  });

  it('is for the chairs of the meeting; whoever is not at the table does not know the session', async () => {
    await post({ title: 'X' }, n.as.police).expect(403);
    await post({ title: 'X' }, n.as.admin).expect(403);
    const otherChair = await n.make.signedIn('chair', (await n.make.area()).id);
    await post({ title: 'X' }, otherChair).expect(404);
    await post({ title: 'X' }, n.as.chair, newId()).expect(404);
    await n.get(`/v1/sessions/${session.id}/actions`, n.as.boa).expect(404);
    await n.get(`/v1/sessions/${session.id}/actions`, n.as.admin).expect(200);
  });

  describe('withdrawing', () => {
    it('takes an action out of every list, of earlier days too; its number is not used again', async () => {
      const { id, number } = await record({ title: 'Vergissing', ownerId: politie, dueOn: '2026-06-15' });
      await n.post(`/v1/actions/${id}/updates`, { comment: 'x' }).expect(201);
      const { body } = await n.put(`/v1/actions/${id}/withdrawal`, { reason: 'dubbel' }, 2).expect(200);
      expect(body).toMatchObject({ isWithdrawn: true, version: 3, allowed: [] });
      for (const path of [
        '/v1/actions',
        `/v1/sessions/${session.id}/actions`,
        '/v1/actions?asOf=2026-06-01',
        '/v1/actions?asOf=2026-06-02',
      ]) {
        expect(await titles(path)).not.toContain('Vergissing');
      }
      const next = await record();
      expect(Number(next.number.slice(4))).toBe(Number(number.slice(4)) + 1);
      expect((await n.post(`/v1/actions/${id}/updates`, { comment: 'x' }).expect(409)).body.code).toBe(
        'ACTION_WITHDRAWN',
      );
      await n.patch(`/v1/actions/${id}`, { title: 'X' }, 3).expect(409);
    });

    it('needs a reason, the version that was read, a chair, and the session still open', async () => {
      const { id } = await record({ ownerId: politie, dueOn: '2026-06-15' });
      expect(fieldsOf((await n.put(`/v1/actions/${id}/withdrawal`, {}, 1).expect(400)).body)).toEqual(['reason']);
      await n.put(`/v1/actions/${id}/withdrawal`, { reason: 'x' }, 9).expect(412);
      await n.put(`/v1/actions/${id}/withdrawal`, { reason: 'x' }, 1, n.as.police).expect(403);
      const closed = await n.make.session(n.meeting.id, { state: 'closed', heldOn: '2026-05-04' });
      const older = await n.make.action({ areaId: n.boskoop.id, meetingId: n.meeting.id, sessionId: closed.id });
      expect((await n.put(`/v1/actions/${older.id}/withdrawal`, { reason: 'x' }, 1).expect(409)).body.code).toBe(
        'SESSION_NOT_OPEN',
      );
    });
  });
});
