import type { Page } from 'playwright-core';
import { AXE } from './browser.js';

/** The maximum cost of a page for a first-time visitor. */
const MOST_REQUESTS = 15;
const MOST_BYTES = 100_000;
/** A smaller layout shift is not noticeable; search engines call 0.1 good. */
const MOST_SHIFT = 0.02;
const WATCH = `window.shifted = 0;
new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value; })
  .observe({ type: 'layout-shift', buffered: true });`;

/** Whether a menu link is not visible or cannot be clicked. */
const HIDES_MENU = `[...document.querySelectorAll('.nav .menu-bar a')].some((link) => {
  const { left, top, width, height } = link.getBoundingClientRect();
  return !link.contains(document.elementFromPoint(left + width / 2, top + height / 2));
})`;

/** What delays the display of text: more than one style sheet, or a typeface without a fallback while it loads. */
const WAITS_FOR = `(() => {
  const blocking = performance.getEntriesByType('resource').filter(({ renderBlockingStatus }) => renderBlockingStatus === 'blocking');
  return [
    ...blocking.slice(1).map(({ name }) => name),
    ...[...document.fonts].filter(({ display }) => display !== 'swap').map(({ family }) => 'the letters of ' + family),
  ];
})()`;

/** The visible buttons of which a view has one at most. */
const PRIMARY = `[...document.querySelectorAll('.utrecht-button--primary-action')]
  .filter((one) => one.checkVisibility()).map((one) => one.textContent.trim())`;

const FOCUS = { timeout: 2000 };

/** Opens pages as a first-time visitor: without a cache, measuring the bytes sent and layout shifts. */
export class Looking {
  private requests: Promise<number>[] = [];

  private constructor(readonly page: Page) {}

  static async at(page: Page): Promise<Looking> {
    const looking = new Looking(page);
    const devTools = await page.context().newCDPSession(page);
    await devTools.send('Network.setCacheDisabled', { cacheDisabled: true });
    await page.addInitScript(WATCH);
    // Each page is inspected: cheaper than sending it to each, as elsewhere.
    await page.addInitScript(AXE);
    page.on('requestfinished', (request) =>
      looking.requests.push(request.sizes().then((sizes) => sizes.responseBodySize + sizes.responseHeadersSize)),
    );
    return looking;
  }

  /** Opens the page, and returns what is too large, shifts or is not found. */
  async open(url: string, status = 200): Promise<string[]> {
    this.requests = [];
    const answer = await this.page.goto(url, { waitUntil: 'load' });
    const sizes = await Promise.all(this.requests);
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    const shifted = await this.page.evaluate<number>('window.shifted');
    const hidden = await this.page.evaluate<boolean>(HIDES_MENU);
    const waits = await this.page.evaluate<string[]>(WAITS_FOR);
    const primary = await this.page.evaluate<string[]>(PRIMARY);
    return [
      answer?.status() !== status && `answers ${answer?.status()}`,
      hidden && 'hides its menu',
      primary.length > 1 && `has more than one primary button: ${primary.join(', ')}`,
      sizes.length > MOST_REQUESTS && `asks for ${sizes.length} files`,
      bytes > MOST_BYTES && `sends ${bytes} bytes`,
      shifted > MOST_SHIFT && `jumps by ${shifted}`,
      waits.length > 0 && `shows its text only after ${waits.join(', ')}`,
    ].filter((flaw) => flaw !== false);
  }

  /** With text enlarged to 200 %: returns what is clipped or overflows. */
  async enlarge(): Promise<string[]> {
    return this.page.evaluate<string[]>(`(() => {
      document.documentElement.style.fontSize = '200%';
      const { scrollWidth, clientWidth } = document.documentElement;
      const cut = [...document.querySelectorAll('main *, header *')].filter((one) => {
        const style = getComputedStyle(one);
        const hides = style.overflowX === 'hidden' || style.overflowY === 'hidden';
        return hides && !one.classList.contains('hidden') && !one.closest('thead, .hidden') && one.scrollWidth > one.clientWidth + 1;
      });
      document.documentElement.style.fontSize = '';
      return [
        ...(scrollWidth > clientWidth ? ['at 200 % wider than the screen: ' + scrollWidth] : []),
        ...cut.map((one) => 'at 200 % cut off: ' + one.outerHTML.slice(0, 80)),
      ];
    })()`);
  }

  /** After a rejected form: what is missing from the focused error summary that links to each field. */
  async problems(): Promise<string[]> {
    await this.page.waitForSelector('.problem');
    // A browser moves the focus when it next renders the page; if it does not, the violation is reported below.
    await this.page.waitForFunction(`document.activeElement?.matches('.problem')`, undefined, FOCUS).catch(() => {});
    return this.page.evaluate<string[]>(`(() => {
      const summary = document.querySelector('.problem');
      const flaws = document.activeElement === summary ? [] : ['the summary has no focus'];
      for (const link of summary.querySelectorAll('a[href^="#"]')) {
        const field = document.getElementById(link.hash.slice(1));
        const input = field?.matches('input, select, textarea, fieldset') ? field : field?.querySelector('input, select, textarea');
        const words = (input?.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent);
        if (!field) flaws.push('leads nowhere: ' + link.hash);
        else if (!words.some((text) => text && text.includes(link.textContent))) flaws.push('not beside its field: ' + link.hash);
      }
      return flaws;
    })()`);
  }
}
