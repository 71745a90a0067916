import { beforeAll, expect, it } from '@jest/globals';
import { type AddressInfo, connect } from 'node:net';
import { IsNull } from 'typeorm';
import { Transactions } from '../../src/platform/database/transactions.js';
import { Grant } from '../../src/directory/people/grant.entity.js';
import { Session } from '../../src/meetings/session.entity.js';
import { Membership } from '../../src/directory/people/membership.entity.js';
import { Invitation } from '../../src/meetings/invitation.entity.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { until } from '../support/until.js';

onBothDatabases((kind) => {
  let t: TestApp;
  let admin: string;
  let root: string;
  let next = 0;
  beforeAll(async () => {
    t = await startApp(kind);
    admin = await t.make.signedIn('admin');
    root = await t.make.root();
  });
  const area = () => ({
    name: `Buurt ${(next += 1)}`,
    code: `Q${String.fromCharCode(64 + next)}`,
    kind: 'buurt',
    parentId: root,
  });
  const post = (body: object, key: string, as = admin) =>
    t.api.post('/v1/areas').set('Authorization', as).set('Idempotency-Key', key).send(body);
  const total = async () => (await t.api.get('/v1/areas').set('Authorization', admin)).body.total as number;

  it('makes one thing of many requests at the same moment, and answers them all alike', async () => {
    const before = await total();
    const input = area();
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(input, 'together')));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(201));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(answers.filter(({ headers }) => headers['idempotency-replayed']).length).toBe(7);
    expect(
      answers.every(({ headers, body }) => headers.location === `/v1/areas/${body.id}` && headers.etag === '"1"'),
    ).toBe(true);
    expect(await total()).toBe(before + 1);
  });

  it('is done once when the connection drops before the answer, and then gives that answer', async () => {
    const before = await total();
    const input = area();
    const body = JSON.stringify(input);
    const socket = connect((t.server.address() as AddressInfo).port);
    socket.end(
      [
        'POST /v1/areas HTTP/1.1',
        'Host: localhost',
        `Authorization: ${admin}`,
        'Idempotency-Key: dropped',
        'Content-Type: application/json',
        `Content-Length: ${Buffer.byteLength(body)}`,
        '',
        body,
      ].join('\r\n'),
      () => socket.destroy(),
    );
    await until('the area is made', async () => (await total()) > before);
    const { status, headers, body: made } = await post(input, 'dropped');
    expect([status, headers['idempotency-replayed']]).toEqual([201, 'true']);
    expect(made).toMatchObject({ name: input.name });
    expect(await total()).toBe(before + 1);
  });

  it('keeps no answer of a refused request: put right, the same key works', async () => {
    const input = area();
    await post({ ...input, code: 'wrong' }, 'mended').expect(400);
    await post(input, 'mended').expect(201);
  });

  it('knows a key per person', async () => {
    const other = await t.make.signedIn('admin');
    const one = await post(area(), 'mine').expect(201);
    const two = await post(area(), 'mine', other).expect(201);
    expect(two.body.id).not.toBe(one.body.id);
  });

  it('checks rights again before it repeats an answer', async () => {
    const person = await t.make.person();
    await t.make.grant(person.id, 'admin', root);
    const token = await t.make.token(person.id);
    const input = area();
    await post(input, 'then', token).expect(201);
    await t.app
      .get(Transactions)
      .run((manager) => manager.update(Grant, { personId: person.id, untilOn: IsNull() }, { untilOn: '2026-06-01' }));
    await post(input, 'then', token).expect(403);
  });

  const end = (entity: typeof Grant | typeof Invitation | typeof Membership, of: object) =>
    t.app.get(Transactions).run((manager) => manager.update(entity, of, { untilOn: '2026-06-01' }));

  it('repeats no answer about an area that the caller has lost, though another is left', async () => {
    const [lost, left] = [(await t.make.area()).id, (await t.make.area()).id];
    const { id: personId } = await t.make.person();
    for (const areaId of [lost, left]) await t.make.grant(personId, 'chair', areaId);
    const chair = await t.make.token(personId);
    const send = () =>
      t.api
        .post('/v1/goals')
        .set({ Authorization: chair, 'Idempotency-Key': 'lost' })
        .send({ areaId: lost, kind: 'process', title: 'Eenmaal' });
    const { body } = await send().expect(201);
    expect((await send().expect(201)).body).toEqual(body);
    await end(Grant, { personId, areaId: lost });
    await send().expect(403);
  });

  it('repeats no answer of a partner who has lost a meeting or an organisation, though others are left', async () => {
    const [own, other] = [(await t.make.organisation()).id, (await t.make.organisation()).id];
    const { id: personId } = await t.make.person({ organisationId: own });
    await t.make.member(personId, other);
    const areaId = (await t.make.area()).id;
    await t.make.invitation((await t.make.meeting(areaId)).id, { organisationId: other, personId });
    const { id } = await t.make.action({ areaId, ownerId: own });
    const partner = await t.make.token(personId);
    const answer = (key: string) =>
      t.api
        .post(`/v1/actions/${id}/updates`)
        .set({ Authorization: partner, 'Idempotency-Key': key })
        .send({ comment: 'Bezig.' });
    const { body } = await answer('first').expect(201);
    expect((await answer('first').expect(201)).body).toEqual(body);
    await end(Invitation, { personId });
    await answer('first').expect(403);
    await answer('second').expect(201);
    await answer('second').expect(201);
    await end(Membership, { personId, organisationId: other });
    await answer('second').expect(403);
  });

  it('repeats no answer of a notulist who is named for another session only by now', async () => {
    const { id: secretaryId } = await t.make.person();
    const { id: meeting } = await t.make.meeting((await t.make.area()).id);
    await t.make.session(meeting, { secretaryId });
    const { id } = await t.make.session(meeting, { secretaryId, state: 'open' });
    const notulist = await t.make.token(secretaryId);
    const send = () =>
      t.api
        .post(`/v1/sessions/${id}/actions`)
        .set({ Authorization: notulist, 'Idempotency-Key': 'named' })
        .send({ title: 'Lantaarn vervangen' });
    const { body } = await send().expect(201);
    expect((await send().expect(201)).body).toEqual(body);
    await t.app.get(Transactions).run((manager) => manager.update(Session, id, { secretaryId: null }));
    await send().expect(403);
  });

  it('repeats nothing confidential to a chair whose organisation may no longer know it', async () => {
    const { id: own } = await t.make.organisation();
    const { id: personId } = await t.make.person({ organisationId: own });
    const areaId = (await t.make.area()).id;
    await t.make.grant(personId, 'chair', areaId);
    const chair = await t.make.token(personId);
    const { id: meetingId } = await t.make.meeting(areaId);
    const action = {
      title: 'Gesprek',
      meetingId,
      ownerId: own,
      dueKind: 'asap',
      isConfidential: true,
      partyIds: [own],
    };
    const send = () =>
      t.api.post('/v1/actions').set({ Authorization: chair, 'Idempotency-Key': 'secret' }).send(action);
    await send().expect(201);
    await send().expect(201);
    await end(Membership, { personId });
    await send().expect(403);
  });

  it.each(['', 'with space', 'x'.repeat(201)])('refuses the key %j', async (key) => {
    const answer = await post(area(), key);
    expect(answer.status).toBe(400);
    expect(answer.body.code).toBe('INVALID_IDEMPOTENCY_KEY');
  });

  it('forgets a key after seven days', async () => {
    const first = await post(area(), 'weekly').expect(201);
    t.clock.set('2026-06-09T12:00:00Z');
    const second = await post(area(), 'weekly').expect(201);
    expect(second.body.id).not.toBe(first.body.id);
  });

  it('never keeps the secret of a token', async () => {
    const send = () =>
      t.api.post('/v1/tokens').set('Authorization', admin).set('Idempotency-Key', 'secret').send({ name: 'koppeling' });
    const { body } = await send().expect(201);
    expect(body.token).toMatch(/^wa_/);
    const stored = await t.database.reader.query('SELECT * FROM "idempotency_keys"');
    expect(JSON.stringify(stored)).not.toContain(body.token);
  });
});
