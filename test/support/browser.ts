import { afterAll } from '@jest/globals';
import chromium from '@sparticuz/chromium';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium as engine, type Page } from 'playwright-core';
import type { TestApp } from './app.js';
import { RUN } from './run.js';

const WIDTHS = [1280, 390, 320] as const;
const PICTURES = join(process.cwd(), 'test-output');
/** With a single process, Chromium would exit with its first context; imitating a GPU takes half as much time again. */
const ARGS = [...chromium.args.filter((arg) => arg !== '--single-process'), '--disable-gpu'];
/** For the order of day and month in fields for dates, which ignores the locale of a context. */
const ENV = { ...process.env, LANG: 'nl_NL.UTF-8' };
export const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser: Promise<Browser> | undefined;
const contexts: BrowserContext[] = [];
afterAll(async () => {
  await closeContexts();
  await (await browser)?.close();
});

async function closeContexts(): Promise<void> {
  for (const one of contexts.splice(0)) await one.close();
}

/**
 * A page in the one Chromium of the file; the previous page is closed to save memory, unless this one `isBeside` it, as
 * another person's browser.
 */
export async function openBrowser({
  width = 1280,
  javaScript = true,
  cookie = '',
  url = '',
  isBeside = false,
} = {}): Promise<Page> {
  browser ??= (async () =>
    engine.launch({ executablePath: await chromium.executablePath(), args: ARGS, env: ENV, headless: true }))();
  if (!isBeside) await closeContexts();
  const context = await (
    await browser
  ).newContext({
    viewport: { width, height: 900 },
    javaScriptEnabled: javaScript,
    locale: 'nl-NL',
    timezoneId: 'Europe/Amsterdam',
  });
  contexts.push(context);
  const [name, value] = cookie.split('=');
  if (value) await context.addCookies([{ name, value, url }]);
  context.setDefaultTimeout(10_000);
  return context.newPage();
}

/** Listens on a free port and returns its address, which is used in links from then on. */
export async function listen(t: TestApp): Promise<string> {
  const { port } = t.server.address() as AddressInfo;
  t.settings.PUBLIC_URL = `http://localhost:${port}`;
  return t.settings.PUBLIC_URL;
}

/** Screenshots used by the manual and the README, by name and width: `action-1280`. */
const OF_MANUAL = new Set(
  ['docs/handleiding.md', 'README.md'].flatMap((file) =>
    [...readFileSync(join(process.cwd(), file), 'utf8').matchAll(/handleiding\/([\w-]+)\.png\)/g)].map(
      ([, name]) => name,
    ),
  ),
);

/**
 * With `PICTURES=1` writes a screenshot of the whole page to `test-output/`: `my-actions-390.png`. `npm run manual`
 * retakes the screenshots of the manual, which show only what is visible without scrolling.
 */
export async function picture(page: Page, name: string): Promise<void> {
  const file = `${name}-${page.viewportSize()!.width}`;
  if (process.env.PICTURES) {
    mkdirSync(PICTURES, { recursive: true });
    // Chromium does not finish a picture of the whole page of the API, which is longer than any other.
    const fullPage = await page.evaluate<boolean>('document.documentElement.scrollHeight < 20_000');
    await page.screenshot({ path: join(PICTURES, `${file}.png`), fullPage });
  }
  if (process.env.MANUAL && OF_MANUAL.has(file))
    await page.screenshot({ path: join(process.cwd(), 'docs', 'handleiding', `${file}.png`) });
}

/** WCAG 2.2 AA and axe's best practices. */
const ALL_RULES = {
  type: 'tag',
  values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
};
/** The rules whose result depends on the width, for the same HTML; the colours are the same on all telephones. */
const RULES_OF_WIDTH = {
  390: { type: 'rule', values: ['color-contrast', 'target-size', 'scrollable-region-focusable'] },
  320: { type: 'rule', values: ['target-size', 'scrollable-region-focusable'] },
};

/** The violations found by axe, and text or controls beyond the width of the screen; should be empty. */
export async function flawsOf(page: Page, runOnly: object = ALL_RULES): Promise<string[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(AXE);
  // Otherwise a sticky element would cover half of whatever is below it.
  await page.evaluate('scrollTo(0, 0)');
  const flaws = await page.evaluate<string[]>(`(async () => {
    const options = { runOnly: ${JSON.stringify(runOnly)}, resultTypes: ['violations', 'incomplete'] };
    const { violations, incomplete } = await axe.run(document, options);
    // Text in the colour of its background, which axe leaves for a person to judge.
    const unseen = incomplete.filter(({ id, nodes }) => id === 'color-contrast' && JSON.stringify(nodes).includes('equalRatio'));
    return [...violations, ...unseen].map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' '));
  })()`);
  return [...flaws, ...(await tooWide(page))];
}

/** On a screen as high as the page: a sticky bar at its foot would cover part of whatever happens to be there. */
async function flawsOfWidth(page: Page, width: 390 | 320): Promise<string[]> {
  const height = await page.evaluate<number>('document.documentElement.scrollHeight');
  await page.setViewportSize({ width, height: Math.max(height, 900) });
  return flawsOf(page, RULES_OF_WIDTH[width]);
}

const tooWide = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth ? ['wider than the screen: ' + scrollWidth] : [];
  })()`);

/** The violations of contrast in dark mode. */
async function flawsInTheDark(page: Page, name: string): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'dark' });
  await picture(page, `${name}-dark`);
  const flaws = await flawsOf(page, { type: 'rule', values: ['color-contrast'] });
  await page.emulateMedia({ colorScheme: 'light' });
  return flaws.map((flaw) => `dark: ${flaw}`);
}

/**
 * Returns the violations of the page at every width, and of its contrast in dark mode. All axe rules are run once; at the
 * other widths its dimensions are checked and, in `npm run test:all`, axe's rules on contrast and target size.
 */
export async function inspect(page: Page, name: string): Promise<string[]> {
  const flaws: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    await picture(page, name);
    const found = await (width === WIDTHS[0]
      ? flawsOf(page)
      : RUN === 'all' || RUN === 'ci'
        ? flawsOfWidth(page, width)
        : tooWide(page));
    flaws.push(...found.map((flaw) => `${width}: ${flaw}`));
  }
  await page.setViewportSize({ width: WIDTHS[0], height: 900 });
  return [...flaws, ...(await flawsInTheDark(page, name))];
}
