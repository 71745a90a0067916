import { beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Mailbox } from '../support/mailbox.js';

onBothDatabases((kind) => {
  let t: TestApp;
  let mailbox: Mailbox;
  let admin: string;
  let areaId: string;
  beforeAll(async () => {
    mailbox = await Mailbox.start();
    t = await startApp(kind, { today: '2026-09-01', environment: { SMTP_URL: mailbox.url, WELCOME_MAIL: 'on' } });
    admin = await t.make.signedIn('admin');
    areaId = (await t.make.area({ name: 'Boskoop' })).id;
  });
  beforeEach(() => mailbox.clear());

  let people = 0;
  const person = () => t.make.person({ name: 'raadslid', email: `raadslid-${(people += 1)}@stad.example` });
  const grant = (personId: string, more: { role?: string; areaId?: string; fromOn?: string; untilOn?: string } = {}) =>
    t.api
      .post('/v1/grants')
      .set('Authorization', admin)
      .send({ personId, role: 'reader', areaId, ...more })
      .expect(201);
  const delivered = async () => {
    await t.app.get(Delivery).deliverDue();
    return mailbox.messages.map(({ mail, to }) => ({ to, subject: mail.subject, text: mail.text }));
  };

  it('is told once how to sign in and what there is to read', async () => {
    const reader = await person();
    await grant(reader.id);
    await grant(reader.id, { areaId: (await t.make.area()).id });
    const subject = 'U kunt meelezen over Boskoop: zo meldt u zich aan';
    const text = expect.stringMatching(/jaarevaluaties[^]*een wachtwoord is niet nodig[^]*de rol van lezer kreeg/);
    expect(await delivered()).toEqual([{ to: reader.email, subject, text }]);
    mailbox.clear();
    await grant(reader.id, { areaId: (await t.make.area()).id });
    expect(await delivered()).toEqual([]);
  });

  it('is told on the first day of the role, not before', async () => {
    const reader = await person();
    await grant(reader.id, { fromOn: '2026-09-03' });
    expect(await delivered()).toEqual([]);
    t.clock.set('2026-09-03T06:30:00Z');
    expect((await delivered()).map(({ to }) => to)).toEqual([reader.email]);
  });

  it('is told nothing if the role ended before the mail went, or if they had a role already', async () => {
    const reader = await person();
    const { body, headers } = await grant(reader.id, { fromOn: '2026-09-03', untilOn: '2026-09-30' });
    await t.api
      .patch(`/v1/grants/${body.id}`)
      .set('Authorization', admin)
      .set('If-Match', headers.etag)
      .send({ untilOn: '2026-09-03' })
      .expect(200);
    t.clock.set('2026-09-04T06:30:00Z');
    expect(await delivered()).toEqual([]);

    const chair = await person();
    await t.make.grant(chair.id, 'chair', areaId);
    await grant(chair.id);
    expect(await delivered()).toEqual([]);
  });
});
