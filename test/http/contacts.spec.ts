import { beforeAll, expect, it } from '@jest/globals';
import { ContactResolver, questionKey } from '../../src/directory/people/contact-resolver.service.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';

onBothDatabases((kind) => {
  let t: TestApp;
  let admin: string;
  let chair: string;
  let team: string;
  let boskoop: string;
  let first: string;
  let second: string;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
    admin = await t.make.signedIn('admin');
    team = (await t.make.area({ kind: 'team', name: 'Boskoop en Zwammerdam', code: 'BZW' })).id;
    boskoop = (await t.make.area({ kind: 'kern', name: 'Boskoop', code: 'BOS', parentId: team })).id;
    chair = await t.make.signedIn('chair', team);
    first = (await t.make.person({ name: 'wijkagent' })).id;
    second = (await t.make.person({ name: 'nieuwe wijkagent' })).id;
  });
  const organisation = async () => (await t.make.organisation()).id;
  const get = (path: string, as = admin) => t.api.get(path).set('Authorization', as);
  const create = (body: object, as = admin) => t.api.post('/v1/contacts').set('Authorization', as).send(body);
  const change = (id: string, body: object, as = admin, version = 1) =>
    t.api.patch(`/v1/contacts/${id}`).set('Authorization', as).set('If-Match', `"${version}"`).send(body);
  const total = async (query: string, as = admin) => (await get(`/v1/contacts?${query}`, as).expect(200)).body.total;

  it('names who answers for an organisation in an area, from today on', async () => {
    const organisationId = await organisation();
    const { body, headers } = await create({ organisationId, areaId: boskoop, personId: first }, chair).expect(201);
    expect(body).toMatchObject({
      areaName: 'Boskoop',
      personId: first,
      personName: 'wijkagent',
      fromOn: '2026-06-02',
      untilOn: null,
      version: 1,
    });
    expect(headers.location).toBe(`/v1/contacts/${body.id}`);
    expect((await get(headers.location, chair).expect(200)).body).toEqual(body);
  });

  it('ends the first contact the day before a second one begins', async () => {
    const organisationId = await organisation();
    const input = { organisationId, areaId: boskoop };
    const one = await create({ ...input, personId: first, fromOn: '2026-01-01' }).expect(201);
    await create({ ...input, personId: second, fromOn: '2026-07-01' }, chair).expect(201);
    expect((await get(`/v1/contacts/${one.body.id}`)).body).toMatchObject({ untilOn: '2026-06-30', version: 2 });
  });

  it('leaves the general contact and those of other areas alone', async () => {
    const organisationId = await organisation();
    const general = await create({ organisationId, personId: first, areaId: null }).expect(201);
    const above = await create({ organisationId, personId: first, areaId: team }).expect(201);
    await create({ organisationId, personId: second, areaId: boskoop }).expect(201);
    for (const { body } of [general, above]) {
      expect((await get(`/v1/contacts/${body.id}`)).body).toMatchObject({ untilOn: null, version: 1 });
    }
    const next = await create({ organisationId, personId: second, fromOn: '2026-08-01' }).expect(201);
    expect(next.body.areaId).toBeNull();
    expect((await get(`/v1/contacts/${general.body.id}`)).body.untilOn).toBe('2026-07-31');
  });

  it('refuses a contact when another begins that day or later, unless it ends before', async () => {
    const organisationId = await organisation();
    const input = { organisationId, areaId: boskoop };
    await create({ ...input, personId: first, fromOn: '2026-07-01' }).expect(201);
    for (const fromOn of ['2026-06-02', '2026-07-01']) {
      const { body } = await create({ ...input, personId: second, fromOn }).expect(409);
      expect(body.code).toBe('CONTACT_EXISTS');
    }
    await create({ ...input, personId: second, fromOn: '2026-06-02', untilOn: '2026-06-30' }).expect(201);
    expect(await total(`organisation=${organisationId}`)).toBe(2);
  });

  it('keeps one contact when two are named at the same instant', async () => {
    const organisationId = await organisation();
    const input = { organisationId, areaId: boskoop };
    const both = await Promise.all([first, second].map((personId) => create({ ...input, personId })));
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await total(`organisation=${organisationId}`)).toBe(1);
  });

  it('ends a contact, and does not let it run into the next', async () => {
    const organisationId = await organisation();
    const input = { organisationId, areaId: boskoop };
    const { body } = await create({ ...input, personId: first, fromOn: '2026-01-01' }).expect(201);
    await create({ ...input, personId: second, fromOn: '2026-07-01' }).expect(201);
    expect((await change(body.id, { untilOn: null }, chair, 2).expect(409)).body.code).toBe('CONTACT_EXISTS');
    expect((await change(body.id, { untilOn: '2026-05-31' }, chair, 2).expect(200)).body.version).toBe(3);
    await change(body.id, { untilOn: '2026-05-30' }, chair, 2).expect(412);
    const wrong = await change(body.id, { untilOn: '2025-01-01' }, chair, 3).expect(400);
    expect(wrong.body.errors).toMatchObject([{ field: 'untilOn' }]);
    await change(body.id, { personId: second }, chair, 3).expect(400);
  });

  it('forgets a contact that was named today by mistake', async () => {
    const input = { organisationId: await organisation(), areaId: boskoop };
    const { body } = await create({ ...input, personId: first }).expect(201);
    await create({ ...input, personId: second }).expect(409);
    await change(body.id, { untilOn: '2026-06-01' }).expect(200);
    await create({ ...input, personId: second }).expect(201);
  });

  it('lists those of an area with what is below it', async () => {
    const organisationId = await organisation();
    for (const areaId of [team, boskoop, await t.make.root(), null])
      await create({ organisationId, personId: first, areaId });
    expect(await total(`organisation=${organisationId}`)).toBe(4);
    expect(await total(`organisation=${organisationId}&area=${team}`)).toBe(2);
    expect(await total(`organisation=${organisationId}&area=${boskoop}&person=${first}`)).toBe(1);
    expect(await total(`organisation=${organisationId}&person=${second}`)).toBe(0);
  });

  it('names everything that is wrong at once and changes nothing', async () => {
    const unknown = '019300a0-0000-7000-8000-0000000000ff';
    const before = await total('');
    const inactive = (await t.make.person({ active: false })).id;
    const { body } = await create({
      organisationId: unknown,
      areaId: unknown,
      personId: inactive,
      untilOn: '2026-06-01',
    });
    expect(body.errors.map(({ field }: { field: string }) => field).sort()).toEqual([
      'areaId',
      'organisationId',
      'personId',
      'untilOn',
    ]);
    const malformed = await create({ organisationId: 'x', personId: null, fromOn: '2026-06-02T10:00' }).expect(400);
    expect(malformed.body.errors.length).toBeGreaterThanOrEqual(3);
    expect(await total('')).toBe(before);
  });

  it('lets a chair name contacts in the own areas only, and general ones with a grant on the whole', async () => {
    const organisationId = await organisation();
    const elsewhere = (await t.make.area()).id;
    await create({ organisationId, personId: first, areaId: elsewhere }, chair).expect(403);
    await create({ organisationId, personId: first }, chair).expect(403);
    const { body } = await create({ organisationId, personId: first, areaId: elsewhere }).expect(201);
    await change(body.id, { untilOn: '2026-06-02' }, chair).expect(403);
    const coordinator = await t.make.signedIn('chair');
    await create({ organisationId, personId: first }, coordinator).expect(201);
  });

  it('lets a partner see and name contacts of the own organisation only; others do not exist', async () => {
    const own = await organisation();
    const other = await organisation();
    const partner = await t.make.person({ organisationId: own });
    const as = await t.make.token(partner.id);
    const { body } = await create({ organisationId: own, personId: partner.id, areaId: boskoop }, as).expect(201);
    const hidden = (await create({ organisationId: other, personId: first, areaId: boskoop }).expect(201)).body;
    expect(await total('', as)).toBe(1);
    await get(`/v1/contacts/${body.id}`, as).expect(200);
    await get(`/v1/contacts/${hidden.id}`, as).expect(404);
    await change(hidden.id, { untilOn: '2026-06-02' }, as).expect(404);
    await create({ organisationId: other, personId: partner.id, areaId: boskoop }, as).expect(403);
    const stranger = await create({ organisationId: own, personId: first, areaId: boskoop }, as).expect(400);
    expect(stranger.body.errors).toMatchObject([{ field: 'personId' }]);
  });

  it('says who answers on a day: there, else in the nearest area above, else in general, else nobody', async () => {
    const day = '2026-06-02';
    const organisationId = await organisation();
    const answering = async (areaId: string, on = day) => {
      const question = { organisationId, areaId };
      const found = await t.app.get(ContactResolver).resolve(t.database.reader, [question], on);
      return found.get(questionKey(question))?.personId ?? null;
    };
    const gone = await t.make.person({ active: false });
    await t.make.contact(organisationId, gone.id, boskoop);
    expect(await answering(boskoop)).toBeNull();
    await t.make.contact(organisationId, second);
    expect(await answering(boskoop)).toBe(second);
    await t.make.contact(organisationId, first, team, { fromOn: '2026-06-02', untilOn: '2026-06-30' });
    expect(await answering(boskoop)).toBe(first);
    expect(await answering(boskoop, '2026-07-01')).toBe(second);
    expect(await answering(await t.make.root())).toBe(second);
  });

  it('shows contacts to no reader', async () => {
    await get('/v1/contacts', await t.make.signedIn('reader')).expect(403);
    await t.api.get('/v1/contacts').expect(401);
  });
});
