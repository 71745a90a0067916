import { beforeAll, expect, it } from '@jest/globals';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { layTable } from '../support/world.js';

/** "Volgend overleg" while no next session is planned. */
onBothDatabases((kind) => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
  });
  const laid = async () => {
    const table = await layTable(t);
    const { as, chair, area, police, meeting } = table;
    await t.make.contact(police.id, table.partnerPerson.id);
    const read = async (id: string) => (await as(chair, 'get', `/v1/actions/${id}`).expect(200)).body;
    const fields = { title: 'Schouw', areaId: area.id, ownerId: police.id, dueKind: 'next_session' };
    return {
      ...table,
      read,
      record: async () => (await as(chair, 'post', '/v1/actions', fields).expect(201)).body,
      plan: async (heldOn: string) =>
        (await as(chair, 'post', `/v1/meetings/${meeting.id}/sessions`, { heldOn, withoutAgenda: true }).expect(201))
          .body,
      reasons: async () => {
        const { body } = await as(table.partner, 'get', '/v1/digests/preview').expect(200);
        return (body.reasons as { reason: string }[]).map(({ reason }) => reason);
      },
      enter: async (id: string, body: object) =>
        (await as(chair, 'post', `/v1/actions/${id}/updates`, body).expect(201)).body.action,
    };
  };

  it('is asked for after 28 days, in the weekly mail of its owner and first at the table', async () => {
    const l = await laid();
    const { id, checkOn } = await l.record();
    expect(checkOn).toBe('2026-06-30');
    t.clock.set('2026-06-30T10:00:00Z');
    expect(await l.reasons()).toEqual(['not_due']);
    t.clock.set('2026-07-01T10:00:00Z');
    expect(await l.reasons()).toEqual(['status_asked']);
    expect(await l.enter(id, { comment: 'Nog niet.' })).toMatchObject({ dueOn: null, checkOn: '2026-07-29' });
  });

  it('has its date and no check date once a session is planned, and the other way round when that is cancelled', async () => {
    const l = await laid();
    const { id } = await l.record();
    const session = await l.plan('2026-07-07');
    expect(await l.read(id)).toMatchObject({ dueOn: '2026-07-07', checkOn: null });
    t.clock.set('2026-06-10T10:00:00Z');
    await l.as(l.chair, 'put', `/v1/sessions/${session.id}/cancellation`, { reason: 'Vakantie.' }, 1).expect(200);
    expect(await l.read(id)).toMatchObject({ dueOn: null, checkOn: '2026-07-08', postponements: 0 });
    // A newer agreement is left alone, even if something of an earlier day is entered.
    expect(await l.enter(id, { dueOn: '2026-09-01' })).toMatchObject({ dueOn: '2026-09-01', checkOn: null });
    const late = { comment: 'Gebeld.', effectiveOn: '2026-06-03' };
    expect(await l.enter(id, late)).toMatchObject({ dueOn: '2026-09-01', checkOn: null });
  });

  it('gets a check date when a deadline is postponed to it', async () => {
    const l = await laid();
    const { id } = await t.make.action({ meetingId: l.meeting.id, areaId: l.area.id, dueOn: '2026-06-20' });
    const put = { dueKind: 'next_session', reason: 'Wacht op de raad.' };
    expect(await l.enter(id, put)).toMatchObject({ dueOn: null, checkOn: '2026-06-30', postponements: 1 });
    expect(await l.enter(id, { dueOn: '2026-06-25' })).toMatchObject({ dueOn: '2026-06-25', checkOn: null });
  });
});
