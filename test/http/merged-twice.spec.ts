import { beforeAll, expect, it } from '@jest/globals';
import { DigestScheduler } from '../../src/digests/digests.scheduler.js';
import type { Organisation } from '../../src/directory/organisations/organisation.entity.js';
import { onBothDatabases } from '../support/app.js';
import { follow } from '../support/links.js';
import { Mailbox } from '../support/mailbox.js';
import { type Neighbourhood, startNeighbourhood } from '../support/world.js';

/* One organisation is merged into a second, and that into a third, while answers of its people are on the way. */
onBothDatabases((kind) => {
  let n: Neighbourhood;
  let mailbox: Mailbox;
  let serial = 0;
  beforeAll(async () => {
    mailbox = await Mailbox.start();
    n = await startNeighbourhood(kind, { SMTP_URL: mailbox.url, PUBLIC_URL: 'https://w.example' });
  });
  const layThree = async () => {
    serial += 1;
    const three = await Promise.all(
      ['A', 'B', 'C'].map((one) => n.make.organisation({ name: `Keten ${one}${serial}` })),
    );
    const email = `keten${serial}@werk.example`;
    const person = await n.make.person({ email, organisationId: three[0].id });
    await n.make.contact(three[0].id, person.id);
    for (const { id } of three.slice(1)) {
      const other = await n.make.person({ email: `ander${id.slice(-6)}@werk.example`, organisationId: id });
      await n.make.contact(id, other.id);
    }
    return { three, person, email, token: await n.make.token(person.id) };
  };
  const version = async ({ id }: Organisation) => (await n.get(`/v1/organisations/${id}`, n.as.admin)).body.version;
  const mergeOn = async (three: Organisation[]) => {
    for (const [at, one] of three.slice(0, -1).entries())
      await n
        .put(`/v1/organisations/${one.id}/merger`, { intoId: three[at + 1].id }, await version(one), n.as.admin)
        .expect(200);
  };
  const late = (ownerId: string, fields: object = {}) =>
    n.make.action({ areaId: n.boskoop.id, ownerId, recordedOn: '2026-04-01', dueOn: '2026-05-20', ...fields });
  const read = async (id: string) => (await n.get(`/v1/actions/${id}`, n.as.admin).expect(200)).body;
  const ring = (now: string) => {
    n.clock.set(now);
    return n.app.get(DigestScheduler).planAndDeliver();
  };

  it('takes what is answered through a link that was mailed before both, and shows what another answers for', async () => {
    const { three, email, person } = await layThree();
    const own = await late(three[0].id);
    const named = await late(three[0].id, { ownerPersonId: person.id });
    const shared = await late(n.organisations.boa.id, { coOwnerIds: [three[0].id] });
    await ring('2026-06-08T06:00:00Z');
    const link = /https:\/\/w\.example(\/antwoord\/[\w-]+)/.exec(mailbox.to(email)[0].mail.text!)![1];
    await mergeOn(three);
    const form = await follow(n, link);
    const { text } = await form.get().expect(200);
    const ids = [...text.matchAll(/name="status-([0-9a-f-]{36})"/g)].map(([, id]) => id);
    expect(new Set(ids)).toEqual(new Set([own.id, named.id]));
    expect(text).toContain(shared.number);
    await form.post(Object.fromEntries(ids.map((id) => [`status-${id}`, 'done'])));
    const done = { status: 'done', ownerId: three[2].id };
    expect([await read(own.id), await read(named.id)]).toMatchObject([done, done]);
    expect(await read(shared.id)).toMatchObject({ status: 'open', coOwners: [{ id: three[2].id }] });
    const { body } = await n.get(`/v1/actions/${own.id}/updates`, n.as.admin);
    expect(body.items.map(({ ownerName }: { ownerName: string }) => ownerName)).toEqual(
      [three[0], three[1], three[2], three[2]].map(({ name }) => name),
    );
  });

  it('lists once what was reported done before both, and once what follows on it and is reported done at the table', async () => {
    const { three, email, person } = await layThree();
    const atMeeting = { meetingId: n.meeting.id };
    const first = await late(three[0].id, atMeeting);
    const next = await late(three[0].id, { ...atMeeting, followsOnId: first.id, ownerPersonId: person.id });
    await ring('2026-06-15T06:00:00Z');
    const link = /https:\/\/w\.example(\/antwoord\/[\w-]+)/.exec(mailbox.to(email)[0].mail.text!)![1];
    await (
      await follow(n, link)
    ).post({ [`status-${first.id}`]: 'done', [`comment-${first.id}`]: 'Het bankje staat.' });
    await mergeOn(three);
    const session = await n.make.session(n.meeting.id, { heldOn: '2026-06-15' });
    await n.put(`/v1/sessions/${session.id}/opening`, {}, 1).expect(200);
    await (await follow(n, link)).post({ [`status-${first.id}`]: 'done', [`status-${next.id}`]: 'done' });
    const { body } = await n.get(`/v1/sessions/${session.id}/discussions?pageSize=200`).expect(200);
    const rows = body.items.filter(({ actionId }: { actionId: string }) => [first.id, next.id].includes(actionId));
    expect(rows.map((one: { actionId: string; kind: string }) => [one.actionId, one.kind]).toSorted()).toEqual(
      [
        [first.id, 'reported_done'],
        [next.id, 'open'],
      ].toSorted(),
    );
    expect([await read(first.id), await read(next.id)]).toMatchObject([
      { status: 'done', ownerId: three[0].id },
      { status: 'done', ownerId: three[2].id, followsOnNumber: first.number },
    ]);
    const { body: history } = await n.get(`/v1/actions/${first.id}/updates`, n.as.admin);
    expect(history.items.filter(({ status }: { status: string }) => status === 'done')).toHaveLength(1);
  });

  it('repeats the answer to a request that is sent again after both, and does it once', async () => {
    const { three, token } = await layThree();
    const { id } = await late(three[0].id);
    const post = () =>
      n.api
        .post(`/v1/actions/${id}/updates`)
        .set('Authorization', token)
        .set('Idempotency-Key', `keten-${serial}`)
        .send({ comment: 'gebeld' });
    const first = await post();
    expect(first.status).toBe(201);
    await mergeOn(three);
    const again = await post();
    expect([again.status, again.headers['idempotency-replayed'], again.body]).toEqual([201, 'true', first.body]);
    const { body } = await n.get(`/v1/actions/${id}/updates`, n.as.admin);
    expect(body.items.filter(({ comment }: { comment: string }) => comment === 'gebeld')).toHaveLength(1);
  });

  it('repeats to the chair what was recorded in an area that has been merged since', async () => {
    const [area, into] = [await n.make.area(), await n.make.area()];
    const token = await n.make.signedIn('chair', area.id);
    const sent = { areaId: area.id, title: 'Ruim de berm op', ownerId: n.organisations.boa.id, dueOn: '2026-12-01' };
    const post = () =>
      n.api
        .post('/v1/actions')
        .set('Authorization', token)
        .set('Idempotency-Key', 'gebied')
        .send({ ...sent, dueKind: 'date' });
    const first = await post();
    expect(first.status).toBe(201);
    const { body } = await n.get(`/v1/areas/${area.id}`, n.as.admin);
    await n.put(`/v1/areas/${area.id}/merger`, { intoId: into.id }, body.version, n.as.admin).expect(200);
    const again = await post();
    expect([again.status, again.body.id]).toEqual([201, first.body.id]);
  });
});
