import { beforeEach, describe, expect, it } from '@jest/globals';
import { execute, rows } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { MailLinks } from '../../src/platform/mail/mail-links.service.js';
import { onBothDatabases, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';
import { setUpSignIn } from './sign-in.setup.js';

onBothDatabases((kind) => {
  const s = setUpSignIn(kind);
  const { ask } = s;

  describe('a session', () => {
    beforeEach(async () => {
      s.visitor = await Visitor.of(s.t, s.person.id);
    });

    it('is a caller of the API too, for reading', async () => {
      const { body } = await s.t.api.get('/v1/me').set('Cookie', s.visitor.cookies).expect(200);
      expect(body.name).toBe(s.person.name);
    });

    it('changes nothing without the token of its own form', async () => {
      const post = () => s.t.api.post('/v1/tokens').set('Cookie', s.visitor.cookies).send({ name: 'x' });
      await post().expect(403);
      const csrf = /name="_csrf" value="([^"]+)"/.exec(await s.visitor.see('/account'))![1];
      const other = await Visitor.of(s.t, (await s.t.make.person()).id);
      const foreign = /name="_csrf" value="([^"]+)"/.exec(await other.see('/account'))![1];
      await post().set('X-CSRF-Token', foreign).expect(403);
      await post().set('X-CSRF-Token', csrf).set('Sec-Fetch-Site', 'same-site').expect(403);
      await post().set('X-CSRF-Token', csrf).set('Origin', 'https://elders.example').expect(403);
      await post().set('X-CSRF-Token', csrf).expect(201);
      const form = await s.visitor.postRaw('/afmelden', {});
      expect(form.status).toBe(403);
      expect(form.text).toContain('Dit formulier is verlopen');
    });

    it('ends by signing out', async () => {
      const before = s.visitor.cookies;
      const { headers } = await s.visitor.post('/afmelden', {}, '/account');
      expect(headers.location).toBe('/aanmelden');
      expect(headers['clear-site-data']).toBe('"storage"');
      expect(await s.visitor.see('/aanmelden')).toContain('U bent afgemeld.');
      expect(await s.visitor.see('/aanmelden')).not.toContain('U bent afgemeld.');
      await s.t.api.get('/v1/me').set('Cookie', before).expect(401);
    });

    it('ends twelve hours after its last use, and after fourteen days of use', async () => {
      for (let hour = 8; hour < 14 * 24; hour += 8) {
        s.t.clock.set(new Date(Date.parse('2026-06-02T10:00:00Z') + hour * 3_600_000).toISOString());
        await s.visitor.see('/account');
      }
      const fresh = await Visitor.of(s.t, s.person.id);
      s.t.clock.set('2026-06-16T13:59:00Z');
      await fresh.see('/account');
      s.t.clock.set('2026-06-17T02:00:00Z');
      await fresh.sentTo('/account');
    });

    it('ends at once when its person is deactivated', async () => {
      await s.visitor.see('/account');
      await s.t.make.deactivate(s.person.id);
      await s.visitor.sentTo('/account');
    });

    it('is listed with the others of its person, which can be ended', async () => {
      const other = await Visitor.of(s.t, s.person.id);
      const page = await s.visitor.see('/account');
      expect(page.match(/<h3>Firefox op Linux/g)).toHaveLength(2);
      const path = /action="(\/account\/sessies\/[^"]+)"/.exec(page)![1];
      expect((await s.visitor.post(path, {}, '/account')).status).toBe(303);
      await other.sentTo('/account');
      await s.visitor.see('/account');
    });

    it('cannot end one of somebody else', async () => {
      const stranger = await s.t.make.person();
      const theirs = await Visitor.of(s.t, stranger.id);
      const page = await (await Visitor.of(s.t, stranger.id)).see('/account');
      const path = /action="(\/account\/sessies\/[^"]+)"/.exec(page)![1];
      expect((await s.visitor.post(path, {}, '/account')).status).toBe(404);
      await theirs.see('/account');
    });
  });

  describe('what decides who gets in', () => {
    let other: Visitor;
    let csrf: string;
    beforeEach(async () => {
      s.person = await s.t.make.person({ organisationId: (await s.t.make.organisation()).id });
      s.visitor = await Visitor.of(s.t, s.person.id);
      other = await Visitor.of(s.t, s.person.id);
      csrf = /name="_csrf" value="([^"]+)"/.exec(await s.visitor.see('/account'))![1];
    });
    const inSession = (request: ReturnType<TestApp['api']['get']>) =>
      request.set('Cookie', s.visitor.cookies).set('X-CSRF-Token', csrf);
    const moveAddress = () =>
      s.t.api
        .patch(`/v1/people/${s.person.id}`)
        .set('If-Match', '"1"')
        .send({ email: `nieuw.${s.person.id}@organisatie.example` });

    it('is changed within fifteen minutes of signing in; after that one signs in again and comes back', async () => {
      s.t.clock.set('2026-06-02T10:15:01Z');
      const page = await s.visitor.see('/account');
      expect(page).toContain('href="/aanmelden?terug=/account"');
      expect(page).not.toContain('Overal anders afmelden');
      const referer = `${s.t.settings.PUBLIC_URL}/account`;
      const late = await s.visitor.postRaw('/account/andere-sessies/einde', { _csrf: csrf }, { Referer: referer });
      expect([late.status, late.headers.location]).toEqual([303, '/aanmelden?terug=%2Faccount']);
      expect(await s.visitor.see('/aanmelden?terug=%2Faccount')).toContain('Meld u opnieuw aan');
      await other.see('/account');
      const before = s.visitor.cookies;
      const { path } = await ask('/account');
      expect((await s.visitor.postRaw(path, {})).headers.location).toBe('/account');
      await s.t.api.get('/v1/me').set('Cookie', before).expect(401);
      expect((await s.visitor.post('/account/andere-sessies/einde', {}, '/account')).status).toBe(303);
      await other.sentTo('/account');
    });

    it('is neither a passkey, a token nor an address on a screen that was left open', async () => {
      s.t.clock.set('2026-06-02T10:15:01Z');
      for (const request of [
        s.t.api.post('/account/passkeys/opties'),
        s.t.api.post('/account/passkeys').send({ answer: {} }),
        s.t.api.post(`/account/passkeys/${await s.t.make.passkey(s.person.id)}/einde`),
        s.t.api.post('/v1/tokens').send({ name: 'x' }),
        moveAddress(),
      ])
        expect((await inSession(request).expect(403)).body.code).toBe('SIGN_IN_AGAIN');
      s.t.clock.set('2026-06-02T10:14:59Z');
      await inSession(s.t.api.post('/v1/tokens').send({ name: 'x' })).expect(201);
      await inSession(moveAddress()).expect(200);
    });

    it('is neither a passkey nor the own address for whoever found a token', async () => {
      const token = await s.t.make.token(s.person.id);
      for (const request of [s.t.api.post('/account/passkeys/opties'), moveAddress()])
        expect((await request.set('Authorization', token).expect(403)).body.code).toBe('SIGN_IN_AGAIN');
    });

    it('lets a token make none that works longer', async () => {
      const expiresAt = '2026-06-09T10:00:00.000Z';
      const token = await s.t.make.token(s.person.id, { expiresAt });
      const make = (days: number) =>
        s.t.api.post('/v1/tokens').set('Authorization', token).send({ name: 'x', days }).expect(201);
      expect((await make(90)).body.expiresAt).toBe(expiresAt);
      expect((await make(1)).body.expiresAt).toMatch(/^2026-06-03T10:00:0/);
    });

    it('signs a person out when an administrator changes their address, and expires the links mailed to it', async () => {
      const { path } = await ask('/account');
      const link = { purpose: 'unsubscribe', personId: s.person.id, messageId: null, subjectIds: [], days: 14 };
      const token = await s.t.app.get(Transactions).run((manager) => s.t.app.get(MailLinks).issue(manager, link));
      await s.t.api.get(`/afmelden/${token}`).expect(303);
      await moveAddress()
        .set('Authorization', await s.t.make.signedIn('admin'))
        .expect(200);
      await s.visitor.sentTo('/account');
      expect((await s.visitor.postRaw(path, {})).status).toBe(410);
      await s.t.api.get(`/afmelden/${token}`).expect(410);
    });

    it('ends tokens, passkeys, the account at the provider and calendars too, and writes each down', async () => {
      const { id } = s.person;
      const token = await s.t.make.token(id);
      const passkeyId = await s.t.make.passkey(id);
      const feed = await s.t.api.post('/v1/calendar-feeds').set('Authorization', token).send({}).expect(201);
      await s.t.app
        .get(Transactions)
        .run((manager) => execute(manager, `UPDATE "people" SET "providerAccount" = 'x' WHERE "id" = $1`, [id]));
      await moveAddress()
        .set('Authorization', await s.t.make.signedIn('admin'))
        .expect(200);
      await s.t.api.get('/v1/me').set('Authorization', token).expect(401);
      await s.t.api.get(new URL(feed.body.url).pathname).expect(404);
      const read = (sql: string) => rows<Record<string, string>>(s.t.database.reader, sql, [id]);
      expect(await read('SELECT "id" FROM "passkeys" WHERE "personId" = $1')).toEqual([]);
      expect(await read('SELECT "providerAccount" FROM "people" WHERE "id" = $1')).toEqual([{ providerAccount: null }]);
      const [{ id: tokenId }] = await read('SELECT "id" FROM "api_tokens" WHERE "personId" = $1');
      const written = await rows<{ operation: string; objectId: string }>(
        s.t.database.reader,
        `SELECT "operation", "objectId" FROM "audit_entries" WHERE "objectId" IN ($1, $2, $3)
         AND "operation" <> 'calendar_feed.made' ORDER BY "operation"`,
        [tokenId, passkeyId, feed.body.id],
      );
      expect(written).toEqual([
        { operation: 'calendar_feed.ended', objectId: feed.body.id },
        { operation: 'passkey.removed', objectId: passkeyId },
        { operation: 'token.revoked', objectId: tokenId },
      ]);
    });

    it('keeps them when an administrator changes something else', async () => {
      const token = await s.t.make.token(s.person.id);
      const admin = await s.t.make.signedIn('admin');
      const change = (body: object) =>
        s.t.api.patch(`/v1/people/${s.person.id}`).set('Authorization', admin).set('If-Match', '"1"').send(body);
      await change({ name: 'wijkagent Zwammerdam', email: s.person.email }).expect(200);
      await s.t.api.get('/v1/me').set('Authorization', token).expect(200);
    });
  });
});
