import { afterAll } from '@jest/globals';
import chromium from '@sparticuz/chromium';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium as engine, type Page } from 'playwright-core';
import type { TestApp } from './app.js';
import { RUN } from './run.js';

export const WIDTHS = [1280, 390, 320] as const;
const PICTURES = join(process.cwd(), 'test-output');
/** In one process it would end with its first context. */
const ARGS = chromium.args.filter((arg) => arg !== '--single-process');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser: Promise<Browser> | undefined;
let context: BrowserContext | undefined;
afterAll(async () => {
  await context?.close();
  await (await browser)?.close();
});

/** A page in the one Chromium of the file; the one before it is closed, so that the machine carries it. */
export async function openBrowser({ width = 1280, javaScript = true, cookie = '', url = '' } = {}): Promise<Page> {
  browser ??= (async () =>
    engine.launch({ executablePath: await chromium.executablePath(), args: ARGS, headless: true }))();
  await context?.close();
  context = await (
    await browser
  ).newContext({
    viewport: { width, height: 900 },
    javaScriptEnabled: javaScript,
    locale: 'nl-NL',
    timezoneId: 'Europe/Amsterdam',
  });
  const [name, value] = cookie.split('=');
  if (value) await context.addCookies([{ name, value, url }]);
  context.setDefaultTimeout(10_000);
  return context.newPage();
}

/** Listens on a free port and answers its address, from now on also the address in links. */
export async function listen(t: TestApp): Promise<string> {
  await t.app.listen(0, '127.0.0.1');
  const { port } = t.server.address() as AddressInfo;
  t.settings.PUBLIC_URL = `http://localhost:${port}`;
  return t.settings.PUBLIC_URL;
}

/** Pictures that the manual shows, by name and width: `action-1280`. */
const OF_MANUAL = new Set(
  [
    ...readFileSync(join(process.cwd(), 'docs', 'handleiding.md'), 'utf8').matchAll(/\(handleiding\/([\w-]+)\.png\)/g),
  ].map(([, name]) => name),
);

/**
 * With `PICTURES=1` keeps a picture of the whole page in `test-output/`: `my-actions-390.png`. `npm run manual` takes the
 * pictures of the manual anew: what stands on the screen at once.
 */
export async function picture(page: Page, name: string): Promise<void> {
  const file = `${name}-${page.viewportSize()!.width}`;
  if (process.env.PICTURES) {
    mkdirSync(PICTURES, { recursive: true });
    await page.screenshot({ path: join(PICTURES, `${file}.png`), fullPage: true });
  }
  if (process.env.MANUAL && OF_MANUAL.has(file))
    await page.screenshot({ path: join(process.cwd(), 'docs', 'handleiding', `${file}.png`) });
}

/** Against WCAG 2.2 AA and what is good practice. */
const ALL_RULES = {
  type: 'tag',
  values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
};
/** What another width changes of a page that stays the same HTML. */
const RULES_OF_WIDTH = { type: 'rule', values: ['color-contrast', 'target-size', 'scrollable-region-focusable'] };

/** What axe finds, and text or controls outside the width of the screen: none, it should be. */
export async function flawsOf(page: Page, runOnly: object = ALL_RULES): Promise<string[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(AXE);
  // What sticks to an edge would else cover half of what happens to stand below it.
  await page.evaluate('scrollTo(0, 0)');
  const flaws = await page.evaluate<string[]>(`(async () => {
    const options = { runOnly: ${JSON.stringify(runOnly)}, resultTypes: ['violations', 'incomplete'] };
    const { violations, incomplete } = await axe.run(document, options);
    // Letters as light as what is behind them: axe leaves those to a person.
    const unseen = incomplete.filter(({ id, nodes }) => id === 'color-contrast' && JSON.stringify(nodes).includes('equalRatio'));
    return [...violations, ...unseen].map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' '));
  })()`);
  return [...flaws, ...(await tooWide(page))];
}

const tooWide = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth ? ['wider than the screen: ' + scrollWidth] : [];
  })()`);

/**
 * The page at every width: its flaws are answered. Axe reads all of it once; at the other widths its measures are taken, and
 * in `npm run test:all` what axe finds of contrast and of what is pressed.
 */
export async function inspect(page: Page, name: string): Promise<string[]> {
  const flaws: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    await picture(page, name);
    const found = await (width === WIDTHS[0]
      ? flawsOf(page)
      : RUN === 'all'
        ? flawsOf(page, RULES_OF_WIDTH)
        : tooWide(page));
    flaws.push(...found.map((flaw) => `${width}: ${flaw}`));
  }
  await page.setViewportSize({ width: WIDTHS[0], height: 900 });
  return flaws;
}
