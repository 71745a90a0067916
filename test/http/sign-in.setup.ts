import { beforeAll, beforeEach } from '@jest/globals';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import type { Person } from '../../src/directory/people/person.entity.js';
import { type DatabaseKind, startApp, type TestApp } from '../support/app.js';
import { Mailbox } from '../support/mailbox.js';
import { Visitor } from '../support/visitor.js';

/** Each test has its own person, who is not signed in yet. */
export function setUpSignIn(kind: DatabaseKind) {
  const s = {} as {
    t: TestApp;
    mailbox: Mailbox;
    person: Person;
    visitor: Visitor;
  };
  beforeAll(async () => {
    s.mailbox = await Mailbox.start();
    s.t = await startApp(kind, { environment: { SMTP_URL: s.mailbox.url } });
  });
  beforeEach(async () => {
    // To the second, because the tests assert seconds.
    s.t.clock.set('2026-06-02T10:00:00Z');
    s.mailbox.clear();
    s.person = await s.t.make.person();
    s.visitor = new Visitor(s.t);
  });
  const deliver = () => s.t.app.get(Delivery).deliverDue();
  /** Requests the mail; returns the redirect target, the path of the link and the code. */
  const ask = async (returnTo = '/', email = s.person.email!) => {
    const { headers } = await s.visitor.post('/aanmelden', { email, returnTo }, '/aanmelden');
    await deliver();
    const text = s.mailbox.to(email)[0]?.mail.text ?? '';
    const path = /https?:\/\/[^/]+(\/aanmelden\/\S+)/.exec(text)?.[1] ?? '';
    const code = /^(\d{3} \d{3})$/m.exec(text)?.[1] ?? '';
    return { location: headers.location, path, code };
  };
  return Object.assign(s, { deliver, ask });
}
