import { beforeAll, expect, it } from '@jest/globals';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';

onBothDatabases((kind) => {
  let t: TestApp;
  let admin: string;
  let chair: string;
  let boskoop: string;
  let police: string;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
    admin = await t.make.signedIn('admin');
    boskoop = (await t.make.area({ kind: 'kern', name: 'Boskoop', code: 'BOS' })).id;
    chair = await t.make.signedIn('chair', boskoop);
    police = (await t.make.organisation({ name: 'Politie', kind: 'police' })).id;
  });
  const get = (path: string, as = admin) => t.api.get(path).set('Authorization', as);
  const create = (body: object, as = admin) => t.api.post('/v1/people').set('Authorization', as).send(body);
  const change = (id: string, body: object, as = admin, version = 1) =>
    t.api.patch(`/v1/people/${id}`).set('Authorization', as).set('If-Match', `"${version}"`).send(body);
  const signIn = async (fields: Parameters<TestApp['make']['person']>[0]) => {
    const person = await t.make.person(fields);
    return { ...person, token: await t.make.token(person.id) };
  };

  it('lets a chair add a wijkagent with organisation and contact in one go', async () => {
    const input = {
      name: 'wijkagent Boskoop',
      email: 'Wijkagent.Boskoop@Politie.example',
      organisationId: police,
      function: 'wijkagent',
      contactAreaId: boskoop,
    };
    const { body, headers } = await create(input, chair).expect(201);
    expect(body).toMatchObject({
      email: 'wijkagent.boskoop@politie.example',
      active: true,
      memberships: [
        {
          organisationId: police,
          organisationName: 'Politie',
          function: 'wijkagent',
          fromOn: '2026-06-02',
          untilOn: null,
        },
      ],
      openActions: 0,
      version: 1,
    });
    expect(headers).toMatchObject({ etag: '"1"', location: `/v1/people/${body.id}` });
    const { body: contacts } = await get(`/v1/contacts?person=${body.id}`, chair).expect(200);
    expect(contacts.items).toMatchObject([{ organisationId: police, areaId: boskoop, fromOn: '2026-06-02' }]);
    const token = await t.make.token(body.id);
    const me = await get('/v1/me', token).expect(200);
    expect(me.body).toMatchObject({ roles: ['partner'], organisationIds: [police], areaIds: { partner: [boskoop] } });
  });

  it('keeps nothing of a person whose contact would be in an area of another chair', async () => {
    const elsewhere = await t.make.area();
    const input = { name: 'wijkagent elders', email: 'elders@politie.example', organisationId: police };
    await create({ ...input, contactAreaId: elsewhere.id }, chair).expect(403);
    expect((await get('/v1/people?q=elders@politie.example')).body.total).toBe(0);
  });

  it('keeps one of two contacts that are added at the same instant, without a trace of the other', async () => {
    const organisationId = (await t.make.organisation()).id;
    const input = { name: 'wijkbeheerder', organisationId, contactAreaId: boskoop };
    const emails = ['een@beheer.example', 'twee@beheer.example'];
    const both = await Promise.all(emails.map((email) => create({ ...input, email }, chair)));
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect((await get(`/v1/people?organisation=${organisationId}`)).body.total).toBe(1);
  });

  it('refuses an address that somebody has, whatever the capitals', async () => {
    await t.make.person({ email: 'bezet@organisatie.example' });
    const taken = await create({ name: 'dubbel', email: 'BEZET@organisatie.example' }).expect(409);
    expect(taken.body.code).toBe('EMAIL_TAKEN');
    const other = await t.make.person();
    expect((await change(other.id, { email: 'Bezet@Organisatie.example' }).expect(409)).body.code).toBe('EMAIL_TAKEN');
  });

  it.each([
    'geen-adres',
    'twee@adressen.example,ander@adres.example',
    '"b@organisatie.example\r\nBcc: x"@kwaad.example',
    'met spatie@organisatie.example',
    'nul\u0000@organisatie.example',
    null,
  ])('refuses %j as an address, at adding and at changing', async (email) => {
    const { body } = await create({ name: 'iemand', email }).expect(400);
    expect(body.errors).toMatchObject([{ field: 'email' }]);
    const person = await t.make.person();
    await change(person.id, { email }).expect(400);
    expect((await get(`/v1/people/${person.id}`)).body).toMatchObject({ email: person.email, version: 1 });
  });

  it('names everything that is wrong at once', async () => {
    const unknown = '019300a0-0000-7000-8000-0000000000ff';
    const wrong = await create({ name: '', email: 'x', isShared: 'ja', fromOn: '2026-02-30', age: 3 }).expect(400);
    const fields = wrong.body.errors.map(({ field }: { field: string }) => field).sort();
    expect(fields).toEqual(['age', 'email', 'fromOn', 'isShared', 'name']);
    const input = { name: 'iemand', email: 'iemand@organisatie.example' };
    const ids = await create({ ...input, organisationId: unknown, contactAreaId: unknown }).expect(400);
    expect(ids.body.errors).toMatchObject([{ field: 'organisationId' }, { field: 'contactAreaId' }]);
    await create({ ...input, organisationId: police, fromOn: '0000-01-01' }).expect(400);
    expect((await create({ ...input, function: 'los' }).expect(400)).body.errors).toMatchObject([
      { field: 'organisationId' },
    ]);
    expect((await get('/v1/people?q=iemand@organisatie.example')).body.total).toBe(0);
  });

  it('finds people by name, address, organisation and whether they are active', async () => {
    const habeko = await t.make.organisation();
    await t.make.person({ name: 'wijkbeheerder', email: 'wb@habeko.example', organisationId: habeko.id });
    await t.make.person({ name: 'oud-wijkbeheerder', active: false, organisationId: habeko.id });
    const left = await t.make.person({ name: 'vertrokken wijkbeheerder' });
    await t.make.member(left.id, habeko.id, { untilOn: '2026-06-01' });
    const names = async (query: string) =>
      (await get(`/v1/people?${query}`).expect(200)).body.items.map(({ name }: { name: string }) => name);
    expect(await names(`organisation=${habeko.id}&sort=-name`)).toEqual(['wijkbeheerder', 'oud-wijkbeheerder']);
    expect(await names(`organisation=${habeko.id}&active=true`)).toEqual(['wijkbeheerder']);
    expect(await names(`organisation=${habeko.id}&active=false`)).toEqual(['oud-wijkbeheerder']);
    expect(await names('q=WB@habeko')).toEqual(['wijkbeheerder']);
    await get('/v1/people?sort=version').expect(400);
  });

  it('ends everything of a deactivated person from the next request on, and says how many actions are left', async () => {
    const leaving = await signIn({ organisationId: police });
    const action = { ownerId: police, ownerPersonId: leaving.id, areaId: boskoop };
    await t.make.action(action);
    await t.make.action({ ...action, status: 'done', doneOn: '2026-06-01', closedOn: '2026-06-01' });
    await t.make.action({ ...action, isWithdrawn: true });
    await t.make.action({ ...action, isConfidential: true, partyIds: [police] });
    await get('/v1/me', leaving.token).expect(200);
    const { body } = await change(leaving.id, { active: false }).expect(200);
    expect(body).toMatchObject({ active: false, openActions: 1, version: 2 });
    await get('/v1/me', leaving.token).expect(401);
    expect((await get(`/v1/people/${leaving.id}`, chair)).body.openActions).toBe(1);
    const elsewhere = await t.make.signedIn('chair', (await t.make.area()).id);
    expect((await get(`/v1/people/${leaving.id}`, elsewhere)).body.openActions).toBe(0);
  });

  it('accepts a replacement until a date, but no unknown or inactive person and not oneself', async () => {
    const { id } = await t.make.person();
    const other = await t.make.person();
    const gone = await t.make.person({ active: false });
    const fields = async (body: object) =>
      (await change(id, body).expect(400)).body.errors.map(({ field }: { field: string }) => field);
    expect(await fields({ replacementId: other.id })).toEqual(['replacementUntilOn']);
    expect(await fields({ replacementUntilOn: '2026-07-01' })).toEqual(['replacementId']);
    expect(await fields({ replacementId: id, replacementUntilOn: '2026-06-01' })).toEqual([
      'replacementId',
      'replacementUntilOn',
    ]);
    expect(await fields({ replacementId: gone.id, replacementUntilOn: '2026-07-01' })).toEqual(['replacementId']);
    const { body } = await change(id, { replacementId: other.id, replacementUntilOn: '2026-06-02' }).expect(200);
    expect(body).toMatchObject({ replacementId: other.id, replacementUntilOn: '2026-06-02' });
    const ended = await change(id, { replacementId: null }, admin, 2).expect(200);
    expect(ended.body).toMatchObject({ replacementId: null, replacementUntilOn: null });
  });

  it('asks for If-Match, and refuses an outdated one', async () => {
    const { id } = await t.make.person();
    await t.api.patch(`/v1/people/${id}`).set('Authorization', admin).send({ name: 'x' }).expect(428);
    await change(id, { name: 'eerste' }).expect(200);
    expect((await change(id, { name: 'tweede' }).expect(412)).body.code).toBe('VERSION_CHANGED');
    expect((await get(`/v1/people/${id}`)).body.name).toBe('eerste');
  });

  it('keeps the last administrator', async () => {
    const alone = await startApp(kind);
    const person = await alone.make.person();
    await alone.make.grant(person.id, 'admin', await alone.make.root());
    const token = await alone.make.token(person.id);
    const patch = (body: object) =>
      alone.api.patch(`/v1/people/${person.id}`).set('Authorization', token).set('If-Match', '"1"').send(body);
    expect((await patch({ active: false }).expect(409)).body.code).toBe('LAST_ADMINISTRATOR');
    await alone.make.signedIn('admin');
    await patch({ active: false }).expect(200);
  });

  it('lets a chair change people of the own areas and those just added, not others', async () => {
    const elsewhere = await t.make.person({ organisationId: (await t.make.organisation()).id });
    await get(`/v1/people/${elsewhere.id}`, chair).expect(200);
    await change(elsewhere.id, { name: 'gekaapt' }, chair).expect(403);
    const habeko = (await t.make.organisation()).id;
    const atTable = await t.make.person({ organisationId: habeko });
    await t.make.invitation((await t.make.meeting(boskoop)).id, { organisationId: habeko });
    await change(atTable.id, { email: 'nieuw@habeko.example' }, chair).expect(200);
    const { body } = await create({ name: 'verschreven', email: 'nw@elders.example' }, chair).expect(201);
    await change(body.id, { name: 'goed geschreven' }, chair).expect(200);
  });

  it('never lets a chair change the account of an administrator or of anyone who holds a grant', async () => {
    const holder = await t.make.person({ organisationId: police });
    await t.make.grant(holder.id, 'admin', await t.make.root());
    await t.make.contact(police, holder.id, boskoop, { untilOn: '2026-12-31' });
    await change(holder.id, { email: 'van.mij@organisatie.example' }, chair).expect(403);
    await change(holder.id, { active: false }, chair).expect(403);
    await change(holder.id, { replacementId: holder.id }, chair).expect(403);
    const later = await t.make.person({ organisationId: police });
    await t.make.contact(police, later.id, boskoop, { fromOn: '2027-01-01' });
    await t.make.grant(later.id, 'reader', boskoop, { fromOn: '2026-07-01' });
    await change(later.id, { email: 'van.mij@organisatie.example' }, chair).expect(403);
    expect((await get(`/v1/people/${holder.id}`)).body).toMatchObject({ email: holder.email, version: 1 });
  });

  it('lets a partner see and change people of the own organisation only; others do not exist', async () => {
    const own = (await t.make.organisation()).id;
    const partner = await signIn({ organisationId: own });
    const colleague = await t.make.person({ organisationId: own });
    const shared = await t.make.person({ organisationId: own });
    await t.make.member(shared.id, police);
    const stranger = await t.make.person({ organisationId: police });
    const { body } = await get('/v1/people', partner.token).expect(200);
    expect(body.total).toBe(3);
    expect(body.items.map(({ id }: { id: string }) => id).sort()).toEqual([partner.id, colleague.id, shared.id].sort());
    expect((await get(`/v1/people/${colleague.id}`, partner.token)).body).toMatchObject({
      email: colleague.email,
      openActions: null,
    });
    const unknown = await get('/v1/people/019300a0-0000-7000-8000-0000000000ff', partner.token).expect(404);
    expect((await get(`/v1/people/${stranger.id}`, partner.token).expect(404)).body).toEqual(unknown.body);
    await change(stranger.id, { name: 'x' }, partner.token).expect(404);
    await get(`/v1/people/${stranger.id}/memberships`, partner.token).expect(404);
    await change(colleague.id, { email: 'ander@organisatie.example' }, partner.token).expect(200);
    await change(shared.id, { email: 'gekaapt@organisatie.example' }, partner.token).expect(403);
    await change(shared.id, { name: 'andere naam' }, partner.token).expect(200);
    const hidden = await change(
      partner.id,
      { replacementId: stranger.id, replacementUntilOn: '2026-07-01' },
      partner.token,
    );
    expect(hidden.body.errors).toMatchObject([{ field: 'replacementId' }]);
  });

  it('lets a partner add people to the own organisation, and to no other', async () => {
    const own = (await t.make.organisation()).id;
    const partner = await signIn({ organisationId: own });
    const input = { name: 'nieuwe collega', email: 'collega@eigen.example' };
    await create({ ...input, organisationId: police }, partner.token).expect(403);
    await create(input, partner.token).expect(403);
    await create({ ...input, organisationId: own, fromOn: '2026-07-01' }, partner.token).expect(201);
  });

  it('shows people to no reader, and to nobody without a token', async () => {
    const reader = await t.make.signedIn('reader');
    await get('/v1/people', reader).expect(403);
    await t.api.get('/v1/people').expect(401);
  });

  it('answers a repeated Idempotency-Key with the same person', async () => {
    const send = () => create({ name: 'eenmaal', email: 'eenmaal@organisatie.example' }).set('Idempotency-Key', 'p1');
    const first = await send().expect(201);
    expect((await send().expect(201)).body).toEqual(first.body);
  });

  if (kind === 'postgresql') {
    it('reads as many statements for a page of people as for one', async () => {
      const { id } = await t.make.organisation();
      for (let n = 0; n < 5; n += 1) await t.make.person({ organisationId: id });
      // The rights of the caller are read once.
      await get(`/v1/people?organisation=${id}`).expect(200);
      const five = await countReads(t, () => get(`/v1/people?organisation=${id}`).expect(200));
      const one = await countReads(t, () => get(`/v1/people?organisation=${id}&pageSize=1`).expect(200));
      expect(five).toBe(one);
    });
  }
});

/** The number of statements executed during a request. */
async function countReads({ database: { reader } }: TestApp, ask: () => PromiseLike<unknown>): Promise<number> {
  const query = reader.query.bind(reader);
  let count = 0;
  reader.query = ((...given: Parameters<typeof query>) => {
    count += 1;
    return query(...given);
  }) as typeof reader.query;
  await ask();
  reader.query = query;
  return count;
}
