import { beforeAll, beforeEach, expect, it } from '@jest/globals';
import { row } from '../../src/platform/database/rows.js';
import type { Area } from '../../src/directory/areas/area.entity.js';
import type { Meeting } from '../../src/meetings/meeting.entity.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

const TODAY = '2026-06-02';

onBothDatabases((kind) => {
  let t: TestApp;
  let admin: string;
  let team: Area;
  let old: Area;
  let next: Area;
  let oldMeeting: Meeting;
  let nextMeeting: Meeting;
  let claim = 0;
  beforeAll(async () => {
    t = await startApp(kind, { today: TODAY });
    admin = await t.make.signedIn('admin');
  });
  beforeEach(async () => {
    const letter = 'ABCDEFGHIJKLMNOP'[claim++];
    team = await t.make.area({ kind: 'team', name: `Team Noord ${letter}` });
    old = await t.make.area({ name: `Ridderveld${letter}`, code: `RI${letter}`, parentId: team.id });
    next = await t.make.area({ name: `Alphen Noord ${letter}` });
    oldMeeting = await t.make.meeting(old.id, { name: 'Overleg Ridderveld' });
    nextMeeting = await t.make.meeting(next.id, { name: 'Overleg Alphen Noord' });
  });

  const merge = (id: string, intoId: string, version = 1, who = admin) =>
    t.api.put(`/v1/areas/${id}/merger`).set('Authorization', who).set('If-Match', `"${version}"`).send({ intoId });
  const get = async (path: string, who = admin) => (await t.api.get(path).set('Authorization', who).expect(200)).body;
  const open = (fields: object) =>
    t.make.action({ areaId: old.id, meetingId: oldMeeting.id, recordedOn: '2026-05-01', ...fields });

  it('keeps the old area reachable, and moves it and everything below it under the new one from today', async () => {
    const street = await t.make.area({ name: 'Straatweg', code: 'STR', kind: 'buurt', parentId: old.id });
    const { body, headers } = await merge(old.id, next.id).expect(200);
    expect(headers.etag).toBe('"2"');
    expect(body).toMatchObject({
      id: old.id,
      name: old.name,
      mergedIntoId: next.id,
      parentId: next.id,
      version: 2,
    });
    expect(await get(`/v1/areas/${old.id}`)).toEqual(body);
    expect((await get(`/v1/areas/${street.id}`)).parentId).toBe(next.id);
    expect(await get(`/v1/areas?q=${old.name.toLowerCase()}`)).toMatchObject({
      total: 1,
      items: [{ mergedIntoId: next.id }],
    });
  });

  it('gives a chair of the new area the old actions from the next request on, and takes none from the old chair', async () => {
    const { id } = await open({ number: `${old.code}-1`, title: 'Schouw', dueOn: '2026-06-20' });
    const chairOf = async (area: Area) => {
      const person = await t.make.person();
      await t.make.grant(person.id, 'chair', area.id);
      return t.make.token(person.id);
    };
    const [former, newOne] = [await chairOf(old), await chairOf(next)];
    await t.api.get(`/v1/actions/${id}`).set('Authorization', newOne).expect(404);
    await merge(old.id, next.id).expect(200);
    for (const who of [former, newOne]) expect((await get(`/v1/actions/${id}`, who)).number).toBe(`${old.code}-1`);
    expect((await get(`/v1/actions?area=${next.id}`, newOne)).total).toBe(1);
  });

  it('lets the meeting of the same kind take over what is open, and leaves what is done and other meetings', async () => {
    const residents = await t.make.meeting(old.id, { name: 'Bewonersavond', kind: 'residents' });
    const late = await open({ number: `${old.code}-1`, title: 'Schouw', dueOn: '2026-05-20' });
    const done = await open({ number: `${old.code}-2`, title: 'Bank', status: 'done', doneOn: '2026-05-02' });
    const told = await open({ number: `${old.code}-3`, title: 'Folder', dueOn: '2026-07-01', meetingId: residents.id });
    await merge(old.id, next.id).expect(200);
    const meetingOf = async ({ id }: { id: string }) => (await get(`/v1/actions/${id}`)).meetingId;
    expect(await Promise.all([late, done, told].map(meetingOf))).toEqual([nextMeeting.id, oldMeeting.id, residents.id]);
    expect((await get(`/v1/meetings/${oldMeeting.id}`)).endedOn).toBe(TODAY);
    expect((await get(`/v1/meetings/${residents.id}`)).endedOn).toBeNull();
  });

  it('takes the open actions of the old area to the next session of the new one', async () => {
    const { id } = await open({ number: `${old.code}-1`, title: 'Schouw', dueOn: '2026-05-20' });
    await merge(old.id, next.id).expect(200);
    const session = await t.make.session(nextMeeting.id, { heldOn: TODAY });
    const person = await t.make.person();
    await t.make.grant(person.id, 'chair', next.id);
    const chair = await t.make.token(person.id);
    await t.api
      .put(`/v1/sessions/${session.id}/opening`)
      .set('Authorization', chair)
      .set('If-Match', '"1"')
      .expect(200);
    const found = await get(`/v1/sessions/${session.id}/discussions`, chair);
    expect(found.items.map(({ actionId }: { actionId: string }) => actionId)).toEqual([id]);
  });

  it('proposes its unfinished goals, like its actions, for the next wijkagenda of the new area', async () => {
    const goal = { areaId: old.id, kind: 'result', title: 'Schone straten' };
    const by = await t.make.signedIn('chair', old.id);
    const { id } = (await t.api.post('/v1/goals').set('Authorization', by).send(goal).expect(201)).body;
    const { id: actionId } = await open({ number: `${old.code}-1`, title: 'Schouw', dueOn: '2027-06-20' });
    await merge(old.id, next.id).expect(200);
    const chair = await t.make.signedIn('chair', next.id);
    const { goals, actions } = await get(`/v1/wijkagendas/proposal?area=${next.id}&year=2027`, chair);
    expect(goals).toMatchObject([{ goalId: id, title: 'Schone straten' }]);
    expect(actions).toMatchObject([{ actionId }]);
  });

  it('leaves the year before as it was', async () => {
    await open({ number: `${old.code}-1`, title: 'Schouw', dueOn: '2026-05-20' });
    const person = await t.make.person();
    await t.make.grant(person.id, 'chair', await t.make.root());
    const chair = await t.make.token(person.id);
    const agreed = async (area: Area, asOf: string) => {
      const body = { areaId: area.id, fromOn: '2026-01-01', asOf };
      const made = await t.api.post('/v1/reviews').set('Authorization', chair).send(body).expect(201);
      return made.body.figures.total.agreed;
    };
    const all = async (asOf: string) => [await agreed(team, asOf), await agreed(next, asOf), await agreed(old, asOf)];
    expect(await all('2026-06-01')).toEqual([1, 0, 1]);
    await merge(old.id, next.id).expect(200);
    expect(await all('2026-06-01')).toEqual([1, 0, 1]);
    expect(await all(TODAY)).toEqual([0, 1, 1]);
  });

  it('takes nothing new: no action, meeting, goal, wijkagenda or area below it, and no change', async () => {
    await merge(old.id, next.id).expect(200);
    const person = await t.make.person();
    await t.make.grant(person.id, 'chair', await t.make.root());
    const chair = await t.make.token(person.id);
    const owner = (await t.make.organisation()).id;
    const below = { name: 'Nieuw', code: 'NWX', kind: 'buurt', parentId: old.id };
    const bodies: [string, object, string][] = [
      ['/v1/actions', { areaId: old.id, title: 'Nieuw', ownerId: owner, dueKind: 'date', dueOn: '2026-07-01' }, chair],
      ['/v1/meetings', { areaId: old.id, kind: 'board', name: 'Nieuw' }, chair],
      ['/v1/goals', { areaId: old.id, kind: 'process', title: 'Nieuw' }, chair],
      ['/v1/wijkagendas', { areaId: old.id, year: 2027 }, chair],
      ['/v1/areas', below, admin],
    ];
    for (const [path, body, who] of bodies) {
      const refused = await t.api.post(path).set('Authorization', who).send(body).expect(400);
      expect(refused.body.errors).toMatchObject([{ field: path === '/v1/areas' ? 'parentId' : 'areaId' }]);
      const other = JSON.parse(JSON.stringify(body).replaceAll(old.id, next.id));
      await t.api.post(path).set('Authorization', who).send(other).expect(201);
    }
    const change = t.api.patch(`/v1/areas/${old.id}`).set('Authorization', admin).set('If-Match', '"2"');
    expect((await change.send({ name: 'Anders' }).expect(409)).body.code).toBe('AREA_MERGED');
  });

  it('gives nobody a new role or contact there, and no other system access to it or its events', async () => {
    await merge(old.id, next.id).expect(200);
    const { id: personId } = await t.make.person();
    const [{ id: organisationId }, other] = [await t.make.organisation(), await t.make.organisation()];
    const someone = { name: 'wijkagent', email: `${old.code}@politie.example`, organisationId: other.id };
    const bodies: [string, Record<string, unknown>, string?][] = [
      ['grants', { personId, role: 'reader', areaId: old.id }],
      ['contacts', { personId, organisationId, areaId: old.id }],
      ['people', { ...someone, contactAreaId: old.id }, 'contactAreaId'],
      ['clients', { name: `Zaken ${old.code}`, areaId: old.id, permissions: ['actions.read'] }],
      ['webhooks', { name: 'Zaken', url: 'https://zaken.example/', areaId: old.id, kinds: ['action.changed'] }],
    ];
    for (const [path, body, field = 'areaId'] of bodies) {
      const post = (sent: object) => t.api.post(`/v1/${path}`).set('Authorization', admin).send(sent);
      const refused = await post(body).expect(400);
      expect(refused.body.errors).toEqual([{ field, message: `${field} is not an area` }]);
      await post({ ...body, [field]: next.id }).expect(201);
    }
  });

  it('lets a chair of before be replaced, whose other meetings go on', async () => {
    const [{ id: fromPersonId }, { id: toPersonId }] = [await t.make.person(), await t.make.person()];
    await t.make.grant(fromPersonId, 'chair', old.id, { fromOn: '2026-01-01' });
    await merge(old.id, next.id).expect(200);
    const change = { areaId: old.id, fromPersonId, toPersonId, fromOn: '2026-06-09' };
    await t.api.post('/v1/chair-changes').set('Authorization', admin).send(change).expect(200);
    const { items } = await get(`/v1/grants?person=${toPersonId}`);
    expect(items).toMatchObject([{ role: 'chair', areaId: old.id, fromOn: '2026-06-09' }]);
  });

  it('never makes a chain: what was merged into it names the newest one', async () => {
    await merge(old.id, next.id).expect(200);
    await merge(next.id, team.id).expect(200);
    expect((await get(`/v1/areas/${old.id}`)).mergedIntoId).toBe(team.id);
    expect((await merge(old.id, team.id, 2).expect(409)).body.code).toBe('AREA_MERGED');
  });

  it('refuses an impossible merger, and changes nothing', async () => {
    const mergers = () =>
      row(t.database.reader, `SELECT count(*) AS "n" FROM "audit_entries" WHERE "operation" = 'area.merged'`);
    const before = await mergers();
    const root = await t.make.root();
    const field = async (into: string) => (await merge(old.id, into).expect(400)).body.errors[0].field;
    expect(await field(old.id)).toBe('intoId');
    expect(await field('019300a0-0000-7000-8000-0000000000ff')).toBe('intoId');
    expect(await field('x')).toBe('intoId');
    expect((await merge(root, next.id).expect(409)).body.code).toBe('ROOT_STAYS');
    expect((await merge(team.id, old.id).expect(409)).body.code).toBe('AREA_LOOP');
    expect((await merge(old.id, next.id, 7).expect(412)).body.code).toBe('VERSION_CHANGED');
    await merge(old.id, next.id, 1, await t.make.signedIn('chair')).expect(403);
    await t.make.session(oldMeeting.id, { heldOn: '2026-06-09' });
    expect((await merge(old.id, next.id).expect(409)).body.code).toBe('SESSIONS_AHEAD');
    expect(await get(`/v1/areas/${old.id}`)).toMatchObject({ mergedIntoId: null, parentId: team.id, version: 1 });
    expect((await get(`/v1/meetings/${oldMeeting.id}`)).endedOn).toBeNull();
    expect(await mergers()).toEqual(before);
  });

  it('lets only one of two opposite mergers through', async () => {
    const statuses = await Promise.all([merge(old.id, next.id), merge(next.id, old.id)]);
    expect(statuses.map(({ status }) => status).toSorted()).toEqual([200, 400]);
  });

  it('is done on a page that first says what will happen', async () => {
    await open({ number: `${old.code}-1`, title: 'Schouw', dueOn: '2026-05-20' });
    const { id: police } = await t.make.organisation();
    const secret = { isConfidential: true, partyIds: [police], ownerId: police, dueOn: '2026-05-20' };
    const { id: secretId } = await open({ number: `${old.code}-V1`, title: 'Huisbezoek', ...secret });
    const person = await t.make.person();
    await t.make.grant(person.id, 'admin', await t.make.root());
    const visitor = await Visitor.of(t, person.id);
    const page = `/beheer/gebieden/${old.id}/samenvoegen`;
    expect(await visitor.see(`/beheer/gebieden/${old.id}`)).toContain(`href="${page}"`);
    expect((await visitor.post(page, { intoId: '' })).text).toContain('Kies het gebied dat verdergaat.');
    const plan = (await visitor.post(page, { intoId: next.id })).text;
    for (const words of [
      '“Overleg Ridderveld” stopt',
      'Overleg Alphen Noord”: 1 actie.',
      'Dit kan niet ongedaan worden gemaakt.',
    ])
      expect(plan).toContain(words);
    expect((await get(`/v1/areas/${old.id}`)).mergedIntoId).toBeNull();
    await visitor.post(page, { intoId: next.id, confirmed: 'yes', version: '1' });
    const after = await visitor.see(`/beheer/gebieden/${old.id}`);
    expect(after).toContain(`<dd>${next.name}</dd>`);
    expect(after).not.toContain('Opslaan');
    const moved = await row(t.database.reader, 'SELECT "meetingId" FROM "actions" WHERE "id" = $1', [secretId]);
    expect(moved).toEqual({ meetingId: nextMeeting.id });
    expect(await visitor.see(`/gebieden/${old.id}`)).toContain('Dit gebied is samengevoegd met');
    expect(await visitor.see(`/gebieden/${next.id}`)).toContain('samengevoegd met dit gebied');
  });
});
