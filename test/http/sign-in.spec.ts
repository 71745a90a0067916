import { describe, expect, it } from '@jest/globals';
import { onBothDatabases } from '../support/app.js';
import { Visitor } from '../support/visitor.js';
import { setUpSignIn } from './sign-in.setup.js';
import { STORED_MESSAGES } from '../support/stored-messages.js';

onBothDatabases((kind) => {
  const s = setUpSignIn(kind);
  const { deliver, ask } = s;

  describe('the link of the mail', () => {
    it('signs in by its button, not by looking, and goes on to the page that was asked for', async () => {
      expect(await s.visitor.sentTo('/mijn-acties?x=1')).toBe('/aanmelden?terug=%2Fmijn-acties%3Fx%3D1');
      const { path } = await ask('/account');
      expect(await s.visitor.see(path)).toContain('Klik op de knop');
      await s.visitor.sentTo('/account');
      const answer = await s.visitor.postRaw(path, {});
      expect([answer.status, answer.headers.location]).toEqual([303, '/account']);
      expect(await s.visitor.see('/account')).toContain(s.person.name);
    });

    it('sets a cookie that scripts and other sites do not get', async () => {
      const { path } = await ask();
      const { headers } = await s.visitor.postRaw(path, {});
      expect(headers['set-cookie'][0]).toMatch(
        /^wijkagenda=ws_[\w-]{43}; Max-Age=1296000; Path=\/; HttpOnly; SameSite=Lax$/,
      );
    });

    it('sets one for its own host alone where there is https', async () => {
      const { path } = await ask();
      s.t.settings.PUBLIC_URL = 'https://wijkagenda.example';
      const { headers } = await new Visitor(s.t).postRaw(path, {});
      s.t.settings.PUBLIC_URL = 'http://localhost:3000';
      expect(headers['set-cookie'][0]).toMatch(
        /^__Host-wijkagenda=ws_[\w-]{43}; Max-Age=1296000; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      );
    });

    it('works once', async () => {
      const { path } = await ask();
      await s.visitor.postRaw(path, {});
      const again = await new Visitor(s.t).postRaw(path, {});
      expect(again.status).toBe(410);
      expect(again.headers['set-cookie']).toBeUndefined();
    });

    it('signs in once when it is used twice at the same moment', async () => {
      const { path } = await ask();
      const answers = await Promise.all([1, 2, 3].map(() => new Visitor(s.t).postRaw(path, {})));
      expect(answers.map(({ status }) => status).sort()).toEqual([303, 410, 410]);
    });

    it('works ten minutes', async () => {
      const { path } = await ask();
      s.t.clock.set('2026-06-02T10:09:50Z');
      await s.visitor.see(path);
      s.t.clock.set('2026-06-02T10:10:01Z');
      await s.visitor.see(path, 410);
      expect((await s.visitor.postRaw(path, {})).status).toBe(410);
    });

    it('does not work for whoever was deactivated meanwhile', async () => {
      const { path } = await ask();
      await s.t.make.deactivate(s.person.id);
      expect((await s.visitor.postRaw(path, {})).status).toBe(410);
    });

    it.each([
      'https://elders.example/',
      '//elders.example',
      '/\\elders.example',
      '/aanmelden',
      'javascript:x',
      '/%0d%0aX: y\n',
      // A browser encodes each of these in three characters.
      `/?${"'".repeat(450)}`,
    ])('goes nowhere but to our own pages: %s', async (returnTo) => {
      const { path } = await ask(returnTo);
      const { headers } = await s.visitor.postRaw(path, {});
      expect(headers.location).toMatch(/^\/(%0d%0aX:%20y)?$/i);
    });
  });

  describe('the code of the mail', () => {
    it('signs in where it was asked for', async () => {
      const { location, code } = await ask('/account');
      const requestId = new URL(location, 'http://x').searchParams.get('aanvraag')!;
      const answer = await s.visitor.postRaw('/aanmelden/code', { requestId, code });
      expect([answer.status, answer.headers.location]).toEqual([303, '/account']);
      await s.visitor.see('/account');
    });

    it('is asked for again with a request that is no id, though it looks like one', async () => {
      const requestId = '-'.repeat(36);
      const answer = await s.visitor.postRaw('/aanmelden/code', { requestId, code: '123 456' });
      expect([answer.status, answer.headers.location]).toEqual([303, '/aanmelden']);
      expect(await s.visitor.sentTo(`/aanmelden/code?aanvraag=${requestId}`)).toBe('/aanmelden');
    });

    it('is void after five wrong ones', async () => {
      const { location, code } = await ask();
      const requestId = new URL(location, 'http://x').searchParams.get('aanvraag')!;
      const wrong = code === '000 000' ? '111111' : '000000';
      for (let n = 1; n <= 5; n += 1) {
        const answer = await s.visitor.postRaw('/aanmelden/code', { requestId, code: wrong });
        expect([answer.status, /Deze code klopt niet/.test(answer.text)]).toEqual([400, true]);
      }
      expect((await s.visitor.postRaw('/aanmelden/code', { requestId, code })).status).toBe(400);
      await s.visitor.sentTo('/account');
    });

    it('leaves a trace when it is wrong, of an address that nobody has as well', async () => {
      const admin = await s.t.make.signedIn('admin');
      for (const [email, objectId] of [
        [s.person.email!, s.person.id],
        ['niemand@organisatie.example', null],
      ] as const) {
        const { location, code } = await ask('/', email);
        const requestId = new URL(location, 'http://x').searchParams.get('aanvraag')!;
        await s.visitor.postRaw('/aanmelden/code', { requestId, code: code === '000 000' ? '111111' : '000000' });
        const { body } = await s.t.api
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
      expect(idless(await s.visitor.see(unknown.location))).toBe(idless(await s.visitor.see(known.location)));
      expect(s.mailbox.messages.map(({ to }) => to)).toEqual([s.person.email]);
    });

    it('refuses what is no address beside the field, and keeps what was typed', async () => {
      const { status, text } = await s.visitor.post('/aanmelden', { email: 'jan@', returnTo: '/' }, '/aanmelden');
      expect(status).toBe(400);
      expect(text).toContain('value="jan@"');
      expect(text).toContain('aria-describedby="email-fout"');
    });

    it('mails one person three times in five minutes, however often somebody asks; whoever is mailed can get in', async () => {
      for (let n = 1; n <= 4; n += 1) await ask();
      s.t.clock.set('2026-06-02T10:04:59Z');
      const dropped = await ask();
      expect(dropped.location).toMatch(/^\/aanmelden\/code\?aanvraag=[0-9a-f-]{36}$/);
      const mails = s.mailbox.to(s.person.email!);
      expect(mails).toHaveLength(3);
      s.t.clock.set('2026-06-02T10:05:30Z');
      await ask();
      expect(s.mailbox.to(s.person.email!)).toHaveLength(4);
      s.t.clock.set('2026-06-02T10:09:40Z');
      const path = /https?:\/\/[^/]+(\/aanmelden\/\S+)/.exec(mails[2].mail.text!)![1];
      expect((await s.visitor.postRaw(path, {})).status).toBe(303);
    });

    it('mails again at once whoever has used a link: only mails that lie unused count', async () => {
      for (let n = 1; n <= 3; n += 1) await ask();
      const [{ mail }] = s.mailbox.to(s.person.email!);
      await s.visitor.postRaw(/https?:\/\/[^/]+(\/aanmelden\/\S+)/.exec(mail.text!)![1], {});
      s.visitor = new Visitor(s.t);
      await ask();
      expect(s.mailbox.to(s.person.email!)).toHaveLength(4);
    });

    it('sends nothing again when the mail may have arrived', async () => {
      s.mailbox.behave(s.person.email!, 'accept-and-drop');
      await ask();
      s.t.clock.set('2026-06-02T10:09:00Z');
      await deliver();
      expect(s.mailbox.to(s.person.email!)).toHaveLength(1);
    });

    it('tries again with a new link while the mail server says to wait', async () => {
      s.mailbox.behave(s.person.email!, 'try-later');
      await ask();
      expect(s.mailbox.to(s.person.email!)).toHaveLength(0);
      s.t.clock.set('2026-06-02T10:02:00Z');
      await deliver();
      const path = /https?:\/\/[^/]+(\/aanmelden\/\S+)/.exec(s.mailbox.to(s.person.email!)[0].mail.text!)![1];
      expect((await s.visitor.postRaw(path, {})).status).toBe(303);
    });

    it('keeps no link or code of a mail that went', async () => {
      await ask();
      const kept = await s.t.database.reader.query(
        `SELECT "bytes", "state" FROM ${STORED_MESSAGES} WHERE "personId" = '${s.person.id}'`,
      );
      expect(kept).toEqual([{ bytes: null, state: 'sent' }]);
    });

    it('takes no form of another site', async () => {
      const sent = await s.visitor.postRaw(
        '/aanmelden',
        { email: s.person.email! },
        { 'Sec-Fetch-Site': 'cross-site' },
      );
      expect(sent.status).toBe(403);
      const from = await s.visitor.postRaw(
        '/aanmelden',
        { email: s.person.email! },
        { Origin: 'https://elders.example' },
      );
      expect(from.status).toBe(403);
    });
  });

  describe('what goes wrong on a page', () => {
    it('is a page, in Dutch, and never JSON', async () => {
      s.visitor = await Visitor.of(s.t, s.person.id);
      const text = await s.visitor.see('/bestaat-niet', 404);
      expect(text).toContain('Deze pagina is er niet');
      expect(text).toContain(s.person.name);
      expect(await s.visitor.see('/mijn-acties', 403)).toContain('Dat mag niet');
    });

    it('stays problem+json for the API, and for programs', async () => {
      const { headers } = await s.t.api.get('/v1/areas').set('Accept', 'text/html').expect(401);
      expect(headers['content-type']).toContain('application/problem+json');
      await s.t.api
        .get('/mijn-acties')
        .expect(401)
        .expect('Content-Type', /problem\+json/);
    });
  });
});
