import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Transactions } from '../../src/platform/database/transactions.js';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { MailLinks } from '../../src/platform/mail/mail-links.service.js';
import type { Person } from '../../src/directory/organisations/person.entity.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Mailbox } from '../support/mailbox.js';
import { Visitor } from '../support/visitor.js';

onBothDatabases((kind) => {
  let t: TestApp;
  let mailbox: Mailbox;
  let person: Person;
  let visitor: Visitor;
  beforeAll(async () => {
    mailbox = await Mailbox.start();
    t = await startApp(kind, { environment: { SMTP_URL: mailbox.url } });
  });
  beforeEach(async () => {
    // To the second: it is seconds that are claimed.
    t.clock.set('2026-06-02T10:00:00Z');
    mailbox.clear();
    person = await t.make.person();
    visitor = new Visitor(t);
  });
  const deliver = () => t.app.get(Delivery).deliverDue();
  /** Asks for the mail and answers where the page went, the link's path and the code. */
  const ask = async (returnTo = '/', email = person.email!) => {
    const { headers } = await visitor.post('/aanmelden', { email, returnTo }, '/aanmelden');
    await deliver();
    const text = mailbox.to(email)[0]?.mail.text ?? '';
    const path = /https?:\/\/[^/]+(\/aanmelden\/\S+)/.exec(text)?.[1] ?? '';
    const code = /^(\d{3} \d{3})$/m.exec(text)?.[1] ?? '';
    return { location: headers.location, path, code };
  };

  describe('the link of the mail', () => {
    it('signs in by its button, not by looking, and goes on to the page that was asked for', async () => {
      expect(await visitor.sentTo('/mijn-acties?x=1')).toBe('/aanmelden?terug=%2Fmijn-acties%3Fx%3D1');
      const { path } = await ask('/account');
      expect(await visitor.see(path)).toContain('Klik op de knop');
      await visitor.sentTo('/account');
      const answer = await visitor.postRaw(path, {});
      expect([answer.status, answer.headers.location]).toEqual([303, '/account']);
      expect(await visitor.see('/account')).toContain(person.name);
    });

    it('sets a cookie that scripts and other sites do not get', async () => {
      const { path } = await ask();
      const { headers } = await visitor.postRaw(path, {});
      expect(headers['set-cookie'][0]).toMatch(
        /^wijkagenda=ws_[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=1209600$/,
      );
    });

    it('sets one for its own host alone where there is https', async () => {
      const { path } = await ask();
      t.settings.PUBLIC_URL = 'https://wijkagenda.example';
      const { headers } = await new Visitor(t).postRaw(path, {});
      t.settings.PUBLIC_URL = 'http://localhost:3000';
      expect(headers['set-cookie'][0]).toMatch(
        /^__Host-wijkagenda=ws_[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=1209600; Secure$/,
      );
    });

    it('works once', async () => {
      const { path } = await ask();
      await visitor.postRaw(path, {});
      const again = await new Visitor(t).postRaw(path, {});
      expect(again.status).toBe(410);
      expect(again.headers['set-cookie']).toBeUndefined();
    });

    it('signs in once when it is used twice at the same moment', async () => {
      const { path } = await ask();
      const answers = await Promise.all([1, 2, 3].map(() => new Visitor(t).postRaw(path, {})));
      expect(answers.map(({ status }) => status).sort()).toEqual([303, 410, 410]);
    });

    it('works ten minutes', async () => {
      const { path } = await ask();
      t.clock.set('2026-06-02T10:09:50Z');
      await visitor.see(path);
      t.clock.set('2026-06-02T10:10:01Z');
      await visitor.see(path, 410);
      expect((await visitor.postRaw(path, {})).status).toBe(410);
    });

    it('does not work for who was deactivated meanwhile', async () => {
      const { path } = await ask();
      await t.make.deactivate(person.id);
      expect((await visitor.postRaw(path, {})).status).toBe(410);
    });

    it.each([
      'https://elders.example/',
      '//elders.example',
      '/\\elders.example',
      '/aanmelden',
      'javascript:x',
      '/%0d%0aX: y\n',
    ])('goes nowhere but to our own pages: %s', async (returnTo) => {
      const { path } = await ask(returnTo);
      const { headers } = await visitor.postRaw(path, {});
      expect(headers.location).toMatch(/^\/(%0d%0aX:%20y)?$/i);
    });
  });

  describe('the code of the mail', () => {
    it('signs in where it was asked for', async () => {
      const { location, code } = await ask('/account');
      const requestId = new URL(location, 'http://x').searchParams.get('aanvraag')!;
      const answer = await visitor.postRaw('/aanmelden/code', { requestId, code });
      expect([answer.status, answer.headers.location]).toEqual([303, '/account']);
      await visitor.see('/account');
    });

    it('is void after five wrong ones', async () => {
      const { location, code } = await ask();
      const requestId = new URL(location, 'http://x').searchParams.get('aanvraag')!;
      const wrong = code === '000 000' ? '111111' : '000000';
      for (let n = 1; n <= 5; n += 1) {
        const answer = await visitor.postRaw('/aanmelden/code', { requestId, code: wrong });
        expect([answer.status, /Deze code klopt niet/.test(answer.text)]).toEqual([400, true]);
      }
      expect((await visitor.postRaw('/aanmelden/code', { requestId, code })).status).toBe(400);
      await visitor.sentTo('/account');
    });

    it('leaves a trace when it is wrong, of an address that nobody has as well', async () => {
      const admin = await t.make.signedIn('admin');
      for (const [email, objectId] of [
        [person.email!, person.id],
        ['niemand@organisatie.example', null],
      ] as const) {
        const { location, code } = await ask('/', email);
        const requestId = new URL(location, 'http://x').searchParams.get('aanvraag')!;
        await visitor.postRaw('/aanmelden/code', { requestId, code: code === '000 000' ? '111111' : '000000' });
        const { body } = await t.api
          .get('/v1/audit-entries?operation=sign_in.refused')
          .set('Authorization', admin)
          .expect(200);
        expect(body.items[0]).toMatchObject({ actorId: null, how: 'session', objectId, result: 'refused' });
      }
    });
  });

  describe('asking', () => {
    it('answers an unknown address as it answers a known one, and mails nobody', async () => {
      const [known, unknown] = [await ask(), await ask('/', 'niemand@organisatie.example')];
      const idless = (text: string) => text.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID');
      expect(idless(unknown.location)).toBe(idless(known.location));
      expect(idless(await visitor.see(unknown.location))).toBe(idless(await visitor.see(known.location)));
      expect(mailbox.messages.map(({ to }) => to)).toEqual([person.email]);
    });

    it('refuses what is no address beside the field, and keeps what was typed', async () => {
      const { status, text } = await visitor.post('/aanmelden', { email: 'jan@', returnTo: '/' }, '/aanmelden');
      expect(status).toBe(400);
      expect(text).toContain('value="jan@"');
      expect(text).toContain('aria-describedby="email-fout"');
    });

    it('mails one person three times in ten minutes, however often somebody asks', async () => {
      for (let n = 1; n <= 5; n += 1) await ask();
      expect(mailbox.to(person.email!)).toHaveLength(3);
    });

    it('sends nothing again when the mail may have arrived', async () => {
      mailbox.behave(person.email!, 'accept-and-drop');
      await ask();
      t.clock.set('2026-06-02T10:09:00Z');
      await deliver();
      expect(mailbox.to(person.email!)).toHaveLength(1);
    });

    it('tries again with a new link while the mail server says to wait', async () => {
      mailbox.behave(person.email!, 'try-later');
      await ask();
      expect(mailbox.to(person.email!)).toHaveLength(0);
      t.clock.set('2026-06-02T10:02:00Z');
      await deliver();
      const path = /https?:\/\/[^/]+(\/aanmelden\/\S+)/.exec(mailbox.to(person.email!)[0].mail.text!)![1];
      expect((await visitor.postRaw(path, {})).status).toBe(303);
    });

    it('keeps no link or code of a mail that went', async () => {
      await ask();
      const kept = await t.database.reader.query(
        `SELECT "bytes", "state" FROM "outgoing_messages" WHERE "personId" = '${person.id}'`,
      );
      expect(kept).toEqual([{ bytes: null, state: 'sent' }]);
    });

    it('takes no form of another site', async () => {
      const sent = await visitor.postRaw('/aanmelden', { email: person.email! }, { 'Sec-Fetch-Site': 'cross-site' });
      expect(sent.status).toBe(403);
      const from = await visitor.postRaw('/aanmelden', { email: person.email! }, { Origin: 'https://elders.example' });
      expect(from.status).toBe(403);
    });
  });

  describe('a session', () => {
    beforeEach(async () => {
      visitor = await Visitor.of(t, person.id);
    });

    it('is a caller of the API too, for reading', async () => {
      const { body } = await t.api.get('/v1/me').set('Cookie', visitor.cookies).expect(200);
      expect(body.name).toBe(person.name);
    });

    it('changes nothing without the token of its own form', async () => {
      const post = () => t.api.post('/v1/tokens').set('Cookie', visitor.cookies).send({ name: 'x' });
      await post().expect(403);
      const csrf = /name="_csrf" value="([^"]+)"/.exec(await visitor.see('/account'))![1];
      const other = await Visitor.of(t, (await t.make.person()).id);
      const foreign = /name="_csrf" value="([^"]+)"/.exec(await other.see('/account'))![1];
      await post().set('X-CSRF-Token', foreign).expect(403);
      await post().set('X-CSRF-Token', csrf).set('Sec-Fetch-Site', 'same-site').expect(403);
      await post().set('X-CSRF-Token', csrf).set('Origin', 'https://elders.example').expect(403);
      await post().set('X-CSRF-Token', csrf).expect(201);
      const form = await visitor.postRaw('/afmelden', {});
      expect(form.status).toBe(403);
      expect(form.text).toContain('Dit formulier is verlopen');
    });

    it('ends by signing out', async () => {
      const before = visitor.cookies;
      const { headers } = await visitor.post('/afmelden', {}, '/account');
      expect(headers.location).toBe('/aanmelden');
      expect(headers['clear-site-data']).toBe('"storage"');
      expect(await visitor.see('/aanmelden')).toContain('U bent afgemeld.');
      expect(await visitor.see('/aanmelden')).not.toContain('U bent afgemeld.');
      await t.api.get('/v1/me').set('Cookie', before).expect(401);
    });

    it('ends twelve hours after its last use, and after fourteen days of use', async () => {
      for (let hour = 8; hour < 14 * 24; hour += 8) {
        t.clock.set(new Date(Date.parse('2026-06-02T10:00:00Z') + hour * 3_600_000).toISOString());
        await visitor.see('/account');
      }
      const fresh = await Visitor.of(t, person.id);
      t.clock.set('2026-06-16T13:59:00Z');
      await fresh.see('/account');
      t.clock.set('2026-06-17T02:00:00Z');
      await fresh.sentTo('/account');
    });

    it('ends at once when its person is deactivated', async () => {
      await visitor.see('/account');
      await t.make.deactivate(person.id);
      await visitor.sentTo('/account');
    });

    it('is listed with the others of its person, which can be ended', async () => {
      const other = await Visitor.of(t, person.id);
      const page = await visitor.see('/account');
      expect(page.match(/<h3>Firefox op Linux/g)).toHaveLength(2);
      const path = /action="(\/account\/sessies\/[^"]+)"/.exec(page)![1];
      expect((await visitor.post(path, {}, '/account')).status).toBe(303);
      await other.sentTo('/account');
      await visitor.see('/account');
    });

    it('cannot end one of somebody else', async () => {
      const stranger = await t.make.person();
      const theirs = await Visitor.of(t, stranger.id);
      const page = await (await Visitor.of(t, stranger.id)).see('/account');
      const path = /action="(\/account\/sessies\/[^"]+)"/.exec(page)![1];
      expect((await visitor.post(path, {}, '/account')).status).toBe(404);
      await theirs.see('/account');
    });
  });

  describe('what decides who gets in', () => {
    let other: Visitor;
    let csrf: string;
    beforeEach(async () => {
      person = await t.make.person({ organisationId: (await t.make.organisation()).id });
      visitor = await Visitor.of(t, person.id);
      other = await Visitor.of(t, person.id);
      csrf = /name="_csrf" value="([^"]+)"/.exec(await visitor.see('/account'))![1];
    });
    const inSession = (request: ReturnType<TestApp['api']['get']>) =>
      request.set('Cookie', visitor.cookies).set('X-CSRF-Token', csrf);
    const moveAddress = () =>
      t.api
        .patch(`/v1/people/${person.id}`)
        .set('If-Match', '"1"')
        .send({ email: `nieuw.${person.id}@organisatie.example` });

    it('is changed within fifteen minutes of signing in; after that one signs in again and comes back', async () => {
      t.clock.set('2026-06-02T10:15:01Z');
      const page = await visitor.see('/account');
      expect(page).toContain('href="/aanmelden?terug=/account"');
      expect(page).not.toContain('Overal anders afmelden');
      const referer = `${t.settings.PUBLIC_URL}/account`;
      const late = await visitor.postRaw('/account/andere-sessies/einde', { _csrf: csrf }, { Referer: referer });
      expect([late.status, late.headers.location]).toEqual([303, '/aanmelden?terug=%2Faccount']);
      expect(await visitor.see('/aanmelden?terug=%2Faccount')).toContain('Meld u opnieuw aan');
      await other.see('/account');
      const before = visitor.cookies;
      const { path } = await ask('/account');
      expect((await visitor.postRaw(path, {})).headers.location).toBe('/account');
      await t.api.get('/v1/me').set('Cookie', before).expect(401);
      expect((await visitor.post('/account/andere-sessies/einde', {}, '/account')).status).toBe(303);
      await other.sentTo('/account');
    });

    it('is neither a passkey, a token nor an address on a screen that was left open', async () => {
      t.clock.set('2026-06-02T10:15:01Z');
      for (const request of [
        t.api.post('/account/passkeys/opties'),
        t.api.post('/account/passkeys').send({ answer: {} }),
        t.api.post(`/account/passkeys/${await t.make.passkey(person.id)}/einde`),
        t.api.post('/v1/tokens').send({ name: 'x' }),
        moveAddress(),
      ])
        expect((await inSession(request).expect(403)).body.code).toBe('SIGN_IN_AGAIN');
      t.clock.set('2026-06-02T10:14:59Z');
      await inSession(t.api.post('/v1/tokens').send({ name: 'x' })).expect(201);
      await inSession(moveAddress()).expect(200);
    });

    it('is neither a passkey nor the own address for who found a token', async () => {
      const token = await t.make.token(person.id);
      for (const request of [t.api.post('/account/passkeys/opties'), moveAddress()])
        expect((await request.set('Authorization', token).expect(403)).body.code).toBe('SIGN_IN_AGAIN');
    });

    it('lets a token make none that works longer', async () => {
      const expiresAt = '2026-06-09T10:00:00.000Z';
      const token = await t.make.token(person.id, { expiresAt });
      const make = (days: number) =>
        t.api.post('/v1/tokens').set('Authorization', token).send({ name: 'x', days }).expect(201);
      expect((await make(90)).body.expiresAt).toBe(expiresAt);
      expect((await make(1)).body.expiresAt).toMatch(/^2026-06-03T10:00:0/);
    });

    it('signs somebody out whose address an administrator changes, and ends the links in the mails to it', async () => {
      const { path } = await ask('/account');
      const link = { purpose: 'unsubscribe', personId: person.id, messageId: null, subjectIds: [], days: 14 };
      const token = await t.app.get(Transactions).run((manager) => t.app.get(MailLinks).issue(manager, link));
      await t.api.get(`/afmelden/${token}`).expect(303);
      await moveAddress()
        .set('Authorization', await t.make.signedIn('admin'))
        .expect(200);
      await visitor.sentTo('/account');
      expect((await visitor.postRaw(path, {})).status).toBe(410);
      await t.api.get(`/afmelden/${token}`).expect(410);
    });
  });

  describe('what goes wrong on a page', () => {
    it('is a page, in Dutch, and never JSON', async () => {
      visitor = await Visitor.of(t, person.id);
      const text = await visitor.see('/bestaat-niet', 404);
      expect(text).toContain('Deze pagina is er niet');
      expect(text).toContain(person.name);
      expect(await visitor.see('/mijn-acties', 403)).toContain('Dat mag niet');
    });

    it('stays problem+json for the API, and for programs', async () => {
      const { headers } = await t.api.get('/v1/areas').set('Accept', 'text/html').expect(401);
      expect(headers['content-type']).toContain('application/problem+json');
      await t.api
        .get('/mijn-acties')
        .expect(401)
        .expect('Content-Type', /problem\+json/);
    });
  });
});
