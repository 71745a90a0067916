import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../support/app.js';
import { AtProvider, startProvider } from '../support/openid.js';
import { Visitor } from '../support/visitor.js';

const PUBLIC_URL = 'http://localhost:3000';
const SECRET = 'a secret & more: 50% + 1';

describe('signing in at the provider of the municipality', () => {
  let t: TestApp;
  let provider: { issuer: string; stop: () => void };
  let visitor: Visitor;
  let browser: AtProvider;
  beforeAll(async () => {
    provider = await startProvider(`${PUBLIC_URL}/aanmelden/openid/terug`, SECRET);
    const environment = { OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: 'wijkagenda', OIDC_CLIENT_SECRET: SECRET };
    t = await startApp('sqlite', { environment: { ...environment, PUBLIC_URL } });
  });
  beforeEach(() => {
    visitor = new Visitor(t);
    browser = new AtProvider(provider.issuer);
  });
  /** Returns from the provider: the path on our side that the browser is sent to. */
  const back = async (name: string, returnTo = '/account', doesAgree = true): Promise<string> => {
    const away = await visitor.sentTo(`/aanmelden/openid?terug=${encodeURIComponent(returnTo)}`);
    const url = await browser.signIn(away, name, doesAgree);
    expect(url.startsWith(`${PUBLIC_URL}/aanmelden/openid/terug?`)).toBe(true);
    return url.slice(PUBLIC_URL.length);
  };
  const sessions = async () =>
    Number((await t.database.reader.query('SELECT count(*) AS "n" FROM "web_sessions"'))[0].n);

  it('is offered beside the mail, and goes on to the page that was asked for', async () => {
    const person = await t.make.person({ name: 'gebiedsadviseur Boskoop' });
    expect(await visitor.see('/aanmelden?terug=/account')).toContain('href="/aanmelden/openid?terug&#x3D;%2Faccount"');
    const answer = await t.api
      .get(await back(person.email!.toUpperCase()))
      .set('Accept', 'text/html')
      .set('Cookie', visitor.cookies);
    expect([answer.status, answer.headers.location]).toEqual([303, '/account']);
    const cookie = (answer.headers['set-cookie'] as unknown as string[]).find((line) =>
      line.startsWith('wijkagenda='),
    )!;
    expect(cookie).toMatch(/HttpOnly; SameSite=Lax/);
    expect(await new Visitor(t, cookie.split(';')[0]).see('/account')).toContain('Met uw organisatie, sinds');
  });

  it('takes an answer once, and only in the browser that asked', async () => {
    const person = await t.make.person();
    const path = await back(person.email!);
    const before = await sessions();
    expect(await new Visitor(t).see(path, 400)).toContain('Het aanmelden duurde te lang');
    expect(await visitor.sentTo(path)).toBe('/account');
    expect(await visitor.see(path, 400)).toContain('Probeer het opnieuw');
    expect(await sessions()).toBe(before + 1);
  });

  it('takes no answer to another question, nor one that was made up', async () => {
    const person = await t.make.person();
    const path = await back(person.email!);
    await visitor.sentTo('/aanmelden/openid');
    const before = await sessions();
    await visitor.see(path, 400);
    const state = new URL(await visitor.sentTo('/aanmelden/openid')).searchParams.get('state')!;
    await visitor.see(`/aanmelden/openid/terug?code=made-up&state=${state}&iss=${provider.issuer}`, 400);
    await visitor.sentTo('/aanmelden/openid');
    await visitor.see('/aanmelden/openid/terug', 400);
    expect(await sessions()).toBe(before);
  });

  it('never goes on to another site', async () => {
    const person = await t.make.person();
    expect(await visitor.sentTo(await back(person.email!, '//evil.example/x'))).toBe('/');
  });

  it.each([
    ['nobody here has', async () => 'nobody@elders.example'],
    [
      'somebody has who left',
      async () => {
        const person = await t.make.person();
        await t.make.deactivate(person.id);
        return person.email!;
      },
    ],
    ['nobody has verified', async () => `${(await t.make.person()).email!} unverified`],
  ])('lets nobody in with an address that %s', async (_, name) => {
    const path = await back(await name());
    const before = await sessions();
    expect(await visitor.see(path, 403)).toContain('Wij kennen u nog niet');
    expect(await sessions()).toBe(before);
  });

  it('knows a person by the account from the first time on, until somebody else changes the address', async () => {
    const person = await t.make.person();
    const email = person.email!;
    expect(await visitor.sentTo(await back(`${email} first`))).toBe('/account');
    browser = new AtProvider(provider.issuer);
    expect(await visitor.see(await back(`${email} second`), 403)).toContain('Wij kennen u nog');
    const move = { email: 'moved@organisatie.example' };
    const admin = await t.make.signedIn('admin');
    await t.api
      .patch(`/v1/people/${person.id}`)
      .set('Authorization', admin)
      .set('If-Match', '"1"')
      .send(move)
      .expect(200);
    browser = new AtProvider(provider.issuer);
    expect(await visitor.see(await back(`${email} first`), 403)).toContain('Wij kennen u nog');
    browser = new AtProvider(provider.issuer);
    expect(await visitor.sentTo(await back(`${move.email} successor`))).toBe('/account');
    expect(await visitor.see('/account')).toContain(person.name);
    const beheerder = await t.make.person();
    await t.make.grant(beheerder.id, 'admin', await t.make.root());
    const office = await Visitor.of(t, beheerder.id);
    const page = `/beheer/mensen/${person.id}/passkeys`;
    expect(await office.see(page)).toContain('meldt zich ook aan met een account van de gemeente');
    await office.post(page);
    expect(await office.see(page)).not.toContain('account van de gemeente');
    browser = new AtProvider(provider.issuer);
    expect(await visitor.sentTo(await back(`${move.email} second`))).toBe('/account');
    browser = new AtProvider(provider.issuer);
    await t.make.deactivate(person.id);
    await visitor.see(await back(`${move.email} second`), 403);
  });

  it('says so when somebody gives up there', async () => {
    expect(await visitor.see(await back('x', '/', false), 403)).toContain('Het aanmelden is afgebroken');
  });

  it('says so when the provider is away, and goes on when it is back', async () => {
    const environment = { OIDC_ISSUER: 'http://localhost:1', OIDC_CLIENT_ID: 'wijkagenda' };
    const other = await startApp('sqlite', { environment });
    const there = new Visitor(other);
    expect(await there.see('/aanmelden/openid', 503)).toContain('antwoordt niet');
    other.settings.OIDC_ISSUER = provider.issuer;
    expect(await there.sentTo('/aanmelden/openid')).toContain(`${provider.issuer}/auth?`);
  });
});

it('does not exist without a provider', async () => {
  const t = await startApp('sqlite');
  const visitor = new Visitor(t);
  expect(await visitor.see('/aanmelden')).not.toContain('openid');
  await visitor.see('/aanmelden/openid', 404);
  await visitor.see('/aanmelden/openid/terug?code=x', 404);
});
