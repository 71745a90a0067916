import { expect, it } from '@jest/globals';
import { rows } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { Outbox } from '../../src/platform/mail/outbox.service.js';
import { SmtpConnection } from '../../src/platform/mail/smtp-connection.js';
import { startApp } from '../support/app.js';
import { Mailbox } from '../support/mailbox.js';
import { MONDAY } from './outbox.setup.js';

it('gives up on a server that hangs, within its own limit, and does not know whether the mail arrived', async () => {
  const mailbox = await Mailbox.start();
  mailbox.behave('traag@politie.example', 'hang');
  const line = new SmtpConnection(mailbox.url, 300);
  const began = performance.now();
  const outcome = await line.send(
    { from: 'a@gemeente.example', to: 'traag@politie.example' },
    'Subject: x\r\n\r\ny\r\n',
  );
  expect(outcome).toEqual({ state: 'uncertain', words: 'Timed out after 0.3 seconds.' });
  expect(performance.now() - began).toBeLessThan(5000);
});

it('waits for a server that cannot be reached: nothing was accepted, so nothing is uncertain', async () => {
  const outcome = await new SmtpConnection('smtp://127.0.0.1:1', 5000).send(
    { from: 'a@b.example', to: 'c@d.example' },
    'x',
  );
  expect(outcome).toMatchObject({ state: 'deferred', words: expect.stringContaining('ECONNREFUSED') });
});

it('keeps what is planned without a mail server as skipped, and does not send it once there is one', async () => {
  const t = await startApp('sqlite', { now: MONDAY, environment: { SMTP_URL: '' } });
  await t.app.get(Transactions).run((manager) =>
    t.app.get(Outbox).plan(manager, {
      kind: 'test',
      dedupeKey: 'a',
      address: 'a@politie.example',
      personId: null,
      batchId: null,
      payload: {},
      expiresAt: '2026-06-07T22:00:00.000Z',
    }),
  );
  const stored = () => rows(t.database.reader, 'SELECT "state", "serverWords" FROM "outgoing_messages"');
  expect(await t.app.get(Delivery).deliverDue()).toEqual({});
  expect(await stored()).toEqual([{ state: 'skipped', serverWords: 'No mail server was configured.' }]);
  const mailbox = await Mailbox.start();
  t.settings.SMTP_URL = mailbox.url;
  expect(await t.app.get(Delivery).deliverDue()).toEqual({});
  expect(mailbox.messages).toHaveLength(0);
});
