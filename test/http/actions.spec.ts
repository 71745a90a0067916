import { beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/platform/common/ids.js';
import { row } from '../../src/platform/database/rows.js';
import { onBothDatabases } from '../support/app.js';
import { fieldsOf, type Neighbourhood, startNeighbourhood } from '../support/world.js';

interface Line {
  id: string;
  title: string;
}

onBothDatabases((kind) => {
  let n: Neighbourhood;
  let politie: string;
  beforeAll(async () => {
    n = await startNeighbourhood(kind);
    politie = n.organisations.politie.id;
  });
  const plan = (fields: object = {}) => ({
    areaId: n.boskoop.id,
    title: 'Extra surveillance bij de skatebaan',
    ownerId: politie,
    dueOn: '2026-06-16',
    ...fields,
  });
  const record = async (fields: object = {}) => (await n.post('/v1/actions', plan(fields)).expect(201)).body;

  describe('recording', () => {
    it('gives the action a number of its area and says where it is', async () => {
      const { body, headers } = await n.post('/v1/actions', plan({ coOwnerIds: [n.organisations.boa.id] })).expect(201);
      expect(body).toMatchObject({
        number: 'BOS-1',
        areaName: 'Boskoop',
        meetingId: n.meeting.id,
        ownerName: 'Politie',
        coOwners: [{ id: n.organisations.boa.id, name: "BOA's" }],
        dueKind: 'date',
        dueOn: '2026-06-16',
        originalDueOn: '2026-06-16',
        status: 'open',
        isOverdue: false,
        recordedOn: '2026-06-02',
        version: 1,
      });
      expect(headers).toMatchObject({ etag: '"1"', location: `/v1/actions/${body.id}` });
      const read = await n.get(`/v1/actions/${body.id}`).expect(200);
      expect(read.body).toEqual(body);
      expect((await record()).number).toBe('BOS-2');
    });

    it('gives no number twice when many are recorded at once', async () => {
      const area = await n.make.area({ code: 'DRK' });
      await n.make.grant(n.people.gebiedsadviseur.id, 'chair', area.id);
      const made = await Promise.all(Array.from({ length: 12 }, () => record({ areaId: area.id })));
      const numbers = made.map(({ number }) => Number(number.replace('DRK-', ''))).sort((a, b) => a - b);
      expect(numbers).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
    });

    it('asks for an owner and a deadline outside a session, naming both, and changes nothing', async () => {
      const counted = () =>
        row(n.database.reader, 'SELECT "lastActionNumber" FROM "areas" WHERE "id" = $1', [n.boskoop.id]);
      const before = await counted();
      const { body } = await n.post('/v1/actions', { areaId: n.boskoop.id, title: 'Iets' }).expect(400);
      expect(fieldsOf(body)).toEqual(['dueOn', 'ownerId']);
      expect(await counted()).toEqual(before);
    });

    it.each<[string, object, string[]]>([
      [
        'unknown organisations',
        { ownerId: newId(), coOwnerIds: [newId()], requestedById: newId() },
        ['coOwnerIds', 'ownerId', 'requestedById'],
      ],
      ['an unknown area', { areaId: newId() }, ['areaId']],
      ['an unknown meeting', { meetingId: newId() }, ['meetingId']],
      ['an action it cannot follow', { followsOnId: newId() }, ['followsOnId']],
      ['an item outside a session', { agendaItemId: newId() }, ['agendaItemId']],
      ['a date for "z.s.m."', { dueKind: 'asap' }, ['dueOn']],
      ['an impossible date', { dueOn: '2026-02-30' }, ['dueOn']],
      ['a time', { dueOn: '2026-06-16T10:00:00Z' }, ['dueOn']],
      ['a blank title and unknown fields', { title: '  ', colour: 'red' }, ['colour', 'title']],
      ['parties of what is not confidential', { partyIds: [newId()] }, ['partyIds', 'partyIds']],
    ])('refuses %s', async (_, fields, expected) => {
      const { body } = await n.post('/v1/actions', plan(fields)).expect(400);
      expect(fieldsOf(body)).toEqual(expected);
    });

    it('takes a person of the owner, and nobody else', async () => {
      const { wijkagent, handhaver } = n.people;
      expect(await record({ ownerPersonId: wijkagent.id })).toMatchObject({ ownerPersonName: 'wijkagent Boskoop' });
      const { body } = await n.post('/v1/actions', plan({ ownerPersonId: handhaver.id })).expect(400);
      expect(fieldsOf(body)).toEqual(['ownerPersonId']);
    });

    it('dates "volgend overleg" and checks "z.s.m." at the next planned session, else after 28 days', async () => {
      const area = await n.make.area();
      await n.make.grant(n.people.gebiedsadviseur.id, 'chair', area.id);
      const meeting = await n.make.meeting(area.id);
      const undated = { areaId: area.id, dueOn: undefined };
      expect(await record({ ...undated, dueKind: 'next_session' })).toMatchObject({
        dueKind: 'next_session',
        dueOn: null,
        checkOn: '2026-06-30',
      });
      expect(await record({ ...undated, dueKind: 'asap' })).toMatchObject({ dueOn: null, checkOn: '2026-06-30' });
      await n.make.session(meeting.id, { heldOn: '2026-05-05' });
      await n.make.session(meeting.id, { heldOn: '2026-09-01' });
      await n.make.session(meeting.id, { heldOn: '2026-07-07' });
      expect(await record({ ...undated, dueKind: 'next_session' })).toMatchObject({
        dueOn: '2026-07-07',
        originalDueOn: '2026-07-07',
        checkOn: null,
      });
      await n.make.session(meeting.id, { heldOn: '2026-06-02' });
      expect(await record({ ...undated, dueKind: 'ongoing' })).toMatchObject({ dueOn: null, checkOn: '2026-07-07' });
    });

    it('is for chairs, in their own areas', async () => {
      const elsewhere = await n.make.area();
      await n.post('/v1/actions', plan({ areaId: elsewhere.id })).expect(403);
      await n.post('/v1/actions', plan(), n.as.police).expect(403);
      await n.post('/v1/actions', plan(), n.as.admin).expect(403);
      await n.api.post('/v1/actions').send(plan()).expect(401);
    });

    it('answers a repeated Idempotency-Key with the same action', async () => {
      const send = () => n.post('/v1/actions', plan()).set('Idempotency-Key', `k-${kind}`).expect(201);
      expect((await send()).body).toEqual((await send()).body);
    });
  });

  describe('reading', () => {
    it('shows the chair the area, the partner what is of the own meeting or organisation, others nothing', async () => {
      const mine = await record({ ownerId: n.organisations.boa.id });
      const theirs = await record();
      const shared = await record({ coOwnerIds: [n.organisations.boa.id] });
      const see = async (id: string, who: string) => (await n.get(`/v1/actions/${id}`, who)).status;
      expect(await Promise.all([mine, theirs, shared].map(({ id }) => see(id, n.as.boa)))).toEqual([200, 404, 200]);
      expect(await Promise.all([mine, theirs].map(({ id }) => see(id, n.as.police)))).toEqual([200, 200]);
      expect(await Promise.all([mine, theirs].map(({ id }) => see(id, n.as.admin)))).toEqual([200, 200]);
      expect(await see(mine.id, n.as.habeko)).toBe(404);
      const hidden = await n.get(`/v1/actions/${mine.id}`, n.as.habeko);
      expect(hidden.body).toEqual((await n.get(`/v1/actions/${newId()}`, n.as.habeko)).body);
      const list = await n.get('/v1/actions', n.as.boa).expect(200);
      const listed = list.body.items.map(({ id }: Line) => id);
      expect(listed).toEqual(expect.arrayContaining([mine.id, shared.id]));
      expect(listed).not.toContain(theirs.id);
      expect(list.body.total).toBe(listed.length);
      expect((await n.get('/v1/actions', n.as.habeko)).body.total).toBe(0);
      expect((await n.get('/v1/actions/x').expect(400)).body.code).toBe('INVALID_ID');
    });

    it('shows a reader only what is public, without persons and details', async () => {
      const area = await n.make.area();
      const reader = await n.make.signedIn('reader', area.id);
      const open = { areaId: area.id, details: 'bij de familie op nr 3', ownerPersonId: n.people.wijkagent.id };
      await n.make.action({ ...open, title: 'Geheim houden' });
      const shown = await n.make.action({
        ...open,
        title: 'Gesprek met familie',
        isPublic: true,
        publicText: 'Gesprek in de buurt',
      });
      const { body } = await n.get('/v1/actions', reader).expect(200);
      expect(body.total).toBe(1);
      expect(Object.keys(body.items[0]).sort()).toEqual(
        [
          'id',
          'number',
          'title',
          'areaId',
          'areaName',
          'ownerId',
          'ownerName',
          'dueKind',
          'dueOn',
          'status',
          'result',
          'isPublic',
        ].sort(),
      );
      expect(body.items[0].title).toBe('Gesprek in de buurt');
      expect((await n.get(`/v1/actions/${shown.id}`, reader).expect(200)).body).toEqual(body.items[0]);
      expect((await n.get('/v1/actions?q=familie', reader)).body.total).toBe(0);
      expect((await n.get('/v1/actions?q=buurt', reader)).body.total).toBe(1);
      expect((await n.get(`/v1/actions?person=${n.people.wijkagent.id}`, reader)).body.total).toBe(0);
      expect((await n.get('/v1/actions?asOf=2026-06-02', reader)).body.total).toBe(0);
      await n.get(`/v1/actions/${shown.id}/updates`, reader).expect(403);
    });
  });

  describe('editing', () => {
    it('changes texts and co-owners, with a row of history', async () => {
      const { id } = await record();
      const { body, headers } = await n
        .patch(
          `/v1/actions/${id}`,
          {
            title: 'Nieuwe titel',
            details: 'meer',
            theme: 'zwerfvuil',
            isPublic: true,
            coOwnerIds: [n.organisations.habeko.id],
          },
          1,
        )
        .expect(200);
      expect(body).toMatchObject({
        title: 'Nieuwe titel',
        details: 'meer',
        isPublic: true,
        coOwners: [{ name: 'Habeko Wonen' }],
        version: 2,
      });
      expect(headers.etag).toBe('"2"');
      const cleared = await n.patch(`/v1/actions/${id}`, { details: null, coOwnerIds: [] }, 2).expect(200);
      expect(cleared.body).toMatchObject({ details: null, coOwners: [] });
      const history = await n.get(`/v1/actions/${id}/updates`).expect(200);
      expect(history.body.items).toMatchObject([
        { kind: 'recorded', title: 'Extra surveillance bij de skatebaan' },
        { kind: 'edit', title: 'Nieuwe titel', recordedByName: 'gebiedsadviseur Boskoop' },
        { kind: 'edit', title: 'Nieuwe titel' },
      ]);
    });

    it('asks for If-Match and refuses an outdated one', async () => {
      const { id } = await record();
      await n.api.patch(`/v1/actions/${id}`).set('Authorization', n.as.chair).send({ title: 'X' }).expect(428);
      await n.patch(`/v1/actions/${id}`, { title: 'X' }, 7).expect(412);
      expect((await n.get(`/v1/actions/${id}`)).body).toMatchObject({
        version: 1,
        title: 'Extra surveillance bij de skatebaan',
      });
    });

    it('refuses what is not edited this way, and what does not exist', async () => {
      const { id } = await record();
      const { body } = await n
        .patch(`/v1/actions/${id}`, { status: 'done', dueOn: '2026-07-01', ownerId: politie }, 1)
        .expect(400);
      expect(fieldsOf(body)).toEqual(['dueOn', 'ownerId', 'status']);
      const unknown = await n
        .patch(`/v1/actions/${id}`, { requestedById: newId(), followsOnId: id, partyIds: [politie] }, 1)
        .expect(400);
      expect(fieldsOf(unknown.body)).toEqual(['followsOnId', 'partyIds', 'requestedById']);
    });

    it('is for the chairs of its area', async () => {
      const { id } = await record();
      await n.patch(`/v1/actions/${id}`, { title: 'X' }, 1, n.as.police).expect(403);
      await n.patch(`/v1/actions/${id}`, { title: 'X' }, 1, n.as.admin).expect(403);
      const other = await n.make.signedIn('chair', (await n.make.area()).id);
      await n.patch(`/v1/actions/${id}`, { title: 'X' }, 1, other).expect(404);
    });
  });
});
