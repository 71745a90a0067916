import { beforeAll, expect, it } from '@jest/globals';
import { openBrowser } from '../support/browser.js';
import { layDesk } from './desk.setup.js';

/* The desk of somebody whose browser runs no scripts, or shows only their own colours. */
let desk: Awaited<ReturnType<typeof layDesk>>;
beforeAll(async () => {
  desk = await layDesk();
}, 60_000);

async function sit(javaScript = true) {
  const { n, url, sessionId } = desk;
  const page = await openBrowser({ javaScript, cookie: await n.make.cookie(n.people.gebiedsadviseur.id), url });
  await page.goto(`${url}/vergaderingen/${sessionId}`);
  return page;
}

it('names no keys without JavaScript, which they need', async () => {
  const page = await sit(false);
  expect(await page.getByRole('button', { name: 'De rest is aanwezig' }).isVisible()).toBe(true);
  expect(await page.locator('kbd:visible, .scripted-only:visible').count()).toBe(0);
});

it('shows which step one is at in the colours that a reader forces, too', async () => {
  const page = await sit();
  await page.emulateMedia({ forcedColors: 'active' });
  await page.waitForSelector('.step-link[aria-current]');
  const ground = (step: string): Promise<string> =>
    page.evaluate<string>(`getComputedStyle(document.querySelector('.step-link${step}')).backgroundColor`);
  expect(await ground('[aria-current]')).not.toBe(await ground(':not([aria-current])'));
});
