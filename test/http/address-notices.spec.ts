import { beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import type { Person } from '../../src/directory/people/person.entity.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Mailbox } from '../support/mailbox.js';

onBothDatabases((kind) => {
  let t: TestApp;
  let mailbox: Mailbox;
  let admin: string;
  let person: Person;
  beforeAll(async () => {
    mailbox = await Mailbox.start();
    t = await startApp(kind, { today: '2026-06-02', environment: { SMTP_URL: mailbox.url } });
    admin = await t.make.signedIn('admin');
  });
  let count = 0;
  const address = () => `wijkagent.${(count += 1)}@politie.example`;
  beforeEach(async () => {
    mailbox.clear();
    person = await t.make.person({ name: 'wijkagent Boskoop', email: address() });
  });
  const change = (version: number, body: object, who = admin) =>
    t.api.patch(`/v1/people/${person.id}`).set('Authorization', who).set('If-Match', `"${version}"`).send(body);
  const deliver = () => t.app.get(Delivery).deliverDue();
  const sent = () => mailbox.messages.map(({ mail }) => mail.to).flatMap((to) => (to as { text: string }).text);

  it('goes to the former address, and does not name the new one', async () => {
    const later = address();
    await change(1, { email: later }).expect(200);
    await deliver();
    const [notice, ...more] = mailbox.to(person.email!);
    expect(more).toEqual([]);
    expect(notice!.mail.subject).toBe('Uw e-mailadres bij Wijkagenda van Gemeente is gewijzigd');
    for (const words of [notice!.mail.text, notice!.mail.html])
      expect(words).toMatch(/Beste wijkagent Boskoop[^]*Weet u hier niet van\?/);
    expect(notice!.raw).not.toContain(later);
    expect(sent().toSorted()).toEqual([person.email, later].toSorted());
  });

  it('tells the new address that mail and sign-in use it from now on, and does not name the former one', async () => {
    const later = address();
    await change(1, { email: later }).expect(200);
    await deliver();
    const [welcome, ...more] = mailbox.to(later);
    expect(more).toEqual([]);
    expect(welcome!.mail.subject).toBe('Uw mail van Wijkagenda van Gemeente komt voortaan hier');
    for (const words of [welcome!.mail.text, welcome!.mail.html])
      expect(words).toMatch(/Beste wijkagent Boskoop[^]*U meldt zich ook met dit adres aan\./);
    expect(welcome!.raw).not.toContain(person.email);
  });

  it('tells it also when a chair of the area changes it', async () => {
    const area = await t.make.area();
    const { id } = await t.make.organisation();
    await t.make.contact(id, person.id, area.id);
    await change(1, { email: address() }, await t.make.signedIn('chair', area.id)).expect(200);
    await deliver();
    expect(mailbox.to(person.email!)).toHaveLength(1);
  });

  it('tells each former address once, however often it changes', async () => {
    const [second, third] = [address(), address()];
    await change(1, { email: second }).expect(200);
    await change(2, { email: third }).expect(200);
    await deliver();
    await deliver();
    expect(sent().toSorted()).toEqual([person.email, second, third].toSorted());
  });

  it('tells nothing when it was put back at once, when something else changes, or when the change is refused', async () => {
    await change(1, { email: address() }).expect(200);
    await change(2, { email: person.email }).expect(200);
    await deliver();
    expect(mailbox.to(person.email!)).toEqual([]);
    mailbox.clear();
    await change(3, { name: 'wijkagent Zwammerdam' }).expect(200);
    await change(3, { email: address() }).expect(412);
    await change(4, { email: 'geen adres' }).expect(400);
    await deliver();
    expect(mailbox.messages).toEqual([]);
  });

  it('says nothing about a person who was erased meanwhile', async () => {
    await change(1, { email: address() }).expect(200);
    const erase = t.api.put(`/v1/people/${person.id}/erasure`).set('Authorization', admin).set('If-Match', '"2"');
    await erase.send({ ground: 'artikel 17 AVG' }).expect(200);
    await deliver();
    expect(mailbox.messages).toEqual([]);
  });
});
