import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { row } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { MailKinds } from '../../src/platform/mail/mail-kinds.js';
import { Outbox } from '../../src/platform/mail/outbox.service.js';
import { describeOnPostgres, newPlace, startApp, type TestApp } from '../support/app.js';
import { DatabaseProxy } from '../support/database-proxy.js';
import { Mailbox } from '../support/mailbox.js';
import { until } from '../support/until.js';
import { MAIL, MONDAY } from './outbox.setup.js';

const ADDRESS = 'wijkagent@politie.example';

describeOnPostgres('a mail that is accepted while PostgreSQL is away', () => {
  let place: Awaited<ReturnType<typeof newPlace>>;
  let proxy: DatabaseProxy;
  let mailbox: Mailbox;
  let t: TestApp;
  let delivery: Delivery;
  let delivering: Promise<unknown>;

  beforeAll(async () => (mailbox = await Mailbox.start()));
  beforeEach(async () => {
    mailbox.clear();
    place = await newPlace('postgresql', true);
    proxy = await DatabaseProxy.before(place.environment.DATABASE_URL);
    const environment = { DATABASE_URL: proxy.url, SMTP_URL: mailbox.url, MAIL_STOP_SECONDS: '1' };
    t = await startApp('sqlite', { now: MONDAY, environment });
    delivery = t.app.get(Delivery);
    t.app.get(MailKinds).register('test', { make: async () => MAIL });
    const expiresAt = '2026-06-07T22:00:00.000Z';
    const mail = { kind: 'test', dedupeKey: 'test', personId: null, batchId: null, payload: {}, expiresAt };
    await t.app.get(Transactions).run((manager) => t.app.get(Outbox).plan(manager, { ...mail, address: ADDRESS }));
    mailbox.behave(ADDRESS, 'accept-slowly');
    delivering = delivery.deliverDue().catch(() => 'given up');
    await until('the mail server has the mail', () => mailbox.messages.length === 1);
    proxy.takeAway();
  });
  afterAll(() => proxy?.stop());

  const state = () => row<{ state: string }>(t.database.reader, 'SELECT "state" FROM "outgoing_messages"');
  const end = async () => {
    await t.stop();
    await proxy.stop();
    await place.remove();
  };

  it('is recorded as sent when the database is back, and not sent again', async () => {
    const isTried = until('it was tried for seconds', () => proxy.refused > 5);
    await Promise.race([isTried, delivering]);
    proxy.giveBack();
    expect(await delivering).toEqual({ sent: 1 });
    expect(await state()).toEqual({ state: 'sent' });
    await delivery.deliverDue();
    expect(mailbox.messages).toHaveLength(1);
    await end();
  });

  it('does not keep the service from stopping', async () => {
    const began = performance.now();
    await delivery.beforeApplicationShutdown();
    expect(performance.now() - began).toBeLessThan(4_500);
    expect(await delivering).toBe('given up');
    proxy.giveBack();
    expect(await state()).toEqual({ state: 'claimed' });
    await end();
  });
});
