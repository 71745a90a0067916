import { beforeAll, expect, it } from '@jest/globals';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';

onBothDatabases((kind) => {
  let t: TestApp;
  let admin: string;
  let root: string;
  let team: string;
  let boskoop: string;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
    admin = await t.make.signedIn('admin');
    root = await t.make.root();
    team = (await t.make.area({ kind: 'team', name: 'Rijnwoude', code: 'RIJ' })).id;
    boskoop = (await t.make.area({ kind: 'kern', name: 'Boskoop', code: 'BOS', parentId: team })).id;
  });
  const get = (path: string, as = admin) => t.api.get(path).set('Authorization', as);
  const create = (body: object, as = admin) => t.api.post('/v1/grants').set('Authorization', as).send(body);
  const change = (id: string, body: object, as = admin, version = 1) =>
    t.api.patch(`/v1/grants/${id}`).set('Authorization', as).set('If-Match', `"${version}"`).send(body);
  const signIn = async () => {
    const { id } = await t.make.person();
    return { id, token: await t.make.token(id) };
  };

  it('gives a role in an area and what is below it, from the next request on', async () => {
    const { id, token } = await signIn();
    await get('/v1/people', token).expect(403);
    const { body, headers } = await create({ personId: id, role: 'chair', areaId: team }).expect(201);
    expect(body).toMatchObject({
      personId: id,
      role: 'chair',
      areaName: 'Rijnwoude',
      fromOn: '2026-06-02',
      untilOn: null,
    });
    expect(headers.location).toBe(`/v1/grants/${body.id}`);
    await get('/v1/people', token).expect(200);
    expect((await get('/v1/me', token)).body.areaIds.chair.sort()).toEqual([team, boskoop].sort());
  });

  it('takes the role away from the next request on once it has ended', async () => {
    const { id, token } = await signIn();
    const { body } = await create({ personId: id, role: 'chair', areaId: team, fromOn: '2026-01-01' }).expect(201);
    await change(body.id, { untilOn: '2026-06-02' }).expect(200);
    await get('/v1/people', token).expect(200);
    await change(body.id, { untilOn: '2026-06-01' }, admin, 2).expect(200);
    await get('/v1/people', token).expect(403);
  });

  it('ends a role that was given today by mistake', async () => {
    const { id, token } = await signIn();
    const { body } = await create({ personId: id, role: 'chair', areaId: team }).expect(201);
    await change(body.id, { untilOn: '2026-05-31' }).expect(400);
    await change(body.id, { untilOn: '2026-06-01' }).expect(200);
    await get('/v1/people', token).expect(403);
  });

  it('lets a role that ended yesterday count no more, and one that begins tomorrow not yet', async () => {
    const ended = await signIn();
    await t.make.grant(ended.id, 'chair', team, { untilOn: '2026-06-01' });
    const coming = await signIn();
    await create({ personId: coming.id, role: 'chair', areaId: team, fromOn: '2026-06-03' }).expect(201);
    for (const { token } of [ended, coming]) await get('/v1/people', token).expect(403);
    t.clock.set('2026-06-02T22:00:01Z');
    await get('/v1/people', coming.token).expect(200);
  });

  it('makes somebody an administrator of the whole municipality only', async () => {
    const { id } = await signIn();
    const { body } = await create({ personId: id, role: 'admin', areaId: team }).expect(400);
    expect(body.errors).toMatchObject([{ field: 'areaId' }]);
    await create({ personId: id, role: 'admin', areaId: root }).expect(201);
  });

  it('refuses the same role twice in the same time', async () => {
    const { id } = await signIn();
    const input = { personId: id, role: 'reader', areaId: team };
    await create({ ...input, fromOn: '2026-06-02', untilOn: '2026-06-30' }).expect(201);
    expect((await create({ ...input, fromOn: '2026-06-30' }).expect(409)).body.code).toBe('GRANT_EXISTS');
    await create({ ...input, fromOn: '2026-07-01' }).expect(201);
  });

  it('keeps the last administrator', async () => {
    const alone = await startApp(kind);
    const person = await alone.make.person();
    const grant = await alone.make.grant(person.id, 'admin', await alone.make.root());
    const token = await alone.make.token(person.id);
    const end = () =>
      alone.api
        .patch(`/v1/grants/${grant.id}`)
        .set('Authorization', token)
        .set('If-Match', '"1"')
        .send({ untilOn: '2026-06-01' });
    expect((await end().expect(409)).body.code).toBe('LAST_ADMINISTRATOR');
    await alone.api.get(`/v1/grants/${grant.id}`).set('Authorization', token).expect(200);
    await alone.make.signedIn('admin');
    await end().expect(200);
    await alone.api.get('/v1/grants').set('Authorization', token).expect(403);
  });

  it('keeps an administrator on every day to come, whatever ends it', async () => {
    const alone = await startApp(kind, { today: '2026-06-02' });
    const root = await alone.make.root();
    const person = await alone.make.person();
    const grant = await alone.make.grant(person.id, 'admin', root);
    const token = await alone.make.token(person.id);
    const patch = (path: string, version: number, body: object) =>
      alone.api.patch(path).set('Authorization', token).set('If-Match', `"${version}"`).send(body);
    const endOn = (untilOn: string | null, version = 1) => patch(`/v1/grants/${grant.id}`, version, { untilOn });
    expect((await endOn('2026-06-03').expect(409)).body.code).toBe('LAST_ADMINISTRATOR');
    const next = await alone.make.person();
    await alone.make.grant(next.id, 'admin', root, { fromOn: '2026-07-01', untilOn: '2026-12-31' });
    expect((await endOn('2026-06-30').expect(409)).body.code).toBe('LAST_ADMINISTRATOR');
    const last = await alone.make.person();
    await alone.make.grant(last.id, 'admin', root, { fromOn: '2027-01-02', untilOn: null });
    expect((await endOn('2026-06-30').expect(409)).body.code).toBe('LAST_ADMINISTRATOR');
    await alone.make.grant(last.id, 'admin', root, { fromOn: '2027-01-01', untilOn: '2027-01-01' });
    expect((await endOn('2026-06-29').expect(409)).body.code).toBe('LAST_ADMINISTRATOR');
    await endOn('2026-06-30').expect(200);
    for (const { id } of [next, last]) {
      expect((await patch(`/v1/people/${id}`, 1, { active: false }).expect(409)).body.code).toBe('LAST_ADMINISTRATOR');
      const erased = await alone.api
        .put(`/v1/people/${id}/erasure`)
        .set('Authorization', token)
        .set('If-Match', '"1"')
        .send({ ground: 'op verzoek' });
      expect([erased.status, erased.body.code]).toEqual([409, 'LAST_ADMINISTRATOR']);
    }
    await patch(`/v1/people/${(await alone.make.person()).id}`, 1, { active: false }).expect(200);
    await endOn(null, 2).expect(200);
  });

  it('keeps one of two administrators who end each other at the same moment', async () => {
    const alone = await startApp(kind, { today: '2026-06-02' });
    const root = await alone.make.root();
    const both = await Promise.all(
      [1, 2].map(async () => {
        const { id } = await alone.make.person();
        return { grant: await alone.make.grant(id, 'admin', root), token: await alone.make.token(id) };
      }),
    );
    const answers = await Promise.all(
      both.map(({ token }, n) =>
        alone.api
          .patch(`/v1/grants/${both[1 - n].grant.id}`)
          .set('Authorization', token)
          .set('If-Match', '"1"')
          .send({ untilOn: '2026-06-01' }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  });

  it('lists them by person, role, and area with what is below it', async () => {
    const { id } = await signIn();
    await t.make.grant(id, 'chair', boskoop);
    await t.make.grant(id, 'reader', root);
    const total = async (query: string) => (await get(`/v1/grants?person=${id}&${query}`).expect(200)).body.total;
    expect(await total('')).toBe(2);
    expect(await total(`area=${team}`)).toBe(1);
    expect(await total('role=reader')).toBe(1);
    await get('/v1/grants?role=king').expect(400);
  });

  it('names everything that is wrong in one response and changes nothing', async () => {
    const unknown = '019300a0-0000-7000-8000-0000000000ff';
    const before = (await get('/v1/grants')).body.total;
    const input = { personId: unknown, areaId: unknown, role: 'chair', untilOn: '2026-06-01' };
    const { body } = await create(input).expect(400);
    expect(body.errors.map(({ field }: { field: string }) => field)).toEqual(['untilOn', 'personId', 'areaId']);
    expect((await get('/v1/grants')).body.total).toBe(before);
  });

  it('asks for If-Match, and refuses an outdated one', async () => {
    const { id } = await signIn();
    const grant = await t.make.grant(id, 'reader', boskoop);
    await t.api.patch(`/v1/grants/${grant.id}`).set('Authorization', admin).send({}).expect(428);
    await change(grant.id, { untilOn: '2026-12-31' }).expect(200);
    await change(grant.id, { untilOn: null }).expect(412);
  });

  it('is for administrators only: a chair cannot give, end or even see a role', async () => {
    const chair = await t.make.signedIn('chair', team);
    const { id } = await signIn();
    const grant = await t.make.grant(id, 'reader', boskoop);
    await create({ personId: id, role: 'chair', areaId: boskoop }, chair).expect(403);
    await change(grant.id, { untilOn: '2026-06-01' }, chair).expect(403);
    await get('/v1/grants', chair).expect(403);
    await t.api.get('/v1/grants').expect(401);
  });
});
