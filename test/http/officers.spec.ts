import { beforeAll, expect, it } from '@jest/globals';
import { PERMISSIONS, type Permission, type Role, type Scope } from '../../src/platform/access/permissions.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { bodyOf } from '../support/bodies.js';
import { type Operation, operationsOf } from '../support/operations.js';
import { Visitor } from '../support/visitor.js';
import { layTable } from '../support/world.js';

/** What the voorzitter and the notulist appointed for a session may do there, and nowhere else. */
onBothDatabases((kind) => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
  });

  /** The notulist is neither a member nor a participant of anything. `other` is another session of the same meeting. */
  const laid = async () => {
    const table = await layTable(t);
    const { as, chair, meeting, area, police, gemeente } = table;
    const person = await t.make.person({ name: 'notulist' });
    const own = (await as(chair, 'post', `/v1/meetings/${meeting.id}/sessions`, { heldOn: '2026-06-02' }).expect(201))
      .body;
    const other = (await as(chair, 'post', `/v1/meetings/${meeting.id}/sessions`, { heldOn: '2026-06-02' }).expect(201))
      .body;
    const action = await t.make.action({
      areaId: area.id,
      meetingId: meeting.id,
      ownerId: police.id,
      dueOn: '2026-12-31',
    });
    const partyIds = [gemeente.id, police.id];
    const secret = await t.make.action({
      ...{ areaId: area.id, meetingId: meeting.id, ownerId: police.id },
      dueOn: '2026-12-31',
      isConfidential: true,
      partyIds,
    });
    const hidden = await t.make.agendaItem(own.id, {
      number: 'V1',
      position: 99,
      kind: 'closing',
      title: 'Geheim',
      partyIds,
    });
    const token = await t.make.token(person.id);
    const version = async (id: string) => (await as(chair, 'get', `/v1/sessions/${id}`).expect(200)).body.version;
    const name = async (fields: object) =>
      as(chair, 'patch', `/v1/sessions/${own.id}`, fields, await version(own.id)).expect(200);
    const put = async (who: string, state: string, id = own.id) =>
      as(who, 'put', `/v1/sessions/${id}/${state}`, undefined, await version(id));
    return { ...table, person, own, other, action, secret, hidden, token, version, name, put };
  };
  type Laid = Awaited<ReturnType<typeof laid>>;

  const sent = async ({ as, token, own }: Laid) => {
    const { headers } = await as(token, 'get', `/v1/sessions/${own.id}/minutes`).expect(200);
    const dispatch = t.api.put(`/v1/sessions/${own.id}/minutes/dispatch`).set('Authorization', token);
    return dispatch.set('If-Match', headers.etag);
  };

  it('can be chosen from the people expected and from who replaces them that day', async () => {
    const l = await laid();
    const offered = async (id: string) => {
      const page = await (await Visitor.of(t, l.chairPerson.id)).see(`/vergaderingen/${id}`);
      return /<select[^>]*name="chairId"[^]*?<\/select>/.exec(page)![0];
    };
    const { id: later } = await t.make.session(l.meeting.id, { heldOn: '2026-06-17' });
    expect(await offered(l.own.id)).not.toContain('>vervanger<');
    const stand = await t.make.person({ name: 'vervanger' });
    const values = `"replacementId" = '${stand.id}', "replacementUntilOn" = '2026-06-16'`;
    await t.database.writer.query(`UPDATE "people" SET ${values} WHERE "id" = '${l.chairPerson.id}'`);
    expect(await offered(l.own.id)).toContain('>vervanger<');
    expect(await offered(later)).not.toContain('>vervanger<');
  });

  it('is listed with those expected, though no participant, and stands in the minutes as present', async () => {
    const l = await laid();
    const list = async (id: string) => (await l.as(l.chair, 'get', `/v1/sessions/${id}/attendances`).expect(200)).body;
    const { organisations } = await list(l.own.id);
    await l.name({ secretaryId: l.person.id, chairId: l.chairPerson.id });
    const named = await list(l.own.id);
    expect(named.organisations).toEqual(organisations);
    expect(named.items.filter(({ personId }: { personId: string }) => personId === l.person.id)).toEqual([
      expect.objectContaining({ name: 'notulist', status: null, role: null }),
    ]);
    expect(named.items).toHaveLength(3);
    expect((await list(l.other.id)).items).toHaveLength(2);
    await l.put(l.chair, 'opening');
    const visitor = await Visitor.of(t, l.person.id);
    const path = `/vergaderingen/${l.own.id}`;
    expect((await visitor.post(`${path}/aanwezigheid`, { rest: 'present' }, path)).status).toBe(303);
    expect((await list(l.own.id)).items).toHaveLength(3);
    await l.put(l.token, 'closing');
    const { body } = await l.as(l.chair, 'get', `/v1/sessions/${l.own.id}/minutes`).expect(200);
    expect(body.attendance.present.map(({ name }: { name: string }) => name)).toContain('notulist');
  });

  it('runs a whole session from planned to sent, and nothing after that, from the next request', async () => {
    const l = await laid();
    const { as, token, own } = l;
    const path = `/v1/sessions/${own.id}`;
    await as(token, 'get', path).expect(403);
    await l.name({ secretaryId: l.person.id });
    expect((await as(token, 'get', '/v1/me').expect(200)).body).toMatchObject({
      roles: ['officer'],
      sessionIds: [own.id],
    });
    const { body: item } = await as(token, 'post', `${path}/agenda-items`, { title: 'Speeltuin' }).expect(201);
    expect(item).toMatchObject({ state: 'accepted' });
    expect((await l.put(token, 'opening')).status).toBe(200);
    await as(token, 'patch', `/v1/agenda-items/${item.id}`, { notes: 'BOR kijkt.' }, 1).expect(200);
    await as(token, 'post', `${path}/attendances`, { guestName: 'stagiair', status: 'present' }).expect(201);
    const [{ id: treated }] = (await as(token, 'get', `${path}/discussions`).expect(200)).body.items;
    await as(token, 'patch', `/v1/discussions/${treated}`, { outcome: 'discussed', note: 'Loopt.' }, 1).expect(200);
    const update = { status: 'in_progress', sessionId: own.id };
    await as(token, 'post', `/v1/actions/${l.action.id}/updates`, update).expect(201);
    const fresh = { title: 'Bankje', ownerId: l.police.id, dueOn: '2026-06-30' };
    const { body: added } = await as(token, 'post', `${path}/actions`, fresh).expect(201);
    await as(token, 'patch', `/v1/actions/${added.id}`, { title: 'Bankje plaatsen' }, 1).expect(200);
    const line = { line: 'politie: bankje, 30 juni', sessionId: own.id };
    await as(token, 'post', '/v1/actions/interpretation', line).expect(200);
    expect((await l.put(token, 'closing')).body).toMatchObject({ state: 'closed' });
    expect((await sent(l)).status).toBe(200);
    expect((await as(l.chair, 'get', `${path}/minutes`).expect(200)).body.state).toBe('sent');
    await as(token, 'get', path).expect(403);
    await as(token, 'patch', `/v1/actions/${added.id}`, { title: 'Bankje' }, 2).expect(403);
    expect((await as(token, 'get', '/v1/me').expect(200)).body).toMatchObject({ roles: [], sessionIds: [] });
  });

  it('sees and writes nothing confidential unless their organisation is a party', async () => {
    const l = await laid();
    const { as, token, own } = l;
    await l.name({ chairId: l.person.id });
    await l.put(l.chair, 'opening');
    const titles = async () => {
      const { body } = await as(token, 'get', `/v1/sessions/${own.id}/agenda-items`).expect(200);
      return body.items.map(({ title }: { title: string }) => title);
    };
    expect(await titles()).not.toContain('Geheim');
    await as(token, 'patch', `/v1/agenda-items/${l.hidden.id}`, { notes: 'x' }, 1).expect(404);
    await as(token, 'get', `/v1/actions/${l.secret.id}`).expect(404);
    const update = { status: 'done', sessionId: own.id };
    await as(token, 'post', `/v1/actions/${l.secret.id}/updates`, update).expect(404);
    expect((await as(token, 'get', `/v1/sessions/${own.id}/discussions`).expect(200)).body.total).toBe(1);
    await t.make.member(l.person.id, l.police.id);
    expect(await titles()).toContain('Geheim');
    await as(token, 'patch', `/v1/agenda-items/${l.hidden.id}`, { notes: 'x' }, 1).expect(200);
    expect((await as(token, 'get', `/v1/sessions/${own.id}/discussions`).expect(200)).body.total).toBe(2);
  });

  it('loses it when somebody else is named, or the session is cancelled', async () => {
    const l = await laid();
    await l.name({ secretaryId: l.person.id });
    await l.as(l.token, 'get', `/v1/sessions/${l.own.id}`).expect(200);
    await l.name({ secretaryId: l.partnerPerson.id });
    await l.as(l.token, 'get', `/v1/sessions/${l.own.id}`).expect(403);
    await l.as(l.partner, 'post', `/v1/sessions/${l.own.id}/agenda-items`, { title: 'Punt' }).expect(201);
    await l.name({ secretaryId: l.person.id });
    const cancel = { reason: 'Te weinig mensen.' };
    await l.as(l.chair, 'put', `/v1/sessions/${l.own.id}/cancellation`, cancel, await l.version(l.own.id)).expect(200);
    await l.as(l.token, 'get', `/v1/sessions/${l.own.id}`).expect(403);
  });

  it('decides on the money and the questions of the area of the session, and of no other', async () => {
    const l = await laid();
    const elsewhere = (await t.make.area({ name: 'Zwammerdam' })).id;
    const all = await t.make.signedIn('chair');
    const [here, there] = await Promise.all(
      [l.area.id, elsewhere].map(async (areaId) => {
        const amounts = { areaId, year: 2026, amount: '1000.00', isPublic: false };
        const budget = (await l.as(all, 'post', '/v1/budgets', amounts).expect(201)).body.id as string;
        const asked = { areaId, title: 'Meer licht', requestedById: l.police.id };
        const question = (await l.as(all, 'post', '/v1/questions', asked).expect(201)).body.id as string;
        return { budget, question };
      }),
    );
    await l.name({ secretaryId: l.person.id });
    await l.put(l.chair, 'opening');
    const visitor = await Visitor.of(t, l.person.id);
    const desk = `/vergaderingen/${l.own.id}`;
    const enter = async ({ budget, question }: typeof here) => {
      const asked = { title: 'Bankje', requested: '100', budgetId: budget };
      const money = await visitor.post(`${desk}/initiatieven`, asked, desk);
      const answer = { outcome: 'answered', answer: 'De lamp brandt weer.', version: '1' };
      const { status } = await visitor.post(`${desk}/vragen/${question}`, answer, desk);
      return [money.status, status];
    };
    expect(await enter(there)).toEqual([400, 404]);
    expect(await enter(here)).toEqual([303, 303]);
  });

  it('is refused anything the table does not grant to named officers, and everything in another session', async () => {
    const l = await laid();
    await l.name({ secretaryId: l.person.id });
    await l.put(l.chair, 'opening', l.other.id);
    const [foreign] = (await l.as(l.chair, 'get', `/v1/sessions/${l.other.id}/discussions`).expect(200)).body.items;
    const item = await t.make.agendaItem(l.other.id, { number: '9', position: 9 });
    const away = await t.make.action({
      areaId: l.area.id,
      meetingId: l.meeting.id,
      sessionId: l.other.id,
      ownerId: l.police.id,
    });
    const ids: Record<string, string> = {
      ...{ sessions: l.other.id, meetings: l.meeting.id, areas: l.area.id, organisations: l.police.id },
      ...{ discussions: foreign.id, 'agenda-items': item.id, actions: away.id, people: l.partnerPerson.id },
    };
    const wrong: string[] = [];
    for (const operation of (await operationsOf(t)).filter(isTold)) {
      const noun = operation.path.split('/')[2];
      const path = operation.path.replace('{id}', ids[noun] ?? l.other.id).replaceAll(/\{[^}]+\}/g, l.police.id);
      const method = operation.method as 'get';
      const body = operation.method === 'get' ? undefined : bodyOf(operation, { ids, words: {} as never });
      const { status } = await l.as(l.token, method, path, body, operation.method === 'get' ? undefined : 1);
      const isRefused =
        status === 403 || status === 404 || (status === 400 && reachOf(operation.permission) === 'sessions');
      if (!isRefused) wrong.push(`${operation.name}: ${status}`);
    }
    expect(wrong).toEqual([]);
  });
});

const reachOf = (permission: Permission): Scope | undefined =>
  (PERMISSIONS[permission] as Partial<Record<Role, Scope>>).officer;

/** Sub-resources that are closed to users who are merely signed in; the meeting itself may be read. */
function isTold({ name, path, permission }: Operation): boolean {
  const table = PERMISSIONS[permission] as Partial<Record<Role, Scope>>;
  if (table.person !== undefined || reachOf(permission) === 'all') return false;
  return path.includes('{id}') && name !== 'GET /meetings/{id}' && name !== 'GET /meetings/{id}/sessions';
}
