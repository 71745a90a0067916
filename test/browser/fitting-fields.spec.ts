import { beforeAll, expect, it, jest } from '@jest/globals';
import { startApp, type TestApp } from '../support/app.js';
import { inspect, listen, openBrowser } from '../support/browser.js';

jest.setTimeout(60_000);

let t: TestApp;
let url: string;
let cookie: string;
let areaId: string;

beforeAll(async () => {
  t = await startApp('sqlite', { today: '2026-06-02' });
  url = await listen(t);
  areaId = (await t.make.area({ name: 'Boskoop', code: 'BOS', kind: 'kern' })).id;
  const chair = await t.make.person({ name: 'gebiedsadviseur Boskoop' });
  await t.make.grant(chair.id, 'chair', areaId);
  cookie = await t.make.cookie(chair.id);
});

/** The labels of the fields that can be seen. */
const LABELS = `[...document.querySelectorAll('main .field > label')]
  .filter((label) => label.checkVisibility()).map((label) => label.firstChild.textContent.trim())`;

it.each([true, false])(
  'shows of a new meeting series only what belongs to its rhythm (JavaScript: %s)',
  async (javaScript) => {
    const page = await openBrowser({ cookie, url, javaScript });
    await page.goto(`${url}/overleggen/nieuw`);
    const rhythm = page.getByLabel('Hoe vaak?');
    const which = page.getByLabel('De hoeveelste van de maand?');
    const day = page.getByLabel('Op welke dag?');
    expect([await which.isVisible(), await day.isVisible()]).toEqual([false, false]);
    await rhythm.selectOption('elke twee weken');
    expect([await which.isVisible(), await day.isVisible()]).toEqual([false, true]);
    await rhythm.selectOption('elke maand');
    expect([await which.isVisible(), await day.isVisible()]).toEqual([true, true]);
  },
);

it('shows of the outcome of a question only what belongs to it, and what is missing beside its field', async () => {
  const page = await openBrowser({ cookie, url });
  await page.goto(`${url}/vragen/nieuw?areaId=${areaId}`);
  await page.getByLabel('Wat is de vraag?').fill('Wie snoeit de haag?');
  await page.getByRole('button', { name: 'Vraag vastleggen' }).click();
  const outcome = page.getByLabel('Wat gebeurt ermee?');
  expect(await page.evaluate(LABELS)).toEqual(['Wat gebeurt ermee?', 'Antwoord, of waarom niet']);
  await outcome.selectOption('doorgegeven');
  expect(await page.evaluate(LABELS)).toEqual([
    ...['Wat gebeurt ermee?', 'Doorgegeven aan', 'Nummer daar', 'Antwoord, of waarom niet'],
  ]);
  await outcome.selectOption('actie');
  expect(await page.evaluate(LABELS)).toEqual(['Wat gebeurt ermee?', 'Nummer van de actie']);
  await page.getByRole('button', { name: 'Uitkomst vastleggen' }).click();
  await page.locator('#uitkomst-actionId-fout').waitFor();
  expect(await page.evaluate(LABELS)).toEqual(['Wat gebeurt ermee?', 'Nummer van de actie']);
  expect(await inspect(page, 'question-outcome')).toEqual([]);
});
