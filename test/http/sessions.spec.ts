import { beforeAll, expect, it } from '@jest/globals';
import { Minutes } from '../../src/minutes/minutes.entity.js';
import { newId } from '../../src/platform/common/ids.js';
import { rows } from '../../src/platform/database/rows.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { layTable } from '../support/world.js';

onBothDatabases((kind) => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
  });
  const table = (fields = {}) => layTable(t, fields);
  const versionsOf = (sessionId: string) =>
    rows<{ number: number }>(
      t.database.reader,
      `SELECT v."number" FROM "minutes_versions" v JOIN "minutes" m ON m."id" = v."minutesId" WHERE m."sessionId" = $1`,
      [sessionId],
    );

  it('plans a session with the default agenda numbered from 1, also on a day in the past', async () => {
    const { chair, as, meeting } = await table({
      place: 'Dorpshuis',
      defaultAgenda: [
        { kind: 'opening', title: 'Opening' },
        { kind: 'any_other_business', title: 'Rondvraag' },
      ],
    });
    const { body, headers } = await as(chair, 'post', `/v1/meetings/${meeting.id}/sessions`, {
      heldOn: '2026-05-26',
    }).expect(201);
    expect(body).toMatchObject({
      state: 'planned',
      heldOn: '2026-05-26',
      startTime: '10:00',
      place: 'Dorpshuis',
      meetingName: meeting.name,
      counts: { agendaItems: 2, discussions: 0 },
      version: 1,
    });
    expect(headers.location).toBe(`/v1/sessions/${body.id}`);
    const items = await as(chair, 'get', `/v1/sessions/${body.id}/agenda-items`).expect(200);
    expect(items.body.items).toMatchObject([
      { number: '1', position: 1, kind: 'opening', state: 'accepted' },
      { number: '2', position: 2, title: 'Rondvraag' },
    ]);
  });

  it('repeats a planning by its Idempotency-Key, also when the deadline of a secret action went along', async () => {
    const { chair, as, meeting, area, police } = await table();
    const hanging = { meetingId: meeting.id, areaId: area.id, dueKind: 'next_session', dueOn: null } as const;
    await t.make.action({ ...hanging, ownerId: police.id, isConfidential: true, partyIds: [police.id] });
    const key = newId();
    const plan = () =>
      as(chair, 'post', `/v1/meetings/${meeting.id}/sessions`, { heldOn: '2026-06-23' }).set('Idempotency-Key', key);
    const { body } = await plan().expect(201);
    const again = await plan().expect(201);
    expect([again.body, again.headers['idempotency-replayed']]).toEqual([body, 'true']);
    const followed = await rows(t.database.reader, 'SELECT "dueOn" FROM "actions" WHERE "meetingId" = $1', [
      meeting.id,
    ]);
    expect(followed).toEqual([{ dueOn: '2026-06-23' }]);
  });

  it('plans an extra session without an agenda, with voorzitter and notulist', async () => {
    const { chair, as, meeting, chairPerson, partnerPerson } = await table();
    const path = `/v1/meetings/${meeting.id}/sessions`;
    const fields = { heldOn: '2026-06-09', isExtra: true, withoutAgenda: true, chairId: chairPerson.id };
    const { body } = await as(chair, 'post', path, { ...fields, secretaryId: partnerPerson.id }).expect(201);
    expect(body).toMatchObject({
      isExtra: true,
      chairName: 'gebiedsadviseur Boskoop',
      secretaryName: 'wijkagent Boskoop',
      counts: { agendaItems: 0 },
    });
  });

  it('refuses days that do not exist, times as days, and people that are unknown', async () => {
    const { chair, as, meeting } = await table();
    const path = `/v1/meetings/${meeting.id}/sessions`;
    await as(chair, 'post', path, { heldOn: '2026-02-30' }).expect(400);
    await as(chair, 'post', path, { heldOn: '2026-06-02T10:00' }).expect(400);
    const unknown = '019300a0-0000-7000-8000-000000000000';
    const wrong = { heldOn: '2026-06-09', chairId: unknown, endTime: '09:00' };
    const { body } = await as(chair, 'post', path, wrong).expect(400);
    expect(body.errors).toMatchObject([{ field: 'chairId' }, { field: 'endTime' }]);
    expect((await as(chair, 'get', path).expect(200)).body.total).toBe(0);
  });

  it('plans once for a repeated Idempotency-Key', async () => {
    const { chair, as, meeting } = await table();
    const path = `/v1/meetings/${meeting.id}/sessions`;
    const plan = () => as(chair, 'post', path, { heldOn: '2026-06-09' }).set('Idempotency-Key', 'once');
    const first = await plan().expect(201);
    expect((await plan().expect(201)).body).toEqual(first.body);
    expect((await as(chair, 'get', path)).body.total).toBe(1);
  });

  it('plans nothing after the last day of a meeting, and moves nothing past it', async () => {
    const { chair, as, meeting } = await table({ endedOn: '2026-06-08' });
    const path = `/v1/meetings/${meeting.id}/sessions`;
    expect((await as(chair, 'post', path, { heldOn: '2026-06-09' }).expect(409)).body.code).toBe('MEETING_ENDED');
    const { body: session } = await as(chair, 'post', path, { heldOn: '2026-06-08' }).expect(201);
    const moved = await as(chair, 'patch', `/v1/sessions/${session.id}`, { heldOn: '2026-06-09' }, 1).expect(409);
    expect(moved.body.code).toBe('MEETING_ENDED');
  });

  it('moves a session under the same id, tells the calendars, and notes it once', async () => {
    const { chair, as, meeting, area } = await table();
    const session = await t.make.session(meeting.id, { heldOn: '2026-06-09' });
    const hanging = { meetingId: meeting.id, areaId: area.id, dueKind: 'next_session', dueOn: '2026-06-09' } as const;
    const action = await t.make.action({ ...hanging, recordedOn: '2026-05-05' });
    const path = `/v1/sessions/${session.id}`;
    const { body } = await as(chair, 'patch', path, { heldOn: '2026-06-16', startTime: '13:00' }, 1).expect(200);
    expect(body).toMatchObject({ id: session.id, heldOn: '2026-06-16', calendarSequence: 1, version: 2 });
    const later = await as(chair, 'patch', path, { place: 'Dorpshuis', heldOn: '2026-06-16' }, 2).expect(200);
    expect(later.body.calendarSequence).toBe(2);
    const same = await as(chair, 'patch', path, { place: 'Dorpshuis', heldOn: '2026-06-16' }, 3).expect(200);
    expect(same.body.calendarSequence).toBe(2);
    const { items } = (await as(chair, 'get', `/v1/actions/${action.id}/updates`)).body;
    expect(items.map(({ dueOn }: { dueOn: string }) => dueOn)).toEqual(['2026-06-09', '2026-06-16']);
    await as(chair, 'patch', path, { place: 'Anders' }, 2).expect(412);
  });

  it('lists sessions by meeting, state and days, newest first or by day', async () => {
    const { chair, as, meeting, area } = await table();
    await t.make.session(meeting.id, { heldOn: '2026-05-05', state: 'closed' });
    await t.make.session(meeting.id, { heldOn: '2026-06-09' });
    await t.make.session(meeting.id, { heldOn: '2026-07-07' });
    const days = async (query: string) =>
      (await as(chair, 'get', `/v1/sessions?${query}`).expect(200)).body.items.map((s: { heldOn: string }) => s.heldOn);
    expect(await days(`meeting=${meeting.id}`)).toEqual(['2026-07-07', '2026-06-09', '2026-05-05']);
    expect(await days(`area=${area.id}&state=planned&sort=heldOn`)).toEqual(['2026-06-09', '2026-07-07']);
    expect(await days('from=2026-05-05&until=2026-06-09&sort=-heldOn')).toEqual(['2026-06-09', '2026-05-05']);
    await as(chair, 'get', '/v1/sessions?sort=place').expect(400);
    const stranger = await table();
    expect((await as(stranger.chair, 'get', '/v1/sessions').expect(200)).body.total).toBe(0);
    await as(stranger.chair, 'get', `/v1/meetings/${meeting.id}/sessions`).expect(404);
  });

  it('opens one session of a meeting at a time and names the one that is open', async () => {
    const { chair, as, meeting } = await table();
    const first = await t.make.session(meeting.id, { heldOn: '2026-05-26' });
    const second = await t.make.session(meeting.id);
    const { body } = await as(chair, 'put', `/v1/sessions/${first.id}/opening`, undefined, 1).expect(200);
    expect(body).toMatchObject({ state: 'open', openedAt: expect.any(String), version: 2 });
    const refused = await as(chair, 'put', `/v1/sessions/${second.id}/opening`, undefined, 1).expect(409);
    expect(refused.body.code).toBe('ANOTHER_SESSION_OPEN');
    expect(refused.body.detail).toContain(first.id);
  });

  it('opens only one of two sessions that are opened at the same moment', async () => {
    const { chair, as, meeting } = await table();
    const sessions = [await t.make.session(meeting.id), await t.make.session(meeting.id)];
    const answers = await Promise.all(
      sessions.map(({ id }) => as(chair, 'put', `/v1/sessions/${id}/opening`, undefined, 1)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('leaves opening to the chairs of the area', async () => {
    const { partner, as, meeting } = await table();
    const { id } = await t.make.session(meeting.id);
    const admin = await t.make.signedIn('admin');
    const stranger = await table();
    await as(partner, 'put', `/v1/sessions/${id}/opening`, undefined, 1).expect(403);
    await as(admin, 'put', `/v1/sessions/${id}/opening`, undefined, 1).expect(403);
    await as(stranger.chair, 'put', `/v1/sessions/${id}/opening`, undefined, 1).expect(404);
    await t.api.put(`/v1/sessions/${id}/opening`).expect(401);
    expect((await as(admin, 'get', `/v1/sessions/${id}`).expect(200)).body.state).toBe('planned');
  });

  it('does not close while an action has no owner or deadline or a topic is empty, naming each', async () => {
    const { chair, as, meeting, area } = await table();
    const session = await t.make.session(meeting.id, { state: 'open' });
    await t.make.agendaItem(session.id, { number: '1', kind: 'opening' });
    const empty = await t.make.agendaItem(session.id, { number: '2', position: 2 });
    const recorded = { sessionId: session.id, meetingId: meeting.id, areaId: area.id };
    const bare = await t.make.action({ ...recorded, ownerId: null, dueKind: null, dueOn: null });
    await t.make.action({ ...recorded, ownerId: null, isWithdrawn: true });
    const close = (version: number) => as(chair, 'put', `/v1/sessions/${session.id}/closing`, undefined, version);
    const { body } = await close(1).expect(409);
    expect(body.code).toBe('CANNOT_CLOSE');
    expect(body.errors.map(({ field }: { field: string }) => field)).toEqual(['2', bare.number, bare.number]);
    expect((await as(chair, 'get', `/v1/sessions/${session.id}`)).body).toMatchObject({ state: 'open', version: 1 });
    await as(chair, 'patch', `/v1/agenda-items/${empty.id}`, { state: 'adjourned' }, 1).expect(200);
    expect((await close(1).expect(409)).body.errors).toHaveLength(2);
  });

  it('closes a complete session, marks its topics discussed and composes once', async () => {
    const { chair, as, meeting, area } = await table();
    const session = await t.make.session(meeting.id, { state: 'open' });
    const topic = await t.make.agendaItem(session.id, { notes: 'Besproken.' });
    const other = await t.make.agendaItem(session.id, { number: '2', position: 2 });
    await t.make.action({ sessionId: session.id, meetingId: meeting.id, areaId: area.id, agendaItemId: other.id });
    const key = newId();
    const close = (version: number) =>
      as(chair, 'put', `/v1/sessions/${session.id}/closing`, undefined, version).set('Idempotency-Key', key);
    const { body } = await close(1).expect(200);
    expect(body).toMatchObject({ state: 'closed', closedAt: expect.any(String), version: 2 });
    await close(1).expect(412);
    expect((await close(2).expect(200)).body).toEqual(body);
    expect(await versionsOf(session.id)).toEqual([{ number: 1 }]);
    for (const { id } of [topic, other]) {
      expect((await as(chair, 'get', `/v1/agenda-items/${id}`)).body.state).toBe('discussed');
    }
  });

  it('lets topics stay empty in the short form, but not actions', async () => {
    const { chair, as, meeting, area } = await table({ minutesForm: 'decisions_and_actions' });
    const session = await t.make.session(meeting.id, { state: 'open' });
    await t.make.agendaItem(session.id);
    const action = await t.make.action({ sessionId: session.id, areaId: area.id, ownerId: null });
    const close = () => as(chair, 'put', `/v1/sessions/${session.id}/closing`, undefined, 1);
    expect((await close().expect(409)).body.errors.map(({ field }: { field: string }) => field)).toEqual([
      action.number,
    ]);
  });

  it('does not take a confidential action for the content of an open topic, which would read as left empty', async () => {
    const { chair, as, meeting, police, area } = await table();
    const session = await t.make.session(meeting.id, { state: 'open' });
    const topic = await t.make.agendaItem(session.id);
    const within = { sessionId: session.id, meetingId: meeting.id, areaId: area.id, agendaItemId: topic.id };
    await t.make.action({ ...within, ownerId: police.id, isConfidential: true, partyIds: [police.id] });
    const close = () => as(chair, 'put', `/v1/sessions/${session.id}/closing`, undefined, 1);
    expect((await close().expect(409)).body.errors.map(({ field }: { field: string }) => field)).toEqual(['1']);
    await t.make.action(within);
    await close().expect(200);
  });

  it('does not close what is planned or cancelled', async () => {
    const { chair, as, meeting } = await table();
    for (const state of ['planned', 'cancelled'] as const) {
      const { id } = await t.make.session(meeting.id, { state });
      const { body } = await as(chair, 'put', `/v1/sessions/${id}/closing`, undefined, 1).expect(409);
      expect(body.code).toBe('SESSION_NOT_OPEN');
    }
  });

  it('cancels only a planned session, with a reason, and keeps it', async () => {
    const { chair, as, meeting } = await table();
    const { id } = await t.make.session(meeting.id);
    const path = `/v1/sessions/${id}/cancellation`;
    await as(chair, 'put', path, {}, 1).expect(400);
    const { body } = await as(chair, 'put', path, { reason: 'Te weinig aanmeldingen.' }, 1).expect(200);
    expect(body).toMatchObject({ state: 'cancelled', cancellationReason: 'Te weinig aanmeldingen.', version: 2 });
    await as(chair, 'put', path, { reason: 'Nog eens.' }, 2).expect(409);
    await as(chair, 'put', `/v1/sessions/${id}/opening`, undefined, 2).expect(409);
    const open = await t.make.session(meeting.id, { state: 'open' });
    await as(chair, 'put', `/v1/sessions/${open.id}/cancellation`, { reason: 'x' }, 1).expect(409);
  });

  it('reopens a closed session with a reason, while its minutes are not adopted', async () => {
    const { chair, as, meeting } = await table();
    const session = await t.make.session(meeting.id, { state: 'closed', closedAt: '2026-06-01T10:00:00.000Z' });
    const minutes = { sessionId: session.id, currentNumber: 1, sentAt: null, adoptedAt: null, adoptedInId: null };
    await t.make.row(Minutes, { id: newId(), ...minutes, state: 'sent', version: 1 });
    const reopen = (id: string, version: number) =>
      as(chair, 'put', `/v1/sessions/${id}/reopening`, { reason: 'Een besluit ontbreekt.' }, version);
    const { body } = await reopen(session.id, 1).expect(200);
    expect(body).toMatchObject({ state: 'open', reopeningReason: 'Een besluit ontbreekt.', closedAt: null });
    const adopted = await t.make.session(meeting.id, { state: 'closed' });
    await t.make.row(Minutes, { id: newId(), ...minutes, sessionId: adopted.id, state: 'adopted', version: 1 });
    expect((await reopen(adopted.id, 1).expect(409)).body.code).toBe('MINUTES_ADOPTED');
    const closed = await t.make.session(meeting.id, { state: 'closed' });
    expect((await reopen(closed.id, 1).expect(409)).body.code).toBe('ANOTHER_SESSION_OPEN');
  });

  it('does not change a closed session', async () => {
    const { chair, as, meeting } = await table();
    const { id } = await t.make.session(meeting.id, { state: 'closed' });
    const { body } = await as(chair, 'patch', `/v1/sessions/${id}`, { place: 'Elders' }, 1).expect(409);
    expect(body.code).toBe('SESSION_CLOSED');
  });
});
