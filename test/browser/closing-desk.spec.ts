import { beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { openBrowser } from '../support/browser.js';
import { until } from '../support/until.js';
import { goToStep, layDesk } from './desk.setup.js';

/* A meeting starts with attendance; at its end, what is missing is filled in next to the message that says so. */
let desk: Awaited<ReturnType<typeof layDesk>>;
let page: Page;
let id: string;
beforeAll(async () => {
  desk = await layDesk();
  const { n, sessionId } = desk;
  const { body } = await n.get(`/v1/sessions/${sessionId}/agenda-items`).expect(200);
  for (const one of body.items)
    if (one.kind === 'topic' && one.title !== 'Verkeer')
      await n.patch(`/v1/agenda-items/${one.id}`, { state: 'not_discussed' }, one.version).expect(200);
  const line = { title: 'Praat met de winkeliers', ownerId: n.organisations.politie.id };
  ({ id } = (await n.post(`/v1/sessions/${sessionId}/actions`, line).expect(201)).body);
}, 60_000);
beforeEach(async () => {
  const { n, url, sessionId } = desk;
  page = await openBrowser({ width: 1366, cookie: await n.make.cookie(n.people.gebiedsadviseur.id), url });
  await page.goto(`${url}/vergaderingen/${sessionId}`);
  await page.waitForSelector('.scripted [data-stream]');
});
const focused = () => page.evaluate<string>('document.activeElement.id');

it.each([
  ['begins', '#aanwezigheid'],
  ['is opened again', ''],
])(
  'is at the first person without an answer when a meeting %s, with the top in sight, so that a key says who is there',
  async (_, hash) => {
    const { url, sessionId } = desk;
    await page.goto('about:blank');
    await page.goto(`${url}/vergaderingen/${sessionId}${hash}`);
    const unfilled = page.locator('[data-person]:not(:has(input:checked))');
    const [name, next] = await unfilled.locator('legend').allTextContents();
    expect(name).toBeTruthy();
    await page.locator('[data-person] input:focus').waitFor();
    expect(await page.evaluate<number>('scrollY')).toBe(0);
    const left = await unfilled.count();
    await page.keyboard.press('a');
    await until('that one is present', async () => (await unfilled.count()) === left - 1);
    await page.locator('[data-person]:has(input:focus)', { hasText: next.trim() }).waitFor();
  },
);

it('stays at closing when it is refused, and names what is missing above it', async () => {
  await goToStep(page, 'Afsluiten');
  await page.locator('#sluiten [value="send"]').click();
  await page.getByRole('alert').getByText('U kunt nog niet afsluiten').waitFor();
  expect(await page.locator('.step[data-current]').getAttribute('id')).toBe('sluiten');
  await page.getByRole('alert').getByRole('link', { name: 'Praat met de winkeliers' }).click();
  await page.locator('#wie-en-wanneer').waitFor();
  await until('the field that is missing has the focus', async () => (await focused()) === 'wie-en-wanneer-dueKind');
});

it('puts the focus on what is to be written about an item, and forgets the refusal once that is saved', async () => {
  await goToStep(page, 'Afsluiten');
  await page.locator('#sluiten [value="send"]').click();
  await page.getByRole('alert').getByRole('link', { name: 'Verkeer' }).click();
  await until('its note has the focus', async () => /^punt-.*-notes$/.test(await focused()));
  await page.keyboard.type('Er komt een teller.');
  await page.getByRole('alert').filter({ hasText: 'afsluiten' }).waitFor({ state: 'detached' });
  const step = await goToStep(page, 'Afsluiten');
  await step.getByRole('link', { name: 'Verkeer' }).waitFor({ state: 'detached' });
});

it('takes a day that is typed as the deadline, fills it in at closing, and stays there', async () => {
  const step = await goToStep(page, 'Afsluiten');
  await step.getByRole('link', { name: 'Praat met de winkeliers' }).click();
  await until('the field that is missing has the focus', async () => (await focused()) === 'wie-en-wanneer-dueKind');
  await page.locator('#wie-en-wanneer-dueOn').fill('2026-06-30');
  expect(await page.locator('#wie-en-wanneer-dueKind').inputValue()).toBe('date');
  await page.locator('#wie-en-wanneer-dueOn').press('Enter');
  await step.getByText('Alles is ingevuld.').waitFor();
  expect(await page.locator('.step[data-current]').getAttribute('id')).toBe('sluiten');
  expect((await desk.n.get(`/v1/actions/${id}`).expect(200)).body.dueOn).toBe('2026-06-30');
});

it('keeps the line for new actions and the item in sight, however many lines wait for a connection', async () => {
  await page.context().setOffline(true);
  const line = page.locator('#actieregel-line');
  for (let number = 1; number <= 14; number += 1) {
    await line.fill(`politie: fietsen labelen op plek ${number}, 12 juni`);
    await line.press('Enter');
    await page
      .locator('#bewaarde-regels li')
      .nth(number - 1)
      .waitFor();
  }
  const { height } = (await page.locator('#actie-balk').boundingBox())!;
  expect(height).toBeLessThan(page.viewportSize()!.height / 2);
  const isInSight = `document.querySelector('#bewaarde-regels li:last-child').getBoundingClientRect().bottom <= innerHeight`;
  await until('the newest line is in sight', () => page.evaluate<boolean>(isInSight));
  await line.focus();
  await page.keyboard.press('Tab');
  for (let times = 0; times < 4 && (await focused()) !== 'bewaarde-regels'; times += 1)
    await page.keyboard.press('Tab');
  expect(await focused()).toBe('bewaarde-regels');
});
