import { beforeAll, expect, it } from '@jest/globals';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { boskoop, type Boskoop, bring, send } from '../support/minutes.js';

/** The new owner of an action may read the title of the item it came from, but not the minutes. */
onBothDatabases((kind) => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
  });
  const laid = async () => {
    const b = await boskoop(t);
    const outsider = await t.make.organisation({ name: `Waterschap ${b.area.code}` });
    const person = await t.make.person({
      organisationId: outsider.id,
      email: `${b.area.code.toLowerCase()}@waterschap.example`,
    });
    await t.make.contact(outsider.id, person.id);
    await bring(t, b.session.id, 'closed');
    const path = `/v1/sessions/${b.session.id}/minutes`;
    return {
      ...{ b, outsider, newOwner: await t.make.token(person.id), formerOwner: await t.make.token(b.beheerder.id) },
      address: person.email!,
      handOver: (body: object) =>
        t.api.post(`/v1/actions/${b.lamps.id}/updates`).set('Authorization', b.signedIn.chair).send(body).expect(201),
      minutes: (token: string) => t.api.get(path).set('Authorization', token),
      recipients: async () =>
        (await t.api.get(`${path}/dispatch`).set('Authorization', b.signedIn.chair).expect(200)).body.recipients.map(
          ({ address }: { address: string }) => address,
        ),
    };
  };
  const again = async (b: Boskoop) => {
    await bring(t, b.session.id, 'reopened');
    const item = await t.api.get(`/v1/sessions/${b.session.id}/agenda-items`).set('Authorization', b.signedIn.chair);
    const { id, version } = item.body.items[0];
    const edit = t.api.patch(`/v1/agenda-items/${id}`).set('Authorization', b.signedIn.chair);
    await edit.set('If-Match', `"${version}"`).send({ notes: 'Anders.' }).expect(200);
    await bring(t, b.session.id, 'closed');
    await send(t, b);
  };

  it('does not open minutes that were sent before', async () => {
    const l = await laid();
    await send(t, l.b);
    await l.minutes(l.formerOwner).expect(200);
    t.clock.set('2026-06-03T10:00:00Z');
    await l.handOver({ ownerId: l.outsider.id });
    await l.minutes(l.newOwner).expect(404);
    const { body } = await t.api.get(`/v1/actions/${l.b.lamps.id}`).set('Authorization', l.newOwner).expect(200);
    expect(body.agendaItemTitle).toEqual(expect.any(String));
    expect(await l.recipients()).toContain(l.b.beheerder.email);
    await again(l.b);
    const told = await l.recipients();
    expect(told).not.toContain(l.address);
    await l.minutes(l.newOwner).expect(404);
  });

  it('opens them when it was handed over in the session itself', async () => {
    const l = await laid();
    await bring(t, l.b.session.id, 'reopened');
    await l.handOver({ ownerId: l.outsider.id, sessionId: l.b.session.id });
    await bring(t, l.b.session.id, 'closed');
    await send(t, l.b);
    await l.minutes(l.newOwner).expect(200);
  });
});
