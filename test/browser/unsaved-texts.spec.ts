import { beforeAll, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { startApp, type TestApp } from '../support/app.js';
import { listen, openBrowser } from '../support/browser.js';
import { CAST, layVillage } from '../support/world.js';
import { Visitor } from '../support/visitor.js';

jest.setTimeout(60_000);

let t: TestApp;
let page: Page;
let review: string;
beforeAll(async () => {
  t = await startApp('sqlite', { today: '2026-06-02' });
  const url = await listen(t);
  const { gemeente, politie } = CAST;
  const { area, people } = await layVillage(t, { gemeente, politie });
  const { id } = people.gemeente;
  const made = await (
    await Visitor.of(t, id)
  ).post('/jaarevaluatie/nieuw', { areaId: area.id, fromOn: '2026-01-01', asOf: '2026-06-02' });
  review = url + made.headers.location;
  page = await openBrowser({ cookie: await t.make.cookie(id), url });
});

it('sends a draft to the parties only after what the chair wrote is saved', async () => {
  await page.goto(review);
  const [texts, save] = [page.getByLabel('Wat is gelukt?'), page.getByRole('button', { name: 'Teksten opslaan' })];
  await texts.fill('De skatebaan is weer schoon.');
  await page.getByRole('button', { name: 'Concept rondsturen' }).click();
  await page.getByText('Sla dat eerst op.').waitFor();
  expect(await page.locator(':focus').textContent()).toBe('Teksten opslaan');
  expect(await texts.inputValue()).toBe('De skatebaan is weer schoon.');
  await save.click();
  await page.getByText('Opgeslagen.').waitFor();
  await page.getByRole('button', { name: 'Concept rondsturen' }).click();
  await page.getByText('De partijen kunnen reageren').waitFor();
  expect(await texts.inputValue()).toBe('De skatebaan is weer schoon.');
});
