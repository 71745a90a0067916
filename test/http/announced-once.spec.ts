import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Transactions } from '../../src/platform/database/transactions.js';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Mailbox } from '../support/mailbox.js';

const AGENT = 'wijkagent@politie.example';
const COACH = 'wijkcoach@welzijn.example';
const NOON = '2026-06-02T10:00:00.000Z';
const FIVE = '2026-06-02T15:00:01.000Z';

onBothDatabases((kind) => {
  let t: TestApp;
  let mailbox: Mailbox;
  let chair: string;
  let boskoop: string;
  let police: string;
  let welfare: string;
  let agent: string;
  beforeAll(async () => {
    mailbox = await Mailbox.start();
    t = await startApp(kind, { now: NOON, environment: { SMTP_URL: mailbox.url } });
    boskoop = (await t.make.area({ kind: 'kern', name: 'Boskoop', code: 'BOS' })).id;
    await t.make.meeting(boskoop);
    const gemeente = await t.make.organisation({ name: 'Gemeente' });
    chair = await t.make.signedIn('chair', boskoop, { organisationId: gemeente.id });
  });
  beforeEach(async () => {
    await change(
      'DELETE FROM "outgoing_messages"',
      'UPDATE "actions" SET "isWithdrawn" = true',
      'UPDATE "people" SET "email" = NULL WHERE "email" IS NOT NULL AND "id" IN (SELECT "personId" FROM "contacts")',
      'UPDATE "organisations" SET "name" = CAST("id" AS varchar)',
    );
    mailbox.clear();
    police = (await t.make.organisation({ name: 'Politie', kind: 'police' })).id;
    welfare = (await t.make.organisation({ name: 'Welzijn', kind: 'welfare' })).id;
    agent = (await t.make.person({ name: 'wijkagent', email: AGENT, organisationId: police })).id;
    await t.make.contact(police, agent);
    const coach = (await t.make.person({ name: 'wijkcoach', email: COACH, organisationId: welfare })).id;
    await t.make.contact(welfare, coach);
  });

  const change = (...statements: string[]) =>
    t.app.get(Transactions).run(async (manager) => {
      for (const sql of statements) await manager.query(sql);
    });
  const record = async (title: string) =>
    (
      await t.api
        .post('/v1/actions')
        .set('Authorization', chair)
        .send({ title, areaId: boskoop, ownerId: police, dueOn: '2026-06-16' })
        .expect(201)
    ).body;
  const handOver = (id: string, ownerId: string) =>
    t.api.post(`/v1/actions/${id}/updates`).set('Authorization', chair).send({ ownerId }).expect(201);
  const deliverAt = async (instant: string) => {
    t.clock.set(instant);
    return t.app.get(Delivery).deliverDue();
  };
  const textsTo = (address: string) => mailbox.to(address).map(({ mail }) => mail.text!);

  describe('what comes while the mail of the day is refused for a while', () => {
    it('goes in that same mail, the same day', async () => {
      await record('Lantaarn');
      mailbox.behave(AGENT, 'try-later');
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
      mailbox.behave(AGENT, 'accept-and-drop');
      expect(await deliverAt(FIVE)).toEqual({ uncertain: 1 });
      await record('Schouw');
      await deliverAt('2026-06-02T15:02:00.000Z');
      await deliverAt('2026-06-03T15:00:01.000Z');
      expect(textsTo(AGENT).filter((text) => text.includes('Schouw'))).toHaveLength(1);
    });
  });

  it('goes the same day when the first of the day was withdrawn before five', async () => {
    const { id } = await record('Vergissing');
    await t.api
      .post(`/v1/actions/${id}/updates`)
      .set('Authorization', chair)
      .send({ status: 'cancelled', reason: 'x' })
      .expect(201);
    expect(await deliverAt(FIVE)).toEqual({ not_needed: 1 });
    await record('Schouw');
    expect(await deliverAt('2026-06-02T15:10:00.000Z')).toEqual({ sent: 1 });
    expect(textsTo(AGENT)[0]).not.toContain('Vergissing');
  });

  describe('an action that is handed over', () => {
    it('is announced to its new owner alone when that is before its first mail', async () => {
      const { id } = await record('Lantaarn');
      await handOver(id, welfare);
      await deliverAt(FIVE);
      expect(textsTo(AGENT)).toEqual([]);
      expect(textsTo(COACH)[0]).toContain('Lantaarn');
    });

    it('is announced to its new owner the same day, also when it is of long ago', async () => {
      const { id } = await t.make.action({
        ...{ areaId: boskoop, ownerId: police, title: 'Oude lantaarn', recordedOn: '2026-03-01', dueOn: '2026-07-01' },
      });
      await handOver(id, welfare);
      await deliverAt(FIVE);
      expect(textsTo(AGENT)).toEqual([]);
      expect(textsTo(COACH)[0]).toContain('Oude lantaarn');
    });

    it('is announced in a batch too', async () => {
      const { id } = await t.make.action({ areaId: boskoop, ownerId: police, title: 'Bankje' });
      await t.api
        .post('/v1/action-updates')
        .set('Authorization', chair)
        .send({ items: [{ actionId: id, ownerId: welfare }] })
        .expect(200);
      await deliverAt(FIVE);
      expect(textsTo(COACH)[0]).toContain('Bankje');
    });
  });

  it('goes to the replacement of who is away as well', async () => {
    const stand = await t.make.person({ name: 'vervanger', email: 'vervanger@politie.example' });
    await change(
      `UPDATE "people" SET "replacementId" = '${stand.id}', "replacementUntilOn" = '2026-06-05' WHERE "id" = '${agent}'`,
    );
    await record('Lantaarn');
    await deliverAt(FIVE);
    expect(textsTo(AGENT)[0]).toContain('Lantaarn');
    expect(textsTo('vervanger@politie.example')[0]).toContain('Lantaarn');
  });

  it('goes to who answers for the owner when it leaves, at the address of that moment', async () => {
    await record('Lantaarn');
    const other = await t.make.person({
      name: 'wijkagent Zuid',
      email: 'zuid@politie.example',
      organisationId: police,
    });
    await t.make.contact(police, other.id, boskoop);
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
    const { body } = await t.api
      .post(`/v1/action-imports?area=${boskoop}`)
      .set('Authorization', chair)
      .set('Content-Type', 'text/csv')
      .send(list)
      .expect(201);
    expect(body.counts).toMatchObject({ new: 2 });
    await t.api
      .put(`/v1/action-imports/${body.id}/execution`)
      .set('Authorization', chair)
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
