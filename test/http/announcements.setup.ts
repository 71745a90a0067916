import { beforeAll, beforeEach } from '@jest/globals';
import { Transactions } from '../../src/platform/database/transactions.js';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { type DatabaseKind, startApp, type TestApp } from '../support/app.js';
import { Mailbox } from '../support/mailbox.js';
import { CAST, layVillage } from '../support/world.js';

export const AGENT = 'wijkagent@politie.example';
export const COACH = 'wijkcoach@welzijn.example';
/** Ten in the morning, and just after the daily mail is due. */
export const MORNING = '2026-06-02T08:00:00.000Z';
export const FIVE = '2026-06-02T15:00:01.000Z';

/** A chair who assigns actions, the people who are notified, and a mail server. */
export function setUpAnnouncements(kind: DatabaseKind) {
  const a = {} as {
    t: TestApp;
    mailbox: Mailbox;
    chair: string;
    boskoop: string;
    police: string;
    welfare: string;
    agent: string;
  };
  beforeAll(async () => {
    a.mailbox = await Mailbox.start();
    a.t = await startApp(kind, {
      now: MORNING,
      environment: { SMTP_URL: a.mailbox.url, MUNICIPALITY: 'Gemeente Alphen' },
    });
    const { area, tokens } = await layVillage(a.t, { gemeente: CAST.gemeente });
    Object.assign(a, { chair: tokens.gemeente, boskoop: area.id });
  });
  const change = (...statements: string[]) =>
    a.t.app.get(Transactions).run(async (manager) => {
      for (const sql of statements) await manager.query(sql);
    });
  const contactOf = async (organisationId: string, name: string, email: string): Promise<string> => {
    const { id } = await a.t.make.person({ name, email, organisationId });
    await a.t.make.contact(organisationId, id);
    return id;
  };
  // New for each test, which may change their contacts; those of earlier tests get no mail.
  beforeEach(async () => {
    await change(
      'DELETE FROM "outgoing_messages"',
      'UPDATE "actions" SET "isWithdrawn" = true',
      'UPDATE "people" SET "email" = NULL WHERE "email" IS NOT NULL AND "id" IN (SELECT "personId" FROM "contacts")',
      'UPDATE "organisations" SET "name" = CAST("id" AS varchar)',
    );
    a.mailbox.clear();
    a.police = (await a.t.make.organisation({ name: 'Politie', kind: 'police' })).id;
    a.welfare = (await a.t.make.organisation({ name: 'Welzijn', kind: 'welfare' })).id;
    a.agent = await contactOf(a.police, 'wijkagent Boskoop', AGENT);
    await contactOf(a.welfare, 'wijkcoach', COACH);
  });
  const send = (path: string, body: object, who = a.chair) => a.t.api.post(path).set('Authorization', who).send(body);
  const record = async (title: string, body: object = {}) => {
    const action = { title, areaId: a.boskoop, ownerId: a.police, dueOn: '2026-06-16', ...body };
    return (await send('/v1/actions', action).expect(201)).body;
  };
  const deliverAt = async (instant: string) => {
    a.t.clock.set(instant);
    return a.t.app.get(Delivery).deliverDue();
  };
  return Object.assign(a, { change, send, record, deliverAt });
}
