import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { DigestScheduler } from '../../src/digests/digests.scheduler.js';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { startApp, type TestApp } from '../support/app.js';
import { inspect, listen, openBrowser, picture } from '../support/browser.js';
import { Mailbox } from '../support/mailbox.js';

let t: TestApp;
let mailbox: Mailbox;
let url: string;
let personId: string;
let email: string;
let organisationId: string;
beforeAll(async () => {
  mailbox = await Mailbox.start();
  t = await startApp('sqlite', { today: '2026-06-02', environment: { SMTP_URL: mailbox.url } });
  url = await listen(t);
  organisationId = (await t.make.organisation({ name: 'Politie', kind: 'police' })).id;
  const person = await t.make.person({ name: 'wijkagent Boskoop', organisationId });
  [personId, email] = [person.id, person.email!];
  const areaId = (await t.make.area({ name: 'Boskoop' })).id;
  const own = { ownerId: organisationId, areaId, recordedOn: '2026-05-01' };
  await t.make.action({ ...own, number: 'BOS-12', title: 'Extra surveillance bij de skatebaan', dueOn: '2026-05-20' });
  await t.make.action({ ...own, number: 'BOS-14', title: 'Gesprek met de winkeliers', dueOn: '2026-06-01' });
  const blocked = { status: 'blocked', statusReason: 'wacht op de vergunning' } as const;
  await t.make.action({ ...own, ...blocked, number: 'BOS-15', title: 'Camera Zijde', dueOn: '2026-07-01' });
  await t.make.action({ ...own, number: 'BOS-16', title: 'Bel terug', dueOn: null, checkOn: '2026-06-01' });
});
const signedIn = async (options: Parameters<typeof openBrowser>[0] = {}): Promise<Page> =>
  openBrowser({ ...options, cookie: await t.make.cookie(personId), url });

describe('signing in', () => {
  it('goes by mail, with the keyboard only, back to the page that was asked for', async () => {
    const page = await openBrowser();
    await page.goto(`${url}/mijn-acties`);
    expect(await inspect(page, 'sign-in')).toEqual([]);
    await page.focus('#email');
    await page.keyboard.type(email);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/aanmelden/code**');
    expect(await inspect(page, 'sign-in-code')).toEqual([]);
    await t.app.get(Delivery).deliverDue();
    const link = /https?:\S+\/aanmelden\/\S+/.exec(mailbox.to(email)[0].mail.text!)![0];
    await page.goto(link);
    expect(await inspect(page, 'sign-in-link')).toEqual([]);
    await page.focus('main button');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/mijn-acties');
    expect(await page.title()).toBe('Mijn acties - Gemeente');
    await page.goto(`${url}/account`);
    expect(await inspect(page, 'account')).toEqual([]);
  });
});

