import { beforeAll, expect, it } from '@jest/globals';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';

onBothDatabases((kind) => {
  let t: TestApp;
  let admin: string;
  let chair: string;
  let boskoop: string;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
    admin = await t.make.signedIn('admin');
    boskoop = (await t.make.area({ kind: 'kern', name: 'Boskoop', code: 'BOS' })).id;
    chair = await t.make.signedIn('chair', boskoop);
  });
  const create = (body: object, as = admin) => t.api.post('/v1/organisations').set('Authorization', as).send(body);
  const change = (id: string, body: object, as = admin, version = 1) =>
    t.api.patch(`/v1/organisations/${id}`).set('Authorization', as).set('If-Match', `"${version}"`).send(body);
  const find = async (query: object, as = admin) =>
    (await t.api.get('/v1/organisations').query(query).set('Authorization', as).expect(200)).body;

  it('adds an organisation and says where it is', async () => {
    const { body, headers } = await create({ name: 'Habeko Wonen', kind: 'housing', aliases: ['Habeko'] }).expect(201);
    expect(body).toMatchObject({ name: 'Habeko Wonen', kind: 'housing', aliases: ['Habeko'], mergedIntoId: null });
    expect(headers).toMatchObject({ etag: '"1"', location: `/v1/organisations/${body.id}` });
    expect((await t.api.get(headers.location).set('Authorization', admin).expect(200)).body).toEqual(body);
  });

  it('finds an organisation by part of its name or an alias, whatever the capitals', async () => {
    const { body } = await create({ name: 'Coöperatie Één', kind: 'welfare', aliases: ['CAFÉ de Brug'] }).expect(201);
    for (const q of ['COÖPERATIE ÉÉN', 'café', 'de brug']) {
      expect(await find({ q })).toMatchObject({ total: 1, items: [{ id: body.id }] });
    }
    expect((await find({ q: 'caf_' })).total).toBe(0);
  });

  it('filters by kind and sorts by name or kind, not by anything else', async () => {
    await t.make.organisation({ name: 'Zorgschool', kind: 'education' });
    await t.make.organisation({ name: 'Atheneum', kind: 'education' });
    const { items } = await find({ kind: 'education', sort: '-name' });
    expect(items.map(({ name }: { name: string }) => name)).toEqual(['Zorgschool', 'Atheneum']);
    const wrong = await t.api.get('/v1/organisations?sort=version').set('Authorization', admin).expect(400);
    expect(wrong.body.errors).toMatchObject([{ field: 'sort' }]);
  });

  it('refuses a name that is taken, whatever the capitals and blanks, and keeps its own', async () => {
    const { body } = await create({ name: 'Politie', kind: 'police' }).expect(201);
    expect((await create({ name: 'POLITIE', kind: 'police' }).expect(409)).body.code).toBe('NAME_TAKEN');
    expect((await create({ name: ' Politie\u00a0', kind: 'police' }).expect(409)).body.code).toBe('NAME_TAKEN');
    const other = (await create({ name: ' Trifolium  Wonen', kind: 'housing' }).expect(201)).body;
    expect(other.name).toBe('Trifolium Wonen');
    expect((await change(other.id, { name: 'politie' }).expect(409)).body.code).toBe('NAME_TAKEN');
    expect((await change(body.id, { name: 'politie' }).expect(200)).body).toMatchObject({
      name: 'politie',
      version: 2,
    });
  });

  it('lets one of two that are added at the same instant in, and answers the other 409', async () => {
    const twice = await Promise.all([1, 2].map(() => create({ name: 'Tom in de buurt', kind: 'welfare' })));
    expect(twice.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect((await find({ q: 'Tom in de buurt' })).total).toBe(1);
  });

  it('names everything that is wrong at once and changes nothing', async () => {
    const before = (await find({})).total;
    const { body } = await create({ name: ' ', kind: 'army', aliases: ['ok', ''], colour: 'red' }).expect(400);
    expect(body.errors.map(({ field }: { field: string }) => field).sort()).toEqual([
      'aliases',
      'colour',
      'kind',
      'name',
    ]);
    await create({ name: null, kind: 'other' }).expect(400);
    expect((await find({})).total).toBe(before);
  });

  it('replaces the aliases, asks for If-Match, and refuses an outdated one', async () => {
    const { id } = await t.make.organisation({ aliases: ['oud'] });
    const patch = () => t.api.patch(`/v1/organisations/${id}`).set('Authorization', admin);
    await patch()
      .send({ aliases: ['nieuw'] })
      .expect(428);
    expect((await change(id, { aliases: ['nieuw'] }).expect(200)).body.aliases).toEqual(['nieuw']);
    expect((await change(id, { aliases: [] }).expect(412)).body.code).toBe('VERSION_CHANGED');
  });

  it('answers 404 for what is not there', async () => {
    const unknown = '019300a0-0000-7000-8000-0000000000ff';
    await t.api.get(`/v1/organisations/${unknown}`).set('Authorization', admin).expect(404);
    await change(unknown, { name: 'X' }).expect(404);
  });

  it('lets a chair add an organisation and correct it, but not one that sits in no area of the chair', async () => {
    const { body } = await create({ name: 'Dorpsraad Boskop', kind: 'residents' }, chair).expect(201);
    await change(body.id, { name: 'Dorpsraad Boskoop' }, chair).expect(200);
    const elsewhere = await t.make.organisation();
    expect((await change(elsewhere.id, { name: 'Gekaapt' }, chair).expect(403)).body.code).toBe('FORBIDDEN');
    t.clock.set('2026-06-20T10:00:00Z');
    await change(body.id, { name: 'Anders' }, chair, 2).expect(403);
  });

  it('lets a chair change what is invited to a meeting, or has a contact, in an own area; until that ends', async () => {
    const invited = await t.make.organisation();
    const meeting = await t.make.meeting(boskoop);
    await t.make.invitation(meeting.id, { organisationId: invited.id });
    await change(invited.id, { aliases: ['aan tafel'] }, chair).expect(200);
    const answering = await t.make.organisation();
    const person = await t.make.person();
    await t.make.contact(answering.id, person.id, boskoop, { untilOn: '2026-06-02' });
    await change(answering.id, { aliases: ['vandaag nog'] }, chair).expect(200);
    t.clock.set('2026-06-03T10:00:00Z');
    await change(answering.id, { aliases: ['te laat'] }, chair, 2).expect(403);
  });

  it('shows organisations to partners and readers, who change none, and to nobody without a role', async () => {
    const organisation = await t.make.organisation();
    const partner = await t.make.token((await t.make.person({ organisationId: organisation.id })).id);
    const reader = await t.make.signedIn('reader', boskoop);
    for (const as of [partner, reader]) {
      expect((await find({ q: organisation.name }, as)).items).toMatchObject([{ id: organisation.id }]);
      await create({ name: 'Nieuw', kind: 'other' }, as).expect(403);
      await change(organisation.id, { name: 'Nieuw' }, as).expect(403);
    }
    const nobody = await t.make.token((await t.make.person()).id);
    await t.api.get('/v1/organisations').set('Authorization', nobody).expect(403);
    await t.api.get('/v1/organisations').expect(401);
  });
});
