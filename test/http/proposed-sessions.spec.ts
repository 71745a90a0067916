import { beforeAll, expect, it } from '@jest/globals';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { layTable } from '../support/world.js';

onBothDatabases((kind) => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-09-01' });
  });
  const days = (body: { items: { heldOn: string }[] }) => body.items.map(({ heldOn }) => heldOn);

  it('proposes by the rhythm, at ten across the change of summer time', async () => {
    const { as, partner, meeting } = await layTable(t, { rhythm: 'FREQ=MONTHLY;BYDAY=1TU', place: 'Dorpshuis' });
    await t.make.session(meeting.id, { heldOn: '2026-09-01' });
    const { body } = await as(partner, 'get', `/v1/meetings/${meeting.id}/proposed-sessions?count=2`).expect(200);
    expect(body).toEqual({
      items: [
        {
          heldOn: '2026-10-06',
          startTime: '10:00',
          endTime: '11:30',
          place: 'Dorpshuis',
          startsAt: '2026-10-06T08:00:00.000Z',
        },
        {
          heldOn: '2026-11-03',
          startTime: '10:00',
          endTime: '11:30',
          place: 'Dorpshuis',
          startsAt: '2026-11-03T09:00:00.000Z',
        },
      ],
    });
  });

  it('counts "every six weeks" from the last session, not from today, and not from an extra one', async () => {
    const { as, chair, meeting } = await layTable(t, { rhythm: 'FREQ=WEEKLY;INTERVAL=6;BYDAY=TH' });
    await t.make.session(meeting.id, { heldOn: '2026-06-11', state: 'closed' });
    await t.make.session(meeting.id, { heldOn: '2026-08-20', isExtra: true });
    const { body } = await as(chair, 'get', `/v1/meetings/${meeting.id}/proposed-sessions?count=3`).expect(200);
    expect(days(body)).toEqual(['2026-09-03', '2026-10-15', '2026-11-26']);
  });

  it('goes on from the day a session was planned for when it was moved, and does not propose that day again', async () => {
    const { as, chair, meeting } = await layTable(t, { rhythm: 'FREQ=WEEKLY;INTERVAL=6' });
    const path = `/v1/meetings/${meeting.id}/proposed-sessions?count=2`;
    const { body: session } = await as(chair, 'post', `/v1/meetings/${meeting.id}/sessions`, { heldOn: '2026-09-17' });
    expect(days((await as(chair, 'get', path).expect(200)).body)).toEqual(['2026-10-29', '2026-12-10']);
    for (const [index, heldOn] of ['2026-09-08', '2026-09-25', '2026-09-10'].entries()) {
      await as(chair, 'patch', `/v1/sessions/${session.id}`, { heldOn }, index + 1).expect(200);
      expect(days((await as(chair, 'get', path).expect(200)).body)).toEqual(['2026-10-29', '2026-12-10']);
    }
  });

  it('counts COUNT over the whole series, from the day the meeting has that rhythm', async () => {
    const { as, chair, meeting } = await layTable(t, { rhythm: 'FREQ=MONTHLY;BYDAY=1TU;COUNT=3' });
    const path = `/v1/meetings/${meeting.id}/proposed-sessions`;
    const plan = (fields: object) => as(chair, 'post', `/v1/meetings/${meeting.id}/sessions`, fields).expect(201);
    // The first can be held today.
    expect(days((await as(chair, 'get', path)).body)).toEqual(['2026-09-01', '2026-10-06', '2026-11-03']);
    await plan({ heldOn: '2026-10-06' });
    await plan({ heldOn: '2026-10-20', isExtra: true });
    expect(days((await as(chair, 'get', path)).body)).toEqual(['2026-11-03', '2026-12-01']);
    await plan({ heldOn: '2026-11-03' });
    await plan({ heldOn: '2026-12-01' });
    expect(days((await as(chair, 'get', path)).body)).toEqual([]);
    t.clock.set('2026-12-02T10:00:00Z');
    await as(chair, 'patch', `/v1/meetings/${meeting.id}`, { rhythm: 'FREQ=MONTHLY;BYDAY=1TU;COUNT=2' }, 1).expect(200);
    expect(days((await as(chair, 'get', path)).body)).toEqual(['2027-01-05', '2027-02-02']);
  });

  it('leaves out days with a session, holidays on request, and days after the end of the meeting', async () => {
    const fields = { rhythm: 'FREQ=MONTHLY;BYMONTHDAY=25', skipsHolidays: true, endedOn: '2027-01-31' };
    const { as, chair, meeting } = await layTable(t, fields);
    await t.make.session(meeting.id, { heldOn: '2026-08-25' });
    await t.make.session(meeting.id, { heldOn: '2026-10-25', isExtra: true });
    const { body } = await as(chair, 'get', `/v1/meetings/${meeting.id}/proposed-sessions`).expect(200);
    expect(days(body)).toEqual(['2026-09-25', '2026-11-25', '2027-01-25']);
  });

  it('proposes what can be planned as it stands', async () => {
    const { as, chair, meeting } = await layTable(t, { rhythm: 'FREQ=MONTHLY;BYDAY=1TU', place: 'Dorpshuis' });
    const path = `/v1/meetings/${meeting.id}/proposed-sessions?count=1`;
    const { startsAt, ...fields } = (await as(chair, 'get', path).expect(200)).body.items[0];
    expect(startsAt).toBe('2026-09-01T08:00:00.000Z');
    await as(chair, 'post', `/v1/meetings/${meeting.id}/sessions`, fields).expect(201);
    expect(days((await as(chair, 'get', path).expect(200)).body)).toEqual(['2026-10-06']);
  });

  it('proposes nothing without a rhythm', async () => {
    const { as, chair, meeting } = await layTable(t);
    const { body } = await as(chair, 'get', `/v1/meetings/${meeting.id}/proposed-sessions`).expect(200);
    expect(body).toEqual({ items: [] });
  });

  it('refuses counts out of range and hides meetings of others', async () => {
    const { as, chair, meeting } = await layTable(t, { rhythm: 'FREQ=DAILY' });
    const path = `/v1/meetings/${meeting.id}/proposed-sessions`;
    await as(chair, 'get', `${path}?count=0`).expect(400);
    await as(chair, 'get', `${path}?count=61`).expect(400);
    await as(chair, 'get', `${path}?count=many`).expect(400);
    const other = await layTable(t);
    await as(other.chair, 'get', path).expect(404);
    await as(other.partner, 'get', path).expect(404);
    await t.api.get(path).expect(401);
  });
});
