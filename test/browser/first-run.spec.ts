import { expect, it } from '@jest/globals';
import { createAdministrator, createSignInLink } from '../../src/admin.js';
import { startApp } from '../support/app.js';
import { inspect, listen, openBrowser } from '../support/browser.js';

it('leads from nobody at all to the first meeting', async () => {
  const t = await startApp('sqlite', { environment: { SMTP_URL: '' } });
  const url = await listen(t);
  const page = await openBrowser();
  await page.goto(url);
  await page.getByRole('heading', { name: 'Wijkagenda is klaar voor gebruik' }).waitFor();
  expect(await inspect(page, 'first-run')).toEqual([]);

  const who = { email: 'beheerder@gemeente.example', name: 'functioneel beheerder' };
  await createAdministrator(t.database, t.clock, who);
  await page.goto(url);
  await page.getByRole('heading', { name: 'Aanmelden', exact: true }).waitFor();
  await page.goto(await createSignInLink(t.database, t.clock, t.settings, who.email));
  await page.getByRole('button', { name: 'Aanmelden' }).click();
  await page.getByRole('heading', { name: 'Zo begint u' }).waitFor();
  expect(await inspect(page, 'first-start')).toEqual([]);
  await page.getByRole('link', { name: 'Naar Beheer' }).click();
  expect(await page.locator('.steps').textContent()).not.toContain('gedaan');
  expect(await inspect(page, 'first-steps')).toEqual([]);

  const step = async (label: string) => (await page.locator('.steps li', { hasText: label }).textContent()) ?? '';
  await page.getByRole('link', { name: 'Wijken en kernen toevoegen' }).click();
  await page.getByLabel('Naam').first().fill('Boskoop');
  await page.getByLabel('Code').first().fill('BOS');
  await page.getByLabel('Soort').first().selectOption('kern');
  await page.getByRole('button', { name: 'Gebied toevoegen' }).click();
  await page.getByText('Opgeslagen: Boskoop').waitFor();
  await page.goto(`${url}/beheer`);
  expect(await step('Wijken en kernen toevoegen')).toContain('gedaan');
  expect(await step('Organisaties toevoegen')).toContain('nog doen');

  const chair = await t.make.person();
  await t.make.grant(chair.id, 'chair', await t.make.root());
  await t.make.meeting((await t.make.area()).id);
  await page.goto(`${url}/beheer`);
  expect(await page.locator('.steps').count()).toBe(0);
});
