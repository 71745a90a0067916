import { beforeEach, expect, it } from '@jest/globals';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Mailbox } from '../support/mailbox.js';
import { boskoop, bring } from '../support/minutes.js';
import { Visitor } from '../support/visitor.js';

onBothDatabases((kind) => {
  let mailbox: Mailbox;
  beforeEach(async () => {
    mailbox = await Mailbox.start();
  });
  const deliver = (...services: TestApp[]) => Promise.all(services.map(({ app }) => app.get(Delivery).deliverDue()));
  const addresses = () => mailbox.messages.map(({ to }) => to).sort();

  /** Closed minutes that the chair has chosen to send, held for five minutes. */
  const waiting = async () => {
    const environment = { SMTP_URL: mailbox.url, MINUTES_HOLD_MINUTES: '5' };
    const t = await startApp(kind, { now: '2026-06-02T10:00:00Z', environment });
    const b = await boskoop(t);
    await bring(t, b.session.id, 'closed');
    const chair = await Visitor.of(t, b.chair.id);
    const page = `/vergaderingen/${b.session.id}`;
    const version = /name="version" value="(\d+)"/.exec(
      (await chair.see(page)).split(`${page}/versturen`)[1] ?? '',
    )![1];
    const press = (button: string) => chair.post(`${page}/${button}`, { version }, page);
    expect((await press('versturen')).status).toBe(303);
    await deliver(t);
    return { t, b, chair, page, press, environment };
  };

  it('can be held back from the page until it leaves, and then nothing is sent', async () => {
    const { t, chair, page, press } = await waiting();
    expect(await chair.see(page)).toContain('Tegenhouden');
    expect(await chair.see('/')).toContain('gaat om 12:05 weg');
    expect((await press('tegenhouden')).status).toBe(303);
    const after = await chair.see(page);
    expect(after).toContain('Het verslag is tegengehouden. Er is niets verstuurd.');
    expect(await chair.see('/')).toContain('nog niet verstuurd');
    t.clock.set('2026-06-02T10:30:00Z');
    await deliver(t);
    await deliver(t);
    expect(addresses()).toEqual([]);
  });

  it('tells the chair which version it is in the mail, when one was held back before it', async () => {
    const { t, b, chair, page, press } = await waiting();
    await press('tegenhouden');
    for (const [state, body] of [
      ['reopening', { reason: 'Besluit stond verkeerd' }],
      ['closing'],
      ['minutes/dispatch', { holdMinutes: 0 }],
    ] as const) {
      const path = `/v1/sessions/${b.session.id}`;
      const of = state === 'minutes/dispatch' ? `${path}/minutes` : path;
      const { version } = (await t.api.get(of).set('Authorization', b.signedIn.chair).expect(200)).body;
      await t.api
        .put(`${path}/${state}`)
        .set({ Authorization: b.signedIn.chair, 'If-Match': `"${version}"` })
        .send(body ?? {})
        .expect(200);
    }
    await deliver(t);
    expect(mailbox.messages[0].mail.text).not.toContain('versie 2');
    expect(await chair.see(page)).toMatch(
      /Versie 2 is verstuurd: [^.]*\. In de mail en voor de deelnemers is dit versie 1\./,
    );
  });

  it('is sent once, after a restart and by several services at the same moment', async () => {
    const { t, b, environment } = await waiting();
    expect(addresses()).toEqual([]);
    const { DATABASE_PATH, DATABASE_URL } = t.settings;
    await t.app.close();
    const again = { now: '2026-06-02T10:06:00Z', environment: { ...environment, DATABASE_PATH, DATABASE_URL } };
    const services = [await startApp(kind, again)];
    // SQLite allows one service by design: a second one refuses to start.
    if (kind === 'postgresql') services.push(await startApp(kind, again));
    for (let round = 0; round < 3; round += 1) await deliver(...services);
    const { wijkagent, consulent, chair, coach, beheerder } = b;
    const expected = [wijkagent, consulent, chair, coach, beheerder].map(({ email }) => email!).sort();
    expect(addresses()).toEqual(expected);
  });

  it.each(['erased', 'deactivated'] as const)('leaves when whoever sent it is %s meanwhile', async (how) => {
    const { t, b } = await waiting();
    const admin = await t.make.signedIn('admin');
    const path = `/v1/people/${b.chair.id}`;
    const { headers } = await t.api.get(path).set('Authorization', admin).expect(200);
    const asked = how === 'erased' ? t.api.put(`${path}/erasure`) : t.api.patch(path);
    const body = how === 'erased' ? { ground: 'Verzoek van de betrokkene.' } : { active: false };
    await asked.set('Authorization', admin).set('If-Match', headers.etag).send(body).expect(200);
    t.clock.set('2026-06-02T10:06:00Z');
    await deliver(t);
    const expected = [b.wijkagent, b.consulent, b.coach, b.beheerder].map(({ email }) => email!).sort();
    expect(addresses()).toEqual(expected);
  });
});
