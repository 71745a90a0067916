import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { Passkeys } from '../../src/identity/passkeys.service.js';
import { startApp, type TestApp } from '../support/app.js';
import { inspect, listen, openBrowser } from '../support/browser.js';

let t: TestApp;
let url: string;
beforeAll(async () => {
  t = await startApp('sqlite', { today: '2026-06-02' });
  url = await listen(t);
});

/** A phone whose fingerprint check always succeeds. */
async function withKey(page: Page): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const options = {
    protocol: 'ctap2',
    transport: 'internal',
    hasResidentKey: true,
    hasUserVerification: true,
  } as const;
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: { ...options, isUserVerified: true, automaticPresenceSimulation: true },
  });
}

it('signs in with a passkey that was made before, until it is removed or its person is', async () => {
  const person = await t.make.person({ name: 'gebiedsadviseur Boskoop' });
  const page = await openBrowser({ cookie: await t.make.cookie(person.id), url });
  await withKey(page);
  await page.goto(`${url}/account`);
  await page.getByRole('button', { name: 'Maak een passkey' }).click();
  await page.locator('summary', { hasText: 'Verwijderen' }).waitFor();
  expect(await inspect(page, 'account-passkey')).toEqual([]);
  await page.getByRole('button', { name: 'Afmelden', exact: true }).click();
  await page.goto(`${url}/aanmelden?terug=/account`);
  await page.getByRole('button', { name: 'Aanmelden met passkey' }).click();
  await page.waitForURL(`${url}/account`);
  expect(await page.textContent('main')).toContain('Met passkey, sinds');
  const [{ counter }] = await t.database.reader.query('SELECT "counter" FROM "passkeys"');
  expect(Number(counter)).toBeGreaterThan(0);
  await t.make.deactivate(person.id);
  await page.goto(`${url}/aanmelden`);
  await page.getByRole('button', { name: 'Aanmelden met passkey' }).click();
  await page.getByText('Dat lukte niet.').waitFor();
});

it('takes no answer to a challenge that was not given, nor without the form of its session', async () => {
  const answer = { id: 'x', rawId: 'x', type: 'public-key', response: {}, clientExtensionResults: {} };
  await t.api.post('/aanmelden/passkey').send({ answer }).expect(400);
  await t.api.post('/aanmelden/passkey').send({}).expect(400);
  const cookie = await t.make.cookie((await t.make.person()).id);
  await t.api.post('/account/passkeys').set('Cookie', cookie).send({ answer }).expect(403);
});

describe('where a role needs a passkey', () => {
  let strict: TestApp;
  let at: string;
  beforeAll(async () => {
    const provider = { OIDC_ISSUER: 'http://localhost:1', OIDC_CLIENT_ID: 'wijkagenda' };
    const environment = { PASSKEY_REQUIRED_FOR: 'admin,chair', ...provider };
    strict = await startApp('sqlite', { today: '2026-06-02', environment });
    at = await listen(strict);
  });
  const someone = async (role: 'chair' | 'reader') => {
    const person = await strict.make.person({ name: `${role} Boskoop` });
    await strict.make.grant(person.id, role, await strict.make.root());
    return person.id;
  };

  it('asks a chair to make one, and from then on to use it', async () => {
    const id = await someone('chair');
    const page = await openBrowser({ cookie: await strict.make.cookie(id), url: at });
    await withKey(page);
    await page.goto(`${at}/mijn-acties?x=1`);
    expect(page.url()).toBe(`${at}/account/passkey?terug=%2Fmijn-acties%3Fx%3D1`);
    expect(await inspect(page, 'passkey-first')).toEqual([]);
    await page.getByRole('button', { name: 'Maak een passkey' }).click();
    await page.waitForURL(`${at}/mijn-acties?x=1`);
    await page.context().clearCookies();
    const [name, value] = (await strict.make.cookie(id)).split('=');
    await page.context().addCookies([{ name, value, url: at }]);
    await page.goto(`${at}/account?y=2`);
    expect(page.url()).toBe(`${at}/account/passkey`);
    await page.goto(`${at}/mijn-acties?y=2`);
    expect(await inspect(page, 'passkey-needed')).toEqual([]);
    await page.getByRole('button', { name: 'Aanmelden met passkey' }).click();
    await page.waitForURL(`${at}/mijn-acties?y=2`);
    await page.goto(`${at}/account`);
    expect(await page.textContent('main')).toContain('Verwijderen: passkey');
  });

  it('grants no access by mail alone, neither to pages nor to the API, and lets no key be added or removed', async () => {
    const id = await someone('chair');
    const strong = await strict.make.cookie(id, { signedInBy: 'oidc' });
    await strict.api.get('/v1/areas').set('Cookie', strong).expect(200);
    const keyId = await strict.make.passkey(id);
    const weak = await strict.make.cookie(id);
    const refused = await strict.api.get('/v1/areas').set('Cookie', weak).expect(403);
    expect(refused.body.code).toBe('PASSKEY_REQUIRED');
    await strict.api.get('/mijn-acties').set('Cookie', weak).expect(403);
    await strict.api.get('/v1/tokens').set('Cookie', weak).expect(403);
    const page = await strict.api.get('/account/passkey').set('Cookie', weak).expect(200);
    const csrf = /name="_csrf" value="([^"]+)"/.exec(page.text)![1];
    const send = (path: string) => strict.api.post(path).set('Cookie', weak).set('X-CSRF-Token', csrf);
    for (const path of ['/account/passkeys', `/account/passkeys/${keyId}/einde`]) {
      const { body } = await send(path).send({ answer: {} }).expect(403);
      expect(body.code).toBe('PASSKEY_REQUIRED');
    }
    expect(await strict.app.get(Passkeys).list(id)).toHaveLength(1);
  });

  it('offers the provider of the municipality too, which has rules of its own', async () => {
    const page = await openBrowser();
    await page.goto(`${at}/aanmelden`);
    expect(await inspect(page, 'sign-in-openid')).toEqual([]);
    await page.getByRole('link', { name: 'Aanmelden met uw account' }).click();
    await page.getByRole('heading', { name: 'Aanmelden lukt nu even niet' }).waitFor();
    expect(await inspect(page, 'sign-in-away')).toEqual([]);
  });

  it('leaves other roles alone', async () => {
    const cookie = await strict.make.cookie(await someone('reader'));
    await strict.api.get('/v1/areas').set('Cookie', cookie).expect(200);
  });
});
