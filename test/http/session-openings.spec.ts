import { beforeAll, expect, it } from '@jest/globals';
import { Session } from '../../src/meetings/session.entity.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { rows } from '../../src/platform/database/rows.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { layTable } from '../support/world.js';
import { Visitor } from '../support/visitor.js';

onBothDatabases((kind) => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
  });
  const change = (id: string, fields: Partial<Session>) =>
    t.app.get(Transactions).run((manager) => manager.update(Session, id, fields));
  const laid = async () => {
    const table = await layTable(t);
    const { as, chair, meeting } = table;
    const read = async (id: string) => (await as(chair, 'get', `/v1/sessions/${id}`).expect(200)).body;
    const put = async (id: string, name: string, status = 200, body?: object) =>
      (await as(chair, 'put', `/v1/sessions/${id}/${name}`, body, (await read(id)).version).expect(status)).body;
    return {
      ...table,
      read,
      put,
      session: (fields: object = {}) => t.make.session(meeting.id, { heldOn: '2026-06-02', ...fields }),
      undo: async (id: string, status = 200, token = chair) =>
        (await as(token, 'delete', `/v1/sessions/${id}/opening`, undefined, (await read(id)).version).expect(status))
          .body,
    };
  };

  it('does not open a session before its day, and says what to do; moved to today it opens', async () => {
    const l = await laid();
    const { id } = await l.session({ heldOn: '2026-06-03' });
    const refused = await l.put(id, 'opening', 409);
    expect(refused).toMatchObject({ code: 'SESSION_AHEAD', detail: expect.stringContaining('2026-06-03') });
    const page = await (await Visitor.of(t, l.chairPerson.id)).see(`/vergaderingen/${id}`);
    expect(page).not.toContain('Vergadering beginnen');
    expect(page).toContain('Op de dag zelf begint u de vergadering');
    await l.as(l.chair, 'patch', `/v1/sessions/${id}`, { heldOn: '2026-06-02' }, 1).expect(200);
    expect(await l.put(id, 'opening')).toMatchObject({ state: 'open' });
  });

  it('neither closes nor sends one that was opened before its day; it can be moved to today', async () => {
    const l = await laid();
    const open = await l.session({ heldOn: '2026-07-07', state: 'open', openedAt: '2026-06-01T10:00:00.000Z' });
    expect(await l.put(open.id, 'closing', 409)).toMatchObject({ code: 'SESSION_AHEAD' });
    await l.as(l.chair, 'patch', `/v1/sessions/${open.id}`, { heldOn: '2026-06-02' }, 1).expect(200);
    await l.put(open.id, 'closing');
    const sent = await laid();
    const closed = await sent.session();
    await sent.put(closed.id, 'opening');
    await sent.put(closed.id, 'closing');
    await change(closed.id, { heldOn: '2026-06-30' });
    const path = `/v1/sessions/${closed.id}/minutes`;
    const { headers } = await sent.as(sent.chair, 'get', path).expect(200);
    const dispatch = await t.api.put(`${path}/dispatch`).set('Authorization', sent.chair).set('If-Match', headers.etag);
    expect(dispatch.body).toMatchObject({ status: 409, code: 'SESSION_AHEAD' });
  });

  it('takes back the opening of the wrong session while nothing is recorded, so that the right one can open', async () => {
    const l = await laid();
    const past = await l.session({ heldOn: '2026-05-05', state: 'closed' });
    const untreated = await t.make.agendaItem(past.id, { title: 'Zwerfvuil', state: 'adjourned' });
    const [wrong, right] = [await l.session({ heldOn: '2026-05-26' }), await l.session()];
    const action = await t.make.action({ meetingId: l.meeting.id, areaId: l.area.id, recordedOn: '2026-05-05' });
    await l.put(wrong.id, 'opening');
    expect(await l.put(right.id, 'opening', 409)).toMatchObject({ code: 'ANOTHER_SESSION_OPEN' });
    await l.undo(wrong.id, 403, l.partner);
    expect(await l.undo(wrong.id)).toMatchObject({
      state: 'planned',
      openedAt: null,
      counts: { discussions: 0 },
    });
    expect(await l.undo(wrong.id, 409)).toMatchObject({ code: 'SESSION_NOT_OPEN' });
    expect(await l.put(right.id, 'opening')).toMatchObject({ counts: { discussions: 1, agendaItems: 1 } });
    const list = async (what: string) =>
      (await l.as(l.chair, 'get', `/v1/sessions/${right.id}/${what}`).expect(200)).body.items;
    expect(await list('discussions')).toMatchObject([{ actionId: action.id }]);
    expect(await list('agenda-items')).toMatchObject([{ title: 'Zwerfvuil', carriedFromId: untreated.id }]);
    const { body } = await l.as(l.chair, 'get', `/v1/sessions/${wrong.id}/agenda-items`).expect(200);
    expect(body.items).toEqual([]);
  });

  it('keeps open what something was recorded in, or what was closed before', async () => {
    const l = await laid();
    const record = {
      action: (id: string) => l.as(l.chair, 'post', `/v1/sessions/${id}/actions`, { title: 'Extra lantaarn' }),
      note: async (id: string) => {
        const [one] = (await l.as(l.chair, 'get', `/v1/sessions/${id}/discussions`)).body.items;
        return l.as(l.chair, 'patch', `/v1/discussions/${one.id}`, { note: 'Loopt.' }, one.version);
      },
      update: async (id: string) => {
        const [one] = (await l.as(l.chair, 'get', `/v1/sessions/${id}/discussions`)).body.items;
        return l.as(l.chair, 'post', `/v1/actions/${one.actionId}/updates`, { comment: 'x', sessionId: id });
      },
      item: async (id: string) => {
        const { body } = await l.as(l.chair, 'post', `/v1/sessions/${id}/agenda-items`, { title: 'Zwerfvuil' });
        return l.as(l.chair, 'patch', `/v1/agenda-items/${body.id}`, { notes: 'Wordt geruimd.' }, 1);
      },
      guest: (id: string) =>
        l.as(l.chair, 'post', `/v1/sessions/${id}/attendances`, { guestName: 'stagiair', status: 'present' }),
    };
    await t.make.action({ meetingId: l.meeting.id, areaId: l.area.id, recordedOn: '2026-05-05' });
    for (const name of ['action', 'note', 'update', 'item', 'guest'] as const) {
      const { id } = await l.session();
      await l.put(id, 'opening');
      expect((await record[name](id)).ok).toBe(true);
      expect([name, await l.undo(id, 409)]).toMatchObject([name, { code: 'SESSION_BEGUN' }]);
      await change(id, { state: 'cancelled' });
    }
    const other = await laid();
    const { id } = await other.session();
    await other.put(id, 'opening');
    await other.put(id, 'closing');
    await other.put(id, 'reopening', 200, { reason: 'Iets vergeten.' });
    expect(await other.undo(id, 409)).toMatchObject({ code: 'SESSION_BEGUN' });
  });

  it('takes it back alike when only something confidential to others was recorded, which stays', async () => {
    const l = await laid();
    const { id: partyId } = await t.make.organisation();
    const secret = { areaId: l.area.id, isConfidential: true, partyIds: [partyId], ownerId: partyId };
    const known = await t.make.action({ ...secret, meetingId: l.meeting.id, recordedOn: '2026-05-05' });
    const { id } = await l.session();
    await l.put(id, 'opening');
    await t.database.writer.query(`UPDATE "discussions" SET "note" = 'Stil' WHERE "actionId" = '${known.id}'`);
    const fresh = await t.make.action({ ...secret, meetingId: l.meeting.id, sessionId: id });
    expect(await l.undo(id, 200)).toMatchObject({ state: 'planned' });
    const kept = await rows(t.database.reader, 'SELECT "note" FROM "discussions" WHERE "sessionId" = $1', [id]);
    expect(kept).toEqual([{ note: 'Stil' }]);
    expect((await l.put(id, 'opening')).state).toBe('open');
    const sql = 'SELECT "sessionId" FROM "actions" WHERE "id" = $1';
    expect(await rows(t.database.reader, sql, [fresh.id])).toEqual([{ sessionId: id }]);
  });

  it('does not take over what was recorded in that session itself when it is opened again', async () => {
    const l = await laid();
    const { id: partyId } = await t.make.organisation();
    const { id: personId } = await t.make.person();
    await t.make.member(personId, partyId);
    await t.make.grant(personId, 'chair', l.area.id);
    const party = await t.make.token(personId);
    const { id } = await l.session();
    await l.put(id, 'opening');
    const secret = { title: 'Huisbezoek', isConfidential: true, partyIds: [partyId], ownerId: partyId };
    await l.as(party, 'post', `/v1/sessions/${id}/actions`, secret).expect(201);
    await l.undo(id);
    await l.put(id, 'opening');
    expect((await l.as(party, 'get', `/v1/sessions/${id}/discussions`).expect(200)).body.items).toEqual([]);
  });

  it('moves an open session in which nothing was written to another day, planned again, and the rest follows', async () => {
    const l = await laid();
    const { id } = await l.session();
    const later = await l.session({ heldOn: '2026-07-07' });
    const action = await t.make.action({
      ...{ meetingId: l.meeting.id, areaId: l.area.id, recordedOn: '2026-05-05', dueKind: 'next_session' },
      dueOn: '2026-06-02',
    });
    await l.put(id, 'opening');
    const seat = { personId: l.partnerPerson.id, organisationId: l.police.id, status: 'absent' };
    await l.as(l.chair, 'post', `/v1/sessions/${id}/attendances`, seat).expect(201);
    const { version } = await l.read(id);
    await l.as(l.partner, 'patch', `/v1/sessions/${id}`, { heldOn: '2026-06-09' }, version).expect(403);
    await l.as(l.chair, 'patch', `/v1/sessions/${id}`, { heldOn: '2026-06-09' }, version).expect(200);
    expect(await l.read(id)).toMatchObject({ state: 'planned', heldOn: '2026-06-09', openedAt: null });
    const counts = await rows(
      t.database.reader,
      `SELECT (SELECT count(*) FROM "attendances" WHERE "sessionId" = $1) AS "attendances",
         (SELECT count(*) FROM "discussions" WHERE "sessionId" = $1) AS "discussions",
         (SELECT count(*) FROM "outgoing_messages" WHERE "batchId" = $1 AND "kind" = 'session-moved') AS "mails"`,
      [id],
    );
    expect(counts).toEqual([{ attendances: 0, discussions: 0, mails: 2 }]);
    const moved = (await l.as(l.chair, 'get', `/v1/actions/${action.id}`).expect(200)).body;
    expect(moved).toMatchObject({ dueOn: '2026-06-09', postponements: 0 });
    await l.as(l.chair, 'patch', `/v1/sessions/${later.id}`, { heldOn: '2026-06-02' }, 1).expect(200);
    await l.put(later.id, 'opening');
    await l.as(l.chair, 'post', `/v1/sessions/${later.id}/actions`, { title: 'Extra lantaarn' }).expect(201);
    const refused = await l.as(
      l.chair,
      'patch',
      `/v1/sessions/${later.id}`,
      { heldOn: '2026-06-16' },
      (await l.read(later.id)).version,
    );
    expect(refused.body).toMatchObject({ status: 409, code: 'SESSION_BEGUN' });
    const page = await (await Visitor.of(t, l.chairPerson.id)).see(`/vergaderingen/${later.id}`);
    expect(page).toContain('De datum staat vast: in deze vergadering is al iets opgeschreven.');
  });

  it('is taken back by a chair with the attendance that was noted, which goes; by the notulist only before that', async () => {
    const l = await laid();
    const { id } = await l.session({ secretaryId: l.partnerPerson.id });
    await l.put(id, 'opening');
    await l
      .as(l.chair, 'post', `/v1/sessions/${id}/attendances`, { guestName: 'stagiair', status: 'present' })
      .expect(201);
    const all = `/v1/sessions/${id}/opening?discardsAttendance=true`;
    const { version } = await l.read(id);
    await l.as(l.partner, 'delete', all, undefined, version).expect(403);
    expect(await l.undo(id, 409, l.partner)).toMatchObject({ code: 'SESSION_BEGUN' });
    const visitor = await Visitor.of(t, l.chairPerson.id);
    const here = `/vergaderingen/${id}`;
    expect(await visitor.see(here)).toContain('Terug naar gepland');
    await visitor.post(`${here}/terugzetten`, { version: String(version), aanwezigheid: 'vervalt' }, here);
    expect(await l.read(id)).toMatchObject({ state: 'planned' });
    const left = await rows(t.database.reader, 'SELECT "id" FROM "attendances" WHERE "sessionId" = $1', [id]);
    expect(left).toEqual([]);
  });

  it('offers on the page to take it back as long as nothing was recorded', async () => {
    const l = await laid();
    const { id } = await l.session({ heldOn: '2026-05-26' });
    const visitor = await Visitor.of(t, l.chairPerson.id);
    expect(await visitor.see(`/vergaderingen/${id}`)).toContain(
      'Toch beginnen: de vergadering van dinsdag 26 mei 2026',
    );
    const here = `/vergaderingen/${id}`;
    const begin = (more: object) => visitor.post(`${here}/openen`, { version: '1', asked: 'true', ...more }, here);
    const asked = await begin({});
    expect(asked.text).toContain('Zet een vinkje als u haar toch wilt beginnen.');
    expect(asked.text).toContain('Ja, ik begin nu de vergadering van dinsdag 26 mei 2026');
    expect(await l.read(id)).toMatchObject({ state: 'planned' });
    expect((await begin({ confirmed: 'true' })).status).toBe(303);
    expect(await l.read(id)).toMatchObject({ state: 'open' });
    expect(await visitor.see(`/vergaderingen/${id}`)).toContain('Toch nog niet beginnen');
    await visitor.post(
      `/vergaderingen/${id}/terugzetten`,
      { version: String((await l.read(id)).version) },
      `/vergaderingen/${id}`,
    );
    expect(await l.read(id)).toMatchObject({ state: 'planned' });
    await l.put(id, 'opening');
    await l.as(l.chair, 'post', `/v1/sessions/${id}/actions`, { title: 'Extra lantaarn' }).expect(201);
    expect(await visitor.see(`/vergaderingen/${id}`)).not.toContain('Toch nog niet beginnen');
  });
});
