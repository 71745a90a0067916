import { beforeAll, describe, expect, it } from '@jest/globals';
import { verifyAudit } from '../../src/platform/audit/verify.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { bring } from '../support/minutes.js';
import { Visitor } from '../support/visitor.js';

onBothDatabases((kind) => {
  let t: TestApp;
  let admin: string;
  let boskoop: string;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
    admin = await t.make.signedIn('admin');
    boskoop = (await t.make.area({ kind: 'kern', name: 'Boskoop', code: 'BOS' })).id;
  });

  const post = (path: string, as: string, body: object = {}) =>
    t.api.post(`/v1${path}`).set('Authorization', as).send(body);
  const get = (path: string, as: string) => t.api.get(`/v1${path}`).set('Authorization', as);
  const rotate = (as: string) => post('/token-rotations', as);
  /** A client with a token, created through the API as an administrator does. */
  const make = async (permissions: string[], name: string) => {
    const { body } = await post('/clients', admin, { name, areaId: boskoop, permissions }).expect(201);
    const made = await post(`/clients/${body.id}/tokens`, admin, { days: 30 }).expect(201);
    return { id: body.id as string, token: `Bearer ${made.body.token}`, expiresAt: made.body.expiresAt as string };
  };

  describe('a client', () => {
    it('reads what it was given in its area and below, nothing elsewhere, and nothing else', async () => {
      const { token, id } = await make(['actions.read'], 'zaaksysteem');
      const below = await t.make.area({ kind: 'buurt', name: 'Snijdelwijk', code: 'SNI', parentId: boskoop });
      const elsewhere = await t.make.area({ kind: 'kern', name: 'Zwammerdam', code: 'ZWA' });
      const owner = (await t.make.organisation()).id;
      const due = { dueOn: '2026-07-01', ownerId: owner };
      await t.make.action({ ...due, areaId: below.id, title: 'Zwerfvuil' });
      await t.make.action({ ...due, areaId: elsewhere.id, title: 'Elders' });
      await t.make.action({ ...due, areaId: boskoop, title: 'Geheim', isConfidential: true, partyIds: [owner] });
      const { body } = await get('/actions', token).expect(200);
      expect(body.items.map(({ title }: { title: string }) => title)).toEqual(['Zwerfvuil']);
      expect((await get('/me', token).expect(200)).body).toMatchObject({
        ...{ id, kind: 'client', name: 'zaaksysteem', roles: ['client'], organisationIds: [] },
        ...{ permissions: ['me.read', 'tokens.rotate', 'actions.read'], areaIds: { client: expect.any(Array) } },
      });
      await get('/meetings', token).expect(403);
      await post('/actions', token, {
        areaId: boskoop,
        title: 'Zwerfvuil',
        ownerId: owner,
        dueOn: '2026-07-01',
      }).expect(403);
      await t.api.get('/acties').set('Accept', 'text/html').set('Authorization', token).expect(403);
    });

    it('stands in the history and in the audit trail by its name, and leaves the chain whole', async () => {
      const { token, id } = await make(['actions.read', 'actions.write', 'actions.answer'], 'meldingensysteem');
      const ownerId = (await t.make.organisation()).id;
      const wanted = { areaId: boskoop, title: 'Lantaarn vervangen', ownerId, dueOn: '2026-07-01' };
      const { body: action } = await post('/actions', token, wanted).expect(201);
      await post(`/actions/${action.id}/updates`, token, { status: 'in_progress' }).expect(201);
      const updates = (await get(`/actions/${action.id}/updates`, token).expect(200)).body.items;
      expect(updates.map(({ kind: what }: { kind: string }) => what)).toEqual(['recorded', 'status']);
      for (const one of updates)
        expect(one).toMatchObject({ recordedById: null, recordedByClientId: id, recordedByName: 'meldingensysteem' });
      const trail = (await get(`/audit-entries?actor=${id}`, admin).expect(200)).body.items;
      expect(trail).toHaveLength(2);
      for (const one of trail)
        expect(one).toMatchObject({ actorId: null, clientId: id, actorName: 'meldingensysteem', how: 'token' });
      expect(await verifyAudit(t.database.reader)).toBeNull();
    });

    it('does not see what is being typed in a session, though it may write actions', async () => {
      const { token } = await make(['actions.read', 'actions.write', 'sessions.read'], 'planningssysteem');
      const meeting = await t.make.meeting(boskoop);
      const session = await t.make.session(meeting.id, { heldOn: '2026-06-02', state: 'open' });
      const ownerId = (await t.make.organisation()).id;
      const typed = { areaId: boskoop, meetingId: meeting.id, sessionId: session.id, ownerId, dueOn: '2026-07-01' };
      const { id } = await t.make.action({ ...typed, title: 'Net getypt' });
      await get(`/actions/${id}`, token).expect(404);
      expect((await get('/actions?q=getypt', token).expect(200)).body.total).toBe(0);
      await bring(t, session.id, 'closed');
      await get(`/actions/${id}`, token).expect(200);
    });

    it('has answers of its own for an Idempotency-Key', async () => {
      const ownerId = (await t.make.organisation()).id;
      const chair = await t.make.signedIn('chair', boskoop);
      const callers = [
        chair,
        ...(await Promise.all([make(['actions.write'], 'een'), make(['actions.write'], 'twee')])),
      ];
      const tokens = callers.map((one) => (typeof one === 'string' ? one : one.token));
      const body = { areaId: boskoop, title: 'Plan de schouw', ownerId, dueOn: '2026-07-01' };
      const send = (as: string) => post('/actions', as, body).set('Idempotency-Key', 'schouw').expect(201);
      const first = await Promise.all(tokens.map(send));
      const again = await Promise.all(tokens.map(send));
      expect(new Set(first.map(({ body: { id } }) => id)).size).toBe(3);
      expect(again.map(({ body: { id } }) => id)).toEqual(first.map(({ body: { id } }) => id));
      expect(again.map(({ headers }) => headers['idempotency-replayed'])).toEqual(['true', 'true', 'true']);
    });

    it('loses a permission, or everything, from its next request on', async () => {
      const { token, id } = await make(['actions.read', 'goals.read'], 'dashboard');
      await get('/goals', token).expect(200);
      const put = (version: number) =>
        t.api.patch(`/v1/clients/${id}`).set('Authorization', admin).set('If-Match', `"${version}"`);
      await put(1)
        .send({ permissions: ['actions.read'] })
        .expect(200);
      await get('/goals', token).expect(403);
      await get('/actions', token).expect(200);
      const end = (version: number) =>
        t.api.put(`/v1/clients/${id}/ending`).set('Authorization', admin).set('If-Match', `"${version}"`);
      await end(1).expect(412);
      expect((await end(2).expect(200)).body).toMatchObject({ endedAt: expect.any(String), tokensExpireAt: null });
      await get('/actions', token).expect(401);
      expect((await end(3).expect(409)).body.code).toBe('CLIENT_ENDED');
      expect((await post(`/clients/${id}/tokens`, admin).expect(409)).body.code).toBe('CLIENT_ENDED');
      const named = { name: 'dashboard', areaId: boskoop, permissions: ['actions.read'] };
      expect((await post('/clients', admin, named).expect(409)).body.code).toBe('CLIENT_EXISTS');
    });

    it('is given nothing that only people do', async () => {
      for (const permission of ['actions.judge', 'ratings.give', 'minutes.adopt', 'grants.write', 'clients.write'])
        await post('/clients', admin, { name: 'rekent', areaId: boskoop, permissions: [permission] }).expect(400);
    });
  });

  describe('replacing its token', () => {
    it('gives a new one as long-lived, and leaves the old one a day', async () => {
      const { token, id } = await make(['actions.read'], 'wisselaar');
      t.clock.set('2026-06-20T10:00:00Z');
      const { body } = await rotate(token).expect(201);
      expect(body).toMatchObject({
        token: expect.stringMatching(/^wac_/),
        expiresAt: expect.stringMatching(/^2026-07-20T10:00:0/),
      });
      const fresh = `Bearer ${body.token}`;
      await get('/actions', fresh).expect(200);
      t.clock.set('2026-06-21T09:59:00Z');
      await get('/actions', token).expect(200);
      expect((await rotate(token).expect(409)).body.code).toBe('TOKEN_REPLACED');
      t.clock.set('2026-06-21T10:00:01Z');
      await get('/actions', token).expect(401);
      await get('/actions', fresh).expect(200);
      expect((await get(`/clients/${id}/tokens`, admin).expect(200)).body.items).toMatchObject([{ id: body.id }]);
    });

    it('can be asked again when the answer got lost, and then the lost one is worth nothing', async () => {
      const { token } = await make(['actions.read'], 'verliezer');
      const lost = (await rotate(token).expect(201)).body.token;
      const found = (await rotate(token).expect(201)).body.token;
      await get('/actions', `Bearer ${lost}`).expect(401);
      await get('/actions', `Bearer ${found}`).expect(200);
    });

    it('never outlives the API token by which it was made, and is for clients only', async () => {
      const person = await t.make.person();
      await t.make.grant(person.id, 'admin', await t.make.root());
      const expiresAt = '2026-06-10T00:00:00.000Z';
      const short = await t.make.token(person.id, { expiresAt });
      const { body } = await post('/clients', admin, {
        ...{ name: 'kortstondig', areaId: boskoop, permissions: ['actions.read'] },
      }).expect(201);
      const made = await post(`/clients/${body.id}/tokens`, short, { days: 300 }).expect(201);
      expect(made.body.expiresAt).toBe(expiresAt);
      expect((await rotate(`Bearer ${made.body.token}`).expect(201)).body.expiresAt).toBe(expiresAt);
      await rotate(short).expect(403);
    });
  });

  it('is made, given a token and ended on pages, where the secret is shown once', async () => {
    const person = await t.make.person();
    await t.make.grant(person.id, 'admin', await t.make.root());
    const visitor = await Visitor.of(t, person.id);
    const fields = { name: 'Klantcontactsysteem', areaId: boskoop, contact: 'functioneel beheer' };
    const empty = await visitor.post('/beheer/systemen/nieuw', fields);
    expect([empty.status, empty.text]).toEqual([400, expect.stringContaining('Kruis aan wat dit systeem mag.')]);
    expect(empty.text).toContain('value="Klantcontactsysteem"');
    const given = { ...fields, permissions: ['actions.read', 'areas.read'] };
    const { headers } = await visitor.post('/beheer/systemen/nieuw', given);
    const path = headers.location;
    expect(path).toMatch(/^\/beheer\/systemen\/[0-9a-f-]+$/);
    expect(await visitor.see(path)).toContain('Er is geen token dat werkt.');
    const { text } = await visitor.post(`${path}/tokens`, { days: '30' }, path);
    expect(text).toContain('Kopieer het nu');
    const token = /wac_[\w-]+/.exec(text)![0];
    await get('/actions', `Bearer ${token}`).expect(200);
    const page = await visitor.see(path);
    expect(page).not.toContain(token);
    expect(page).toContain('Laatst gebruikt op');
    const [, revoke, version] = /action="(\S+\/tokens\/\S+\/einde)"[^]*?name="version" value="(\d+)"/.exec(page)!;
    expect((await visitor.post(revoke, { version }, path)).status).toBe(303);
    await get('/actions', `Bearer ${token}`).expect(401);
    expect((await visitor.post(path, { name: 'KCS', version: '1', permissions: 'actions.read' })).status).toBe(303);
    expect((await visitor.post(`${path}/einde`, { version: '2' }, path)).headers.location).toBe('/beheer/systemen');
    expect(await visitor.see('/beheer/systemen')).toContain('beëindigd');
    t.clock.set('2026-06-02T20:00:00+02:00');
    expect((await visitor.postRaw(`${path}/tokens`, { days: '30' })).status).toBe(403);
  });
});
