import { beforeAll, expect, it } from '@jest/globals';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';

onBothDatabases((kind) => {
  let t: TestApp;
  let admin: string;
  let team: string;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
    admin = await t.make.signedIn('admin');
    team = (await t.make.area({ kind: 'team', name: 'Ridderveld', code: 'RID' })).id;
  });
  const create = (body: object) => t.api.post('/v1/areas').set('Authorization', admin).send(body);

  it('adds an area below another and says where it is', async () => {
    const { body, headers } = await create({ name: 'Boskoop', code: 'BOS', kind: 'kern', parentId: team }).expect(201);
    expect(body).toMatchObject({ name: 'Boskoop', code: 'BOS', parentId: team, formerNames: [], version: 1 });
    expect(headers).toMatchObject({ etag: '"1"', location: `/v1/areas/${body.id}`, 'api-version': '0.1.0' });
  });

  it('keeps the former name on renaming, and finds the area by it', async () => {
    const { body: area } = await create({ name: 'Zwammerdam-Dorp', code: 'ZWA', kind: 'kern', parentId: team }).expect(
      201,
    );
    const { body } = await t.api
      .patch(`/v1/areas/${area.id}`)
      .set('Authorization', admin)
      .set('If-Match', '"1"')
      .send({ name: 'Zwammerdam' })
      .expect(200);
    expect(body).toMatchObject({
      name: 'Zwammerdam',
      formerNames: [{ name: 'Zwammerdam-Dorp', untilOn: '2026-06-01' }],
      version: 2,
    });
    const found = await t.api.get('/v1/areas?q=zwammerdam-dorp').set('Authorization', admin).expect(200);
    expect(found.body).toMatchObject({ total: 1, items: [{ id: area.id }] });
  });

  it('asks for If-Match, and refuses an outdated one', async () => {
    const patch = () => t.api.patch(`/v1/areas/${team}`).set('Authorization', admin);
    expect((await patch().send({ name: 'X' }).expect(428)).body.code).toBe('IF_MATCH_REQUIRED');
    expect((await patch().set('If-Match', '"7"').send({ name: 'X' }).expect(412)).body.code).toBe('VERSION_CHANGED');
  });

  it('names everything that is wrong at once and changes nothing', async () => {
    const { body, headers } = await create({ name: '  ', code: 'bos', kind: 'dorp', colour: 'red' }).expect(400);
    expect(headers['content-type']).toContain('application/problem+json');
    expect(body.errors.map(({ field }: { field: string }) => field).sort()).toEqual(['code', 'colour', 'kind', 'name']);
  });

  it('refuses an empty name, and finds capitals with accents whatever the capitals asked', async () => {
    const { body: area } = await create({ name: 'Één 100% dorp', code: 'EEN', kind: 'kern', parentId: team }).expect(
      201,
    );
    const patch = t.api.patch(`/v1/areas/${area.id}`).set('Authorization', admin).set('If-Match', '"1"');
    expect((await patch.send({ name: null }).expect(400)).body.errors).toMatchObject([{ field: 'name' }]);
    const find = (q: string) => t.api.get('/v1/areas').query({ q }).set('Authorization', admin).expect(200);
    expect((await find('één 100%')).body).toMatchObject({ total: 1, items: [{ id: area.id }] });
    expect((await find('1%0')).body.total).toBe(0);
  });

  it('refuses a loop', async () => {
    const { body: child } = await create({ name: 'Hoorn', code: 'HRN', kind: 'wijk', parentId: team }).expect(201);
    const answer = await t.api
      .patch(`/v1/areas/${team}`)
      .set('Authorization', admin)
      .set('If-Match', '"1"')
      .send({ parentId: child.id });
    expect(answer.body.code).toBe('AREA_LOOP');
  });

  it('refuses a loop that two moves at the same instant would make together', async () => {
    const move = (id: string, parentId: string) =>
      t.api.patch(`/v1/areas/${id}`).set('Authorization', admin).set('If-Match', '"1"').send({ parentId });
    for (let round = 0; round < 3; round += 1) {
      const [one, other] = [await t.make.area({ parentId: team }), await t.make.area({ parentId: team })];
      const both = await Promise.all([move(one.id, other.id), move(other.id, one.id)]);
      expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    }
  });

  it('refuses a code that another area has', async () => {
    await create({ name: 'Benthuizen', code: 'BEN', kind: 'kern', parentId: team }).expect(201);
    const answer = await create({ name: 'Bentwoud', code: 'BEN', kind: 'kern', parentId: team }).expect(409);
    expect(answer.body.code).toBe('CODE_TAKEN');
  });

  it('refuses a name that another area has now, whatever the capitals, blanks or composed letters; not one of before or of a merged area', async () => {
    const parent = (await t.make.area({ name: 'Stad Noord' })).id;
    const named = (name: string, code: string) => create({ name, code, kind: 'wijk', parentId: parent });
    const first = (await named('Écluse', 'ECL').expect(201)).body;
    for (const same of ['ÉCLUSE', 'Écluse ', 'E\u0301cluse'])
      expect((await named(same, 'ECM').expect(409)).body.code).toBe('NAME_TAKEN');
    const other = (await named('Sluis', 'SLU').expect(201)).body;
    const rename = (id: string, name: string, version: number) =>
      t.api.patch(`/v1/areas/${id}`).set('Authorization', admin).set('If-Match', `"${version}"`).send({ name });
    expect((await rename(other.id, 'écluse', 1).expect(409)).body.code).toBe('NAME_TAKEN');
    await rename(first.id, 'écluse', 1).expect(200);
    await rename(first.id, 'Oude Sluis', 2).expect(200);
    await rename(other.id, 'Écluse', 1).expect(200);
    const merger = t.api.put(`/v1/areas/${other.id}/merger`).set('Authorization', admin).set('If-Match', '"2"');
    await merger.send({ intoId: first.id }).expect(200);
    await named('Écluse', 'ECN').expect(201);
  });

  it('lets one of two that take a name at the same instant in, and answers the other 409', async () => {
    const parent = (await t.make.area({ name: 'Stad Zuid' })).id;
    const { body } = await create({ name: 'Kade', code: 'KAD', kind: 'wijk', parentId: parent }).expect(201);
    const answers = await Promise.all([
      ...['TWA', 'TWB', 'TWC'].map((code) => create({ name: 'Twee Bruggen', code, kind: 'wijk', parentId: parent })),
      t.api
        .patch(`/v1/areas/${body.id}`)
        .set('Authorization', admin)
        .set('If-Match', '"1"')
        .send({ name: 'twee bruggen' }),
    ]);
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status < 300)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(3);
  });

  it('takes inhabitants as whole numbers by year only', async () => {
    const input = { name: 'Hazerswoude-Dorp', code: 'HAZ', kind: 'kern', parentId: team };
    for (const inhabitants of [{ '2018': '4125' }, { '2018': -1 }, { '2018': 1.5 }, { vorig: 10 }, [1], 'veel']) {
      const { body } = await create({ ...input, inhabitants }).expect(400);
      expect(body.errors.map(({ field }: { field: string }) => field)).toContain('inhabitants');
    }
    const { body } = await create({ ...input, inhabitants: { '2018': 4125 } }).expect(201);
    expect(body.inhabitants).toEqual({ '2018': 4125 });
  });

  it('answers a repeated Idempotency-Key with the same area, and refuses it for another', async () => {
    const send = (body: object) => create(body).set('Idempotency-Key', 'k1');
    const input = { name: 'Aarlanderveen', code: 'AAR', kind: 'kern', parentId: team };
    const first = await send(input).expect(201);
    const second = await send(input).expect(201);
    expect(second.body).toEqual(first.body);
    expect((await send({ ...input, name: 'Anders' }).expect(409)).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it('lets only an administrator write, and nobody in without a token', async () => {
    const chair = await t.make.signedIn('chair');
    await t.api.post('/v1/areas').set('Authorization', chair).send({}).expect(403);
    await t.api.get('/v1/areas').expect(401);
    await t.api.get('/v1/areas').set('Authorization', chair).expect(200);
  });
});
