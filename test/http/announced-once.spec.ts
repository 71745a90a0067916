import { describe, expect, it } from '@jest/globals';
import { onBothDatabases } from '../support/app.js';
import { callsOf } from '../support/world.js';
import { AGENT, COACH, FIVE, setUpAnnouncements } from './announcements.setup.js';

onBothDatabases((kind) => {
  const a = setUpAnnouncements(kind);
  const { change, send, record, deliverAt } = a;
  const enter = (id: string, body: object) => send(`/v1/actions/${id}/updates`, body).expect(201);
  const handOver = (id: string, ownerId: string) => enter(id, { ownerId });
  const textsTo = (address: string) => a.mailbox.to(address).map(({ mail }) => mail.text!);

  describe('what comes while the mail of the day is refused for a while', () => {
    it('goes in that same mail, the same day', async () => {
      await record('Lantaarn');
      a.mailbox.behave(AGENT, 'try-later');
      expect(await deliverAt(FIVE)).toEqual({ deferred: 1 });
      await record('Schouw');
      expect(await deliverAt('2026-06-02T15:02:00.000Z')).toEqual({ sent: 1 });
      expect(textsTo(AGENT)).toHaveLength(1);
      expect(textsTo(AGENT)[0]).toContain('Lantaarn');
      expect(textsTo(AGENT)[0]).toContain('Schouw');
      expect(await deliverAt('2026-06-03T20:00:00.000Z')).toEqual({});
    });

    it('goes the next day when the mail may have arrived', async () => {
      await record('Lantaarn');
      a.mailbox.behave(AGENT, 'accept-and-drop');
      expect(await deliverAt(FIVE)).toEqual({ uncertain: 1 });
      await record('Schouw');
      await deliverAt('2026-06-02T15:02:00.000Z');
      await deliverAt('2026-06-03T15:00:01.000Z');
      expect(textsTo(AGENT).filter((text) => text.includes('Schouw'))).toHaveLength(1);
    });
  });

  it('goes the same day when the first of the day was withdrawn before five', async () => {
    const { id } = await record('Vergissing');
    await send(`/v1/actions/${id}/updates`, { status: 'cancelled', reason: 'x' }).expect(201);
    expect(await deliverAt(FIVE)).toEqual({ not_needed: 1 });
    await record('Schouw');
    expect(await deliverAt('2026-06-02T15:10:00.000Z')).toEqual({ sent: 1 });
    expect(textsTo(AGENT)[0]).not.toContain('Vergissing');
  });

  describe('an action that is handed over', () => {
    it('is announced to its new owner alone when that is before its first mail', async () => {
      const { id } = await record('Lantaarn');
      await handOver(id, a.welfare);
      await deliverAt(FIVE);
      expect(textsTo(AGENT)).toEqual([]);
      expect(textsTo(COACH)[0]).toContain('Lantaarn');
    });

    it('is announced to its new owner the same day, also when it is of long ago', async () => {
      const { id } = await a.t.make.action({
        ...{
          areaId: a.boskoop,
          ownerId: a.police,
          title: 'Oude lantaarn',
          recordedOn: '2026-03-01',
          dueOn: '2026-07-01',
        },
      });
      await handOver(id, a.welfare);
      await deliverAt(FIVE);
      expect(textsTo(AGENT)).toEqual([]);
      expect(textsTo(COACH)[0]).toContain('Oude lantaarn');
    });

    it('is announced in a batch too', async () => {
      const { id } = await a.t.make.action({ areaId: a.boskoop, ownerId: a.police, title: 'Bankje' });
      await send('/v1/action-updates', { items: [{ actionId: id, ownerId: a.welfare }] }).expect(200);
      await deliverAt(FIVE);
      expect(textsTo(COACH)[0]).toContain('Bankje');
    });

    it('is announced when it goes on again, if it was finished when it was handed over', async () => {
      const made = { areaId: a.boskoop, ownerId: a.police, recordedOn: '2026-04-01', dueOn: '2026-07-01' };
      const [given, kept] = [await a.t.make.action({ ...made, title: 'Hek' }), await a.t.make.action(made)];
      for (const { id } of [given, kept]) await enter(id, { status: 'done' });
      await handOver(given.id, a.welfare);
      await deliverAt(FIVE);
      expect(a.mailbox.messages).toEqual([]);
      a.t.clock.set('2026-06-03T08:00:00.000Z');
      for (const { id } of [given, kept]) await enter(id, { status: 'open', reason: 'Toch niet af.' });
      await deliverAt('2026-06-03T15:00:01.000Z');
      expect(a.mailbox.messages.map(({ to }) => to)).toEqual([COACH]);
      expect(textsTo(COACH)[0]).toContain('Hek');
    });

    it('is announced to the contact of the organisation its owner was merged into, unless that person already had it', async () => {
      const admin = await a.t.make.signedIn('admin');
      const { id: silent } = await a.t.make.organisation({ name: `Wijkteam ${a.welfare}` });
      const { id: known } = await a.t.make.organisation({ name: `Buurtteam ${a.welfare}` });
      const coach = await a.t.make.person({ email: 'buurtteam@welzijn.example', organisationId: known });
      await a.t.make.contact(known, coach.id);
      const made = { areaId: a.boskoop, recordedOn: '2026-04-01', dueOn: '2026-07-01' };
      await a.t.make.action({ ...made, ownerId: silent, title: 'Van niemand' });
      await a.t.make.action({ ...made, ownerId: a.police, coOwnerIds: [silent], title: 'Samen met niemand' });
      await a.t.make.action({ ...made, ownerId: known, title: 'Van het buurtteam' });
      for (const id of [silent, known])
        await callsOf(a.t)(admin, 'put', `/v1/organisations/${id}/merger`, { intoId: a.welfare }, 1).expect(200);
      await deliverAt(FIVE);
      expect(a.mailbox.messages.map(({ to }) => to)).toEqual([COACH]);
      expect(textsTo(COACH)[0]).toContain('Van niemand');
      expect(textsTo(COACH)[0]).toContain('Samen met niemand');
      expect(textsTo(COACH)[0]).not.toContain('buurtteam');
    });
  });

  it('also goes to the replacement of a person who is away', async () => {
    const stand = await a.t.make.person({ name: 'vervanger', email: 'vervanger@politie.example' });
    await change(
      `UPDATE "people" SET "replacementId" = '${stand.id}', "replacementUntilOn" = '2026-06-05' WHERE "id" = '${a.agent}'`,
    );
    await record('Lantaarn');
    await deliverAt(FIVE);
    expect(textsTo(AGENT)[0]).toContain('Lantaarn');
    expect(textsTo('vervanger@politie.example')[0]).toContain('Lantaarn');
  });

  it('goes to whoever answers for the owner when it leaves, at the address of that moment', async () => {
    await record('Lantaarn');
    const other = await a.t.make.person({
      name: 'wijkagent Zuid',
      email: 'zuid@politie.example',
      organisationId: a.police,
    });
    await a.t.make.contact(a.police, other.id, a.boskoop);
    await deliverAt(FIVE);
    expect(textsTo(AGENT)).toEqual([]);
    expect(textsTo('zuid@politie.example')[0]).toContain('Lantaarn');
    await record('Schouw');
    await change(`UPDATE "people" SET "email" = 'nieuw@politie.example' WHERE "id" = '${other.id}'`);
    await deliverAt('2026-06-03T15:00:01.000Z');
    expect(textsTo('nieuw@politie.example')[0]).toContain('Schouw');
  });

  it('does not tell of an imported action that was agreed long ago as of a new one', async () => {
    const list =
      'datum;actie;wie;wanneer\n1-3-2026;Oude afspraak;Politie;1-7-2026\n2-6-2026;Nieuwe afspraak;Politie;1-7-2026\n';
    const { body } = await a.t.api
      .post(`/v1/action-imports?area=${a.boskoop}`)
      .set('Authorization', a.chair)
      .set('Content-Type', 'text/csv')
      .send(list)
      .expect(201);
    expect(body.counts).toMatchObject({ new: 2 });
    await a.t.api
      .put(`/v1/action-imports/${body.id}/execution`)
      .set('Authorization', a.chair)
      .set('If-Match', `"${body.version}"`)
      .expect(200);
    await record('Lantaarn');
    await deliverAt(FIVE);
    expect(textsTo(AGENT)).toHaveLength(1);
    expect(textsTo(AGENT)[0]).toContain('Lantaarn');
    expect(textsTo(AGENT)[0]).toContain('Nieuwe afspraak');
    expect(textsTo(AGENT)[0]).not.toContain('Oude afspraak');
  });
});
