import { beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { startApp, type TestApp } from '../support/app.js';
import { inspect, listen, openBrowser } from '../support/browser.js';

let t: TestApp;
let url: string;
beforeAll(async () => {
  t = await startApp('sqlite', { today: '2026-06-02' });
  url = await listen(t);
});

/** A phone with a fingerprint that is always right. */
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
  await page.getByRole('button', { name: 'Verwijderen' }).waitFor();
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
  await t.api.post('/account/passkeys').set('Cookie', cookie).send(answer).expect(403);
});
