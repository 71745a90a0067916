import { beforeAll, beforeEach } from '@jest/globals';
import { rows } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { type Mail, MailKinds } from '../../src/platform/mail/mail-kinds.js';
import type { ClaimedMessage } from '../../src/platform/mail/message-bytes.js';
import type { OutgoingMessage } from '../../src/platform/mail/outgoing-message.entity.js';
import { type PlannedMail, Outbox } from '../../src/platform/mail/outbox.service.js';
import { type DatabaseKind, startApp, type TestApp } from '../support/app.js';
import { Mailbox } from '../support/mailbox.js';
import { STORED_MESSAGES } from '../support/stored-messages.js';

export const MONDAY = '2026-06-01T06:00:00.000Z';
export const MAIL: Mail = {
  subject: 'Gemeente: ’t Zand & de Kérk',
  html: '<p>Beste wijkagent, <b>café</b></p>',
  text: 'Beste wijkagent, café',
  lines: 2,
};

/** An outbox with one kind of mail, whose contents the tests determine. */
export function setUpOutbox(kind: DatabaseKind) {
  const o = {} as {
    t: TestApp;
    mailbox: Mailbox;
    made: (message: OutgoingMessage) => Mail | null;
    isWanted: boolean;
  };
  o.isWanted = true;
  let count = 0;

  beforeAll(async () => {
    o.mailbox = await Mailbox.start();
    o.t = await startApp(kind, {
      now: MONDAY,
      environment: { SMTP_URL: o.mailbox.url, MAIL_ONLY_TO: '.example', MAIL_FROM: 'wijkagenda@gemeente.example' },
    });
    o.t.app.get(MailKinds).register('test', {
      make: async (_, message) => o.made(message),
      isStillWanted: async () => o.isWanted,
    });
  });
  beforeEach(() => {
    o.made = () => MAIL;
    o.isWanted = true;
  });

  const plan = async (fields: Partial<PlannedMail> = {}): Promise<string> => {
    count += 1;
    const address = fields.address ?? `adres${count}@politie.example`;
    const mail: PlannedMail = {
      kind: 'test',
      dedupeKey: `test:${count}`,
      personId: null,
      batchId: null,
      payload: {},
      expiresAt: '2026-06-07T22:00:00.000Z',
      ...fields,
      address,
    };
    await o.t.app.get(Transactions).run((manager) => o.t.app.get(Outbox).plan(manager, mail));
    return address;
  };
  const deliver = () => o.t.app.get(Delivery).deliverDue();
  const after = (minutes: number) =>
    o.t.clock.set(new Date(Date.parse(o.t.clock.moment()) + minutes * 60_000).toISOString());
  const change = (sql: string) => o.t.app.get(Transactions).run((manager) => manager.query(sql));
  const messageTo = async (address: string) =>
    (
      await rows<ClaimedMessage>(o.t.database.reader, `SELECT * FROM ${STORED_MESSAGES} WHERE "address" = $1`, [
        address,
      ])
    )[0];
  return Object.assign(o, { plan, deliver, after, change, messageTo });
}
