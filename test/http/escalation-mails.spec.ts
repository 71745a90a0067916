import { beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Action } from '../../src/actions/action.entity.js';
import type { Person } from '../../src/directory/people/person.entity.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Mailbox } from '../support/mailbox.js';

const NOW = '2026-06-02T08:00:00.000Z';
const LATER = '2026-06-02T09:00:00.000Z';
const DIRECTOR = 'directeur@gemeente.example';
const STAND_IN = 'vervanger@gemeente.example';
const AGENT = 'agent@politie.example';
const COACH = 'coach@welzijn.example';

onBothDatabases((kind) => {
  let t: TestApp;
  let mailbox: Mailbox;
  let chair: string;
  let welfare: string;
  let police: string;
  let areaId: string;
  let director: Person;
  let standIn: Person;
  let action: Action;
  beforeAll(async () => {
    mailbox = await Mailbox.start();
    t = await startApp(kind, { now: NOW, environment: { SMTP_URL: mailbox.url, PUBLIC_URL: 'https://w.example' } });
    areaId = (await t.make.area({ kind: 'kern', name: 'Boskoop', code: 'BOS' })).id;
    const partner = async (name: string, email: string) => {
      const { id } = await t.make.organisation({ name });
      await t.make.contact(id, (await t.make.person({ email, organisationId: id })).id);
      return id;
    };
    police = await partner('Politie', AGENT);
    welfare = await partner('Welzijn', COACH);
    chair = await t.make.signedIn('chair', areaId);
    director = await t.make.person({ email: DIRECTOR });
    standIn = await t.make.person({ email: STAND_IN });
  });
  beforeEach(async () => {
    t.clock.set(NOW);
    await t.app.get(Transactions).run(async (manager) => {
      for (const table of ['mail_links', 'outgoing_messages']) await manager.query(`DELETE FROM "${table}"`);
    });
    mailbox.clear();
    await replacedUntil('2026-06-20');
    action = await t.make.action({
      areaId,
      ownerId: police,
      title: 'Lantaarn',
      status: 'blocked',
      dueOn: '2026-06-30',
    });
    const asked = { personId: director.id, text: 'Wilt u beslissen?' };
    await t.api.post(`/v1/actions/${action.id}/escalations`).set('Authorization', chair).send(asked).expect(201);
  });

  const replacedUntil = (day: string | null) =>
    t.app.get(Transactions).run((manager) =>
      manager.update('people', director.id, {
        replacementId: day && standIn.id,
        replacementUntilOn: day,
      } as never),
    );
  const change = (body: object) =>
    t.api.post(`/v1/actions/${action.id}/updates`).set('Authorization', chair).send(body).expect(201);
  /** Everyone who received a mail, after a first attempt that the server put off and a second one if there was any. */
  const receivers = async () => {
    await t.app.get(Delivery).deliverDue();
    return mailbox.messages.map(({ to }) => to).sort();
  };
  const putOff = async () => {
    for (const address of [DIRECTOR, STAND_IN, AGENT]) mailbox.behave(address, 'try-later');
    expect(await receivers()).toEqual([]);
    t.clock.set(LATER);
  };

  for (const [when, before] of [
    ['before the mail goes', async () => {}],
    ['between two attempts', putOff],
  ] as const) {
    it(`reaches the person asked, their replacement and the owner when nothing happens ${when}`, async () => {
      await before();
      expect(await receivers()).toEqual([AGENT, DIRECTOR, STAND_IN]);
    });

    it(`is not asked of a replacement whose time ends ${when}`, async () => {
      await before();
      await replacedUntil(null);
      expect(await receivers()).toEqual([AGENT, DIRECTOR]);
    });

    it(`is told to the new owner instead of the former one when the action is handed over ${when}`, async () => {
      await before();
      await change({ ownerId: welfare });
      await receivers();
      const told = mailbox.messages.filter(({ mail }) => mail.subject?.startsWith('Aan de bel'));
      expect(told.map(({ to }) => to)).toEqual([COACH]);
      expect(mailbox.to(DIRECTOR)).toHaveLength(1);
    });

    it.each([
      { status: 'done', result: 'Hij brandt.' },
      { status: 'cancelled', reason: 'De paal gaat weg.' },
    ])(`asks nothing and tells nobody when the action is $status ${when}`, async (closing) => {
      await before();
      await change(closing);
      expect(await receivers()).toEqual([]);
    });
  }
});
