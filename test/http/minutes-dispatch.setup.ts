import { beforeAll } from '@jest/globals';
import { Person } from '../../src/directory/people/person.entity.js';
import { rows } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { type Mail, MailKinds } from '../../src/platform/mail/mail-kinds.js';
import type { OutgoingMessage } from '../../src/platform/mail/outgoing-message.entity.js';
import { type DatabaseKind, startApp, type TestApp } from '../support/app.js';
import { boskoop, type Boskoop, bring } from '../support/minutes.js';

/** Closed sessions, requests to send their minutes, and the mails planned for that. */
export function setUpDispatch(kind: DatabaseKind) {
  const d = {} as {
    t: TestApp;
  };
  beforeAll(async () => {
    d.t = await startApp(kind, { today: '2026-06-02', environment: { PUBLIC_URL: 'https://wijkagenda.example' } });
  });
  const closed = async () => {
    const b = await boskoop(d.t);
    await bring(d.t, b.session.id, 'closed');
    return b;
  };
  const path = (b: Boskoop) => `/v1/sessions/${b.session.id}/minutes/dispatch`;
  const put = (b: Boskoop, token = b.signedIn.chair, tag = '"1"') =>
    d.t.api.put(path(b)).set('Authorization', token).set('If-Match', tag);
  const messages = (b: Boskoop) =>
    rows<OutgoingMessage>(
      d.t.database.reader,
      `SELECT o.* FROM "outgoing_messages" o JOIN "minutes" m ON m."id" = o."batchId"
       WHERE m."sessionId" = $1 ORDER BY o."address"`,
      [b.session.id],
      { payload: 'json' },
    );
  /** The content of such a mail if it were sent now. */
  const made = async (b: Boskoop, address: string | null): Promise<Mail | null> => {
    const message = (await messages(b)).find((one) => one.address === address)!;
    return d.t.app.get(Transactions).run((m) => d.t.app.get(MailKinds).get('minutes').make(m, message));
  };
  const change = (person: Person, fields: Partial<Person>) =>
    d.t.app.get(Transactions).run((m) => m.update(Person, person.id, fields));
  return Object.assign(d, { closed, path, put, messages, made, change });
}
