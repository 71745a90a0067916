import { beforeAll, expect, it } from '@jest/globals';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';

onBothDatabases((kind) => {
  let t: TestApp;
  let admin: string;
  let chair: string;
  let police: string;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
    admin = await t.make.signedIn('admin');
    chair = await t.make.signedIn('chair', (await t.make.area({ kind: 'kern', name: 'Boskoop', code: 'BOS' })).id);
    police = (await t.make.organisation({ name: 'Politie', kind: 'police' })).id;
  });
  const get = (path: string, as = admin) => t.api.get(path).set('Authorization', as);
  const signIn = async (fields: Parameters<TestApp['make']['person']>[0]) => {
    const person = await t.make.person(fields);
    return { ...person, token: await t.make.token(person.id) };
  };

  it('gives a person a second organisation, once at a time, and ends it', async () => {
    const { id } = await t.make.person();
    const path = `/v1/people/${id}/memberships`;
    const add = (body: object) => t.api.post(path).set('Authorization', admin).send(body);
    const { body } = await add({ organisationId: police, function: 'jeugdagent', fromOn: '2026-01-01' }).expect(201);
    expect(body).toMatchObject({ personId: id, organisationName: 'Politie', function: 'jeugdagent', version: 1 });
    expect((await add({ organisationId: police }).expect(409)).body.code).toBe('MEMBERSHIP_EXISTS');
    const end = (input: object, version: number) =>
      t.api.patch(`/v1/memberships/${body.id}`).set('Authorization', admin).set('If-Match', `"${version}"`).send(input);
    expect((await end({ untilOn: '2025-12-30' }, 1).expect(400)).body.errors).toMatchObject([{ field: 'untilOn' }]);
    await end({ untilOn: '2026-06-01', function: null }, 1).expect(200);
    await add({ organisationId: police, fromOn: '2026-06-02' }).expect(201);
    expect((await end({ untilOn: null }, 2).expect(409)).body.code).toBe('MEMBERSHIP_EXISTS');
    const { body: list } = await get(path).expect(200);
    expect(list).toMatchObject({ total: 2, items: [{ untilOn: '2026-06-01', function: null }, { untilOn: null }] });
  });

  it('takes the rights of a membership away from the next request on', async () => {
    const person = await t.make.person();
    const membership = await t.make.member(person.id, police);
    const token = await t.make.token(person.id);
    await get('/v1/organisations', token).expect(200);
    const patch = t.api.patch(`/v1/memberships/${membership.id}`).set('Authorization', admin).set('If-Match', '"1"');
    await patch.send({ untilOn: '2026-06-01' }).expect(200);
    await get('/v1/organisations', token).expect(403);
  });

  it('lets no chair make themselves or a colleague with a grant a member, and no partner a stranger', async () => {
    const me = (await get('/v1/me', chair)).body.id;
    const join = (id: string, organisationId: string, as: string) =>
      t.api.post(`/v1/people/${id}/memberships`).set('Authorization', as).send({ organisationId });
    await join(me, police, chair).expect(403);
    const own = (await t.make.organisation()).id;
    const partner = await signIn({ organisationId: own });
    await join(partner.id, police, partner.token).expect(403);
    await join((await t.make.person()).id, own, partner.token).expect(404);
    const stranger = await t.make.person();
    await join(stranger.id, police, chair).expect(201);
  });

  it('lets a partner end a membership of the own organisation, not one elsewhere of the same person', async () => {
    const own = (await t.make.organisation()).id;
    const partner = await signIn({ organisationId: own });
    const colleague = await t.make.person();
    const here = await t.make.member(colleague.id, own);
    const there = await t.make.member(colleague.id, police);
    const end = (id: string) =>
      t.api
        .patch(`/v1/memberships/${id}`)
        .set('Authorization', partner.token)
        .set('If-Match', '"1"')
        .send({ untilOn: '2026-06-01' });
    await end(there.id).expect(403);
    await end(here.id).expect(200);
    await end(here.id).expect(404);
  });

  it('reads one membership, if the caller may see the person', async () => {
    const person = await t.make.person();
    const { id } = await t.make.member(person.id, police, { function: 'wijkagent' });
    expect((await get(`/v1/memberships/${id}`).expect(200)).body).toMatchObject({ id, function: 'wijkagent' });
    const own = (await t.make.organisation()).id;
    await get(`/v1/memberships/${id}`, (await signIn({ organisationId: own })).token).expect(404);
  });

  it('refuses a membership that ends before it starts, or of an organisation that is not there', async () => {
    const { id } = await t.make.person();
    const add = (body: object) => t.api.post(`/v1/people/${id}/memberships`).set('Authorization', admin).send(body);
    const ended = await add({ organisationId: police, untilOn: '2026-06-01' }).expect(400);
    expect(ended.body.errors).toMatchObject([{ field: 'untilOn' }]);
    const unknown = await add({ organisationId: '019300a0-0000-7000-8000-0000000000ff' }).expect(400);
    expect(unknown.body.errors).toMatchObject([{ field: 'organisationId' }]);
    expect((await get(`/v1/people/${id}/memberships`)).body.total).toBe(0);
  });
});
