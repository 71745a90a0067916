import { beforeAll, expect, it } from '@jest/globals';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

onBothDatabases((kind) => {
  let t: TestApp;
  let root: string;
  let team: string;
  let society: string;
  let space: string;
  let police: string;
  let bestuurderId: string;
  let procesregisseurId: string;
  const who: Record<string, string> = {};

  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-07-02' });
    const { make } = t;
    root = await make.root();
    team = (await make.area({ kind: 'team', name: 'Team Noord', code: 'NRD' })).id;
    society = (await make.organisation({ name: 'Maatschappelijke ontwikkeling', kind: 'municipality' })).id;
    space = (await make.organisation({ name: 'Beheer openbare ruimte', kind: 'municipality' })).id;
    police = (await make.organisation({ name: 'Politie', kind: 'police' })).id;
    bestuurderId = (await make.person({ name: 'wethouder jeugd' })).id;
    procesregisseurId = (await make.person({ name: 'procesregisseur jeugd' })).id;
    const meeting = await make.meeting(team);
    await make.invitation(meeting.id, { organisationId: police });
    const agent = await make.person({ organisationId: police });
    who.agent = await make.token(agent.id);
    who.society = await make.token((await make.person({ organisationId: society })).id);
    who.space = await make.token((await make.person({ organisationId: space })).id);
    const band = await make.organisation({ name: 'Fanfare' });
    who.stranger = await make.token((await make.person({ organisationId: band.id })).id);
    who.chair = await make.signedIn('chair');
    who.teamChair = await make.signedIn('chair', team);
  });

  const input = (fields: object = {}) => ({
    areaId: root,
    title: 'Jongeren met een plek',
    origin: 'Coalitieakkoord 2026-2030',
    bestuurderId,
    procesregisseurId,
    departments: [
      { organisationId: society, isLead: true, part: 'Jongerenwerk in elke kern.' },
      { organisationId: space, isLead: false, part: 'Inrichting van de plekken.' },
    ],
    ...fields,
  });
  const post = (path: string, body: object, as = 'chair') =>
    t.api.post(`/v1/opgaven${path}`).set('Authorization', who[as]).send(body);
  const get = (path: string, as = 'chair') => t.api.get(`/v1/opgaven${path}`).set('Authorization', who[as]);
  const confirm = (id: string, organisation: string, version: number, as: string) =>
    t.api
      .put(`/v1/opgaven/${id}/departments/${organisation}/confirmation`)
      .set('Authorization', who[as])
      .set('If-Match', `"${version}"`);
  const create = async (fields: object = {}): Promise<string> => (await post('', input(fields)).expect(201)).body.id;

  it('has an origin, a bestuurder, a procesregisseur and departments of which one leads', async () => {
    const { body } = await post('', input()).expect(201);
    expect(body).toMatchObject({
      bestuurder: { id: bestuurderId, name: 'wethouder jeugd' },
      procesregisseur: { name: 'procesregisseur jeugd' },
      departments: [
        { organisationName: 'Beheer openbare ruimte', isLead: false, confirmedOn: null },
        { organisationName: 'Maatschappelijke ontwikkeling', isLead: true, confirmedOn: null },
      ],
      isConfirmed: false,
    });
  });

  it('is refused with one department, without a lead, with a partner as department, or an unknown bestuurder', async () => {
    const one = { organisationId: society, isLead: true, part: 'Alles.' };
    await post('', input({ departments: [one] })).expect(400);
    const { body } = await post(
      '',
      input({
        bestuurderId: police,
        departments: [
          { ...one, isLead: false },
          { organisationId: police, isLead: false, part: 'x' },
        ],
      }),
    ).expect(400);
    expect(body.errors.map(({ field }: { field: string }) => field)).toEqual([
      'departments',
      'bestuurderId',
      'departments.1.organisationId',
    ]);
    expect(
      (await post('', input({ startsOn: '2026-02-01', endsOn: '2026-01-01' })).expect(400)).body.errors,
    ).toMatchObject([{ field: 'endsOn' }]);
  });

  it('is confirmed part by part by the departments themselves, each with its date', async () => {
    const id = await create();
    await confirm(id, society, 1, 'chair').expect(403);
    await confirm(id, society, 1, 'space').expect(403);
    await confirm(id, police, 1, 'agent').expect(404);
    expect((await confirm(id, society, 1, 'society').expect(200)).body.isConfirmed).toBe(false);
    await confirm(id, space, 1, 'space').expect(412);
    const { body } = await confirm(id, space, 2, 'space').expect(200);
    expect(body).toMatchObject({ isConfirmed: true, version: 3 });
    expect(body.departments.map(({ confirmedOn }: { confirmedOn: string }) => confirmedOn)).toEqual([
      '2026-07-02',
      '2026-07-02',
    ]);
  });

  it('asks a department again when its part changes, and only that one', async () => {
    const id = await create();
    await confirm(id, society, 1, 'society').expect(200);
    await confirm(id, space, 2, 'space').expect(200);
    const departments = input().departments.map((one) =>
      one.isLead ? { ...one, part: 'Jongerenwerk in drie kernen.' } : one,
    );
    const { body } = await t.api
      .patch(`/v1/opgaven/${id}`)
      .set('Authorization', who.chair)
      .set('If-Match', '"3"')
      .send({ departments })
      .expect(200);
    expect(body.departments).toMatchObject([{ confirmedOn: '2026-07-02' }, { confirmedOn: null }]);
  });

  it('can still be changed when its bestuurder has left, and names nobody new who has', async () => {
    const gone = await t.make.person({ name: 'wethouder van vorig jaar' });
    const id = await create({ bestuurderId: gone.id });
    const admin = await t.make.signedIn('admin');
    const left = t.api.patch(`/v1/people/${gone.id}`).set('Authorization', admin).set('If-Match', '"1"');
    await left.send({ active: false }).expect(200);
    const patch = (body: object, version: number) =>
      t.api.patch(`/v1/opgaven/${id}`).set('Authorization', who.chair).set('If-Match', `"${version}"`).send(body);
    const { body } = await patch({ title: 'Een plek voor iedereen', bestuurderId: gone.id }, 1).expect(200);
    expect(body).toMatchObject({ title: 'Een plek voor iedereen', bestuurder: { id: gone.id } });
    const { body: refused } = await patch({ procesregisseurId: gone.id }, 2).expect(400);
    expect(refused.errors).toMatchObject([{ field: 'procesregisseurId' }]);
  });

  it('says on the form who left, and is changed there without naming another', async () => {
    const adviser = await t.make.person();
    await t.make.grant(adviser.id, 'chair', root);
    const chair = await Visitor.of(t, adviser.id);
    const [gone, stays] = [await t.make.person({ name: 'wethouder van vorig jaar' }), await t.make.person()];
    const { headers: made } = await chair.post('/opgaven/nieuw', {
      ...{ areaId: root, title: 'Schoon', origin: 'Coalitieakkoord' },
      ...{ bestuurderId: gone.email!, procesregisseurId: stays.email! },
      ...{ 'departments.0.organisationId': society, 'departments.0.part': 'Vegen.' },
      ...{ 'departments.1.organisationId': space, 'departments.1.part': 'Harken.' },
    });
    const path = made.location;
    const admin = await t.make.signedIn('admin');
    const edit = async (send: object, to: string) => {
      const { headers } = await t.api.get(`/v1/people/${gone.id}`).set('Authorization', admin).expect(200);
      const asked = to === '' ? t.api.patch(`/v1/people/${gone.id}`) : t.api.put(`/v1/people/${gone.id}/${to}`);
      await asked.set('Authorization', admin).set('If-Match', headers.etag).send(send).expect(200);
    };
    const fieldsOn = (page: string) => {
      const inputs = [...page.matchAll(/<input[^>]*name="([^"]+)"[^>]*?value="([^"]*)"/g)];
      const areas = [...page.matchAll(/<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)/g)];
      const selects = [...page.matchAll(/<select[^>]*name="([^"]+)"[^>]*>[^]*?<\/select>/g)];
      const chosen = selects.map(([all, name]) => [name, /value="([^"]*)" selected/.exec(all)?.[1] ?? '']);
      return Object.fromEntries([...[...inputs, ...areas].map(([, name, value]) => [name, value]), ...chosen]);
    };
    for (const [change, to, name] of [
      [{ active: false }, '', 'wethouder van vorig jaar'],
      [{ ground: 'Verzoek van de betrokkene.' }, 'erasure', '(naam verwijderd)'],
    ] as const) {
      await edit(change, to);
      const page = await chair.see(`${path}/wijzigen`);
      expect(page).toContain(`${name} doet niet meer mee. Vul in wie het nu is.`);
      expect((await chair.see(path)).replaceAll(/\s+/g, ' ')).toContain(`${name} (doet niet meer mee)`);
      const answer = await chair.post(`${path}/wijzigen`, { ...fieldsOn(page), title: `Schoon ${name}` });
      expect(answer.status).toBe(303);
      expect(await chair.see(path)).toContain(`<h1>Schoon ${name}</h1>`);
    }
  });

  it('takes dated lines of its departments and of the parties in its area, of no one else', async () => {
    const id = await create();
    await post(`/${id}/lines`, { text: 'Het jongerenwerk begint in maart.' }, 'society').expect(201);
    await post(`/${id}/lines`, { text: 'Minder meldingen op vrijdag.' }, 'agent').expect(201);
    await post(`/${id}/lines`, { text: 'Wij spelen.' }, 'stranger').expect(403);
    expect((await get(`/${id}/lines`, 'agent').expect(200)).body.items).toMatchObject([
      { organisationName: 'Politie', writtenOn: '2026-07-02' },
      { organisationName: 'Maatschappelijke ontwikkeling' },
    ]);
  });

  it('is written by a chair of its area, and read by partners', async () => {
    await post('', input(), 'agent').expect(403);
    await post('', input(), 'teamChair').expect(403);
    const id = await create({ title: 'Uniek gevonden' });
    const patch = t.api.patch(`/v1/opgaven/${id}`).set('Authorization', who.teamChair).set('If-Match', '"1"');
    await patch.send({ title: 'X' }).expect(403);
    const { body } = await get(`?q=uniek&organisation=${space}`, 'agent').expect(200);
    expect(body).toMatchObject({ total: 1, items: [{ id }] });
  });
});