describe('Mijn acties', () => {
  it('has no flaws that can be found automatically, at any width, open or closed', async () => {
    const page = await signedIn();
    await page.goto(`${url}/mijn-acties`);
    expect(await inspect(page, 'my-actions')).toEqual([]);
    await page.locator('main summary').first().click();
    expect(await inspect(page, 'my-actions-open')).toEqual([]);
    await page.goto(`${url}/mijn-acties/tabel`);
    expect(await inspect(page, 'action-table')).toEqual([]);
    await page.goto(`${url}/mijn-acties/voor-ons`);
    expect(await inspect(page, 'actions-for-us')).toEqual([]);
  });

  it('takes a status on a phone without JavaScript, with one tap', async () => {
    const page = await signedIn({ width: 390, javaScript: false });
    await page.goto(`${url}/mijn-acties`);
    await page.locator('#BOS-14').getByRole('button', { name: 'Loopt' }).click();
    expect(await page.getByRole('status').textContent()).toBe('Opgeslagen: BOS-14 loopt.');
  });

  it('puts the focus on what is wrong, and leads to the field', async () => {
    const page = await signedIn({ width: 390 });
    await page.goto(`${url}/mijn-acties`);
    const card = page.locator('#BOS-12');
    await card.locator('summary').click();
    await card.getByLabel('Stokt').check();
    await card.getByRole('button', { name: 'Opslaan' }).click();
    await page.waitForSelector('.problem');
    await page.waitForSelector('.problem:focus');
    expect(await inspect(page, 'my-actions-refused')).toEqual([]);
    await page.locator('.problem a').click();
    expect(await page.evaluate('document.activeElement?.tagName')).toBe('TEXTAREA');
    expect(await card.getByLabel('Stokt').isChecked()).toBe(true);
  });

  it('reads a date back in words', async () => {
    const page = await signedIn({ width: 390 });
    await page.goto(`${url}/mijn-acties`);
    const card = page.locator('#BOS-12');
    await card.locator('summary').click();
    await card.getByLabel('Nieuwe datum').fill('2026-06-19');
    expect(await card.locator('.in-words').textContent()).toBe('vrijdag 19 juni 2026');
    await card.getByLabel('Nieuwe datum').fill('');
    expect(await card.locator('.in-words').textContent()).toBe('');
  });

  it('brings back, with what is wrong, a day that was typed before an answer that has none', async () => {
    const page = await signedIn({ width: 390 });
    await page.goto(`${url}/mijn-acties`);
    const card = page.locator('#BOS-15');
    await card.locator('summary').click();
    const day = card.getByLabel('Nieuwe datum');
    await card.getByLabel('Later klaar').check();
    await day.fill('2026-08-01');
    await card.locator('input[value="done"]').check();
    expect(await day.isVisible()).toBe(false);
    await card.getByRole('button', { name: 'Opslaan' }).click();
    await page.waitForSelector('.problem:focus');
    expect([await day.isVisible(), await day.inputValue()]).toEqual([true, '2026-08-01']);
    expect(await day.getAttribute('aria-invalid')).toBe('true');
  });

  it('sends little: one style sheet and one typeface, kept for ever', async () => {
    const page = await signedIn();
    const sizes: number[] = [];
    page.on('requestfinished', (request) => void request.sizes().then((s) => sizes.push(s.responseBodySize)));
    await page.goto(`${url}/mijn-acties`, { waitUntil: 'networkidle' });
    expect(sizes.length).toBeLessThanOrEqual(4);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(100_000);
  });

  it('shows its text before any script has loaded', async () => {
    const page = await signedIn();
    let asked = 0;
    await page.route('**/assets/*.js', () => void (asked += 1));
    await page.goto(`${url}/mijn-acties`, { waitUntil: 'commit' });
    await page.evaluate(`new Promise((painted) => new PerformanceObserver((list) => {
      if (list.getEntriesByName('first-contentful-paint').length > 0) painted(true);
    }).observe({ type: 'paint', buffered: true }))`);
    expect(await page.locator('#BOS-12 h3').innerText()).toContain('Extra surveillance bij de skatebaan');
    expect([asked, await page.evaluate('document.readyState')]).toEqual([1, 'interactive']);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  });
});

describe('the weekly digest on a phone', () => {
  it('shows its first action with its answers on the first screen, and takes an answer in two presses', async () => {
    await t.make.contact(organisationId, personId);
    mailbox.clear();
    await t.app.get(DigestScheduler).planAndDeliver();
    const { html, text, subject } = mailbox.to(email)[0].mail;
    const page = await openBrowser({ width: 390 });
    await page.setContent(html as string);
    await picture(page, 'digest');
    const answers = page.locator('.answers').first();
    const { y, height } = (await answers.boundingBox())!;
    expect(y + height).toBeLessThanOrEqual(640);
    const buttons = page.locator('.answer');
    expect(text!.match(/antwoord=/g)).toHaveLength(await buttons.count());
    const heading = await page.locator('h1').textContent();
    expect(subject).toContain(heading!.replace(/ zijn? | is /, ' '));
    await answers.getByText('Gereed').click();
    expect(await page.locator('h1').textContent()).toBe(heading);
    expect(await inspect(page, 'mail-answer-chosen')).toEqual([]);
    const save = page.getByRole('button', { name: 'Antwoorden opslaan' });
    const photo = page.getByLabel('Foto erbij').first();
    const buffer = Buffer.alloc(10 * 1024 * 1024 + 1);
    await photo.setInputFiles({ name: 'schouw.jpg', mimeType: 'image/jpeg', buffer });
    await page.getByText('Dit bestand is te groot.').waitFor();
    await save.click();
    expect(await page.evaluate('document.activeElement.type')).toBe('file');
    await photo.setInputFiles([]);
    expect(await page.getByText('Dit bestand is te groot.').count()).toBe(0);
    await save.click();
    await page.getByText('Opgeslagen: BOS-12').waitFor();
  });
});
