import { beforeAll, expect, it } from '@jest/globals';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import type { Person } from '../../src/directory/people/person.entity.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { visit } from '../support/links.js';
import { Mailbox } from '../support/mailbox.js';
import { laySmallYear } from '../support/small-year.js';
import { Visitor } from '../support/visitor.js';

/** Somebody is away for some weeks, and a colleague replaces them. */
onBothDatabases((kind) => {
  let t: TestApp;
  let mailbox: Mailbox;
  let year: Awaited<ReturnType<typeof laySmallYear>>;
  let chair: string;
  let stand: Person;
  beforeAll(async () => {
    mailbox = await Mailbox.start();
    t = await startApp(kind, { today: '2024-01-01', environment: { SMTP_URL: mailbox.url } });
    year = await laySmallYear(t.make);
    t.clock.set('2026-01-10T10:00:00Z');
    chair = await t.make.signedIn('chair', year.boskoop.id);
    stand = await t.make.person({ name: 'wijkagent elders', organisationId: year.police.id });
    await t.make.contact(year.police.id, stand.id, year.elsewhere.id);
  });
  const hrefOf = (text: string, label: string): string =>
    new RegExp(`<a href="([^"#]+)[^"]*">${label}<`).exec(text)![1].replaceAll('&#x3D;', '=');

  it('is named from the own mail, until a day, and is not shown any more after it', async () => {
    const away = await Visitor.of(t, year.contact.id);
    const path = hrefOf(await away.see('/mijn-mail'), 'Kies een vervanger');
    const page = await away.see(path);
    expect(page).toContain('Er is geen vervanger.');
    const fields = { replacementId: stand.email!, replacementUntilOn: '2026-01-12' };
    const version = /name="version" value="(\d+)"/.exec(page)![1];
    expect((await away.post(`${path}/vervanger`, { ...fields, version }, path)).status).toBe(303);
    const until = 'tot en met maandag 12 januari 2026';
    expect(await away.see('/mijn-mail')).toContain(`T${until.slice(1)} krijgt wijkagent elders uw mail ook.`);
    const theirs = await (await Visitor.of(t, stand.id)).see('/mijn-mail');
    expect(theirs).toContain(`U vervangt ${year.contact.name} ${until}`);
    t.clock.set('2026-01-13T08:00:00Z');
    const back = await Visitor.of(t, year.contact.id);
    expect(await back.see(path)).toMatch(/Er is geen vervanger\.[^]*name="replacementUntilOn"[^>]* value=""/);
    expect(await (await Visitor.of(t, stand.id)).see('/mijn-mail')).not.toContain('U vervangt');
    t.clock.set('2026-01-10T10:00:00Z');
  });

  it('does not make a chair: the page says how to arrange that', async () => {
    const adviser = await t.make.person({ name: 'gebiedsadviseur' });
    await t.make.grant(adviser.id, 'chair', year.boskoop.id);
    const visitor = await Visitor.of(t, adviser.id);
    const path = hrefOf(await visitor.see('/mijn-mail'), 'Kies een vervanger');
    expect(await visitor.see(path)).toContain('Er is geen vervanger. Voorzitter zijn gaat niet vanzelf over');
  });

  it('is sent the draft of a review as well, and speaks for the organisation until the last day', async () => {
    const api = (by: string) => ({
      read: (id: string) => t.api.get(`/v1/reviews/${id}`).set('Authorization', by),
      react: (id: string) =>
        t.api.post(`/v1/reviews/${id}/reactions`).set('Authorization', by).send({ text: 'Wij herkennen dit.' }),
    });
    const body = { areaId: year.boskoop.id, fromOn: '2025-01-01', asOf: '2025-12-31' };
    const { id } = (await t.api.post('/v1/reviews').set('Authorization', chair).send(body).expect(201)).body;
    const circulation = t.api.put(`/v1/reviews/${id}/circulation`).set('Authorization', chair);
    await circulation.set('If-Match', '"1"').send({}).expect(200);
    await t.app.get(Delivery).deliverDue();
    expect(mailbox.to(year.contact.email!)).toHaveLength(1);
    const [{ mail }, ...more] = mailbox.to(stand.email!);
    expect(more).toEqual([]);
    expect(mail.text).toContain(`U krijgt deze mail omdat u ${year.contact.name} vervangt.`);
    expect(mail.text).toContain('met de naam van Politie erbij');
    const path = /(\/jaarevaluatie-concept\/[\w-]+)/.exec(mail.text!)![1];
    expect((await visit(t, path)).text).toContain('Reactie van Politie');
    const replacement = api(await t.make.token(stand.id));
    await replacement.read(id).expect(200);
    expect((await replacement.react(id).expect(201)).body.organisation).toBe('Politie');
    t.clock.set('2026-01-12T10:00:00Z');
    await replacement.read(id).expect(200);
    t.clock.set('2026-01-13T10:00:00Z');
    await replacement.read(id).expect(404);
    await visit(t, path, 410);
    await api(await t.make.token(year.contact.id))
      .react(id)
      .expect(201);
  });
});
