import { beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { Renderer } from '../../src/platform/rendering/renderer.js';
import { Theme } from '../../src/platform/rendering/theme.js';
import { PAPER } from '../../src/platform/rendering/tokens.js';
import { startApp, type TestApp } from '../support/app.js';
import { inspect, listen, openBrowser } from '../support/browser.js';

const EXAMPLE = 'docs/huisstijl.example.css';
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const GREEN = 'rgb(10, 92, 54)';
const WHITE = 'rgb(255, 255, 255)';

const folder = mkdtempSync(join(tmpdir(), 'wijkagenda-theme-'));
const logo = join(folder, 'logo.png');
writeFileSync(logo, Buffer.from(PIXEL, 'base64'));

const styleOf = (page: Page, selector: string, ...names: string[]): Promise<string[]> =>
  page.evaluate<string[]>(`(() => {
    const style = getComputedStyle(document.querySelector(${JSON.stringify(selector)}));
    return ${JSON.stringify(names)}.map((name) => style.getPropertyValue(name));
  })()`);

async function chairOf(t: TestApp): Promise<{ cookie: string; url: string }> {
  const url = await listen(t);
  const chair = await t.make.person({ name: 'gebiedsadviseur Boskoop' });
  await t.make.grant(chair.id, 'chair', (await t.make.area({ name: 'Boskoop', kind: 'kern' })).id);
  return { cookie: await t.make.cookie(chair.id), url };
}

const startThemed = (theme: string): Promise<TestApp> =>
  startApp('sqlite', { today: '2026-06-02', environment: { THEME_CSS: theme, LOGO_FILE: logo } });

describe('the theme of a municipality', () => {
  let t: TestApp;
  let page: Page;
  beforeAll(async () => {
    t = await startThemed(EXAMPLE);
    const { cookie, url } = await chairOf(t);
    page = await openBrowser({ cookie, url });
    await page.goto(`${url}/overleggen/nieuw`);
  });

  it('changes navigation, text, inputs, links and typeface', async () => {
    expect(await styleOf(page, '.utrecht-nav-bar', 'background-color', 'color')).toEqual([GREEN, WHITE]);
    expect(await styleOf(page, '.menu-bar a', 'color', 'font-family')).toEqual([
      WHITE,
      expect.stringMatching(/^Verdana/),
    ]);
    expect(await styleOf(page, 'h1', 'font-family')).toEqual([expect.stringMatching(/^Georgia/)]);
    expect(await styleOf(page, 'main', 'font-family', 'color')).toEqual([
      expect.stringMatching(/^Verdana/),
      'rgb(29, 42, 35)',
    ]);
    expect(await styleOf(page, 'main input[type="text"]', 'border-top-left-radius', 'border-top-color')).toEqual([
      '0px',
      'rgb(29, 42, 35)',
    ]);
    expect(await styleOf(page, 'main select', 'border-top-left-radius', 'font-family')).toEqual([
      '0px',
      expect.stringMatching(/^Verdana/),
    ]);
    expect(await styleOf(page, 'main a', 'color')).toEqual([GREEN]);
    expect(await styleOf(page, 'main .utrecht-button--primary-action', 'background-color')).toEqual([GREEN]);
  });

  it('shows the logo and an icon in the accent', async () => {
    expect(await page.evaluate(`document.querySelector('.brand img').naturalWidth`)).toBe(1);
    const icon = await page.locator('link[rel="icon"]').getAttribute('href');
    expect((await t.api.get(icon!).buffer(true).expect(200)).body.toString()).toContain('#0a5c36');
  });

  it('has no flaws at any width, nor in the dark, where its dark part holds', async () => {
    expect(await inspect(page, 'theme')).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await styleOf(page, '.utrecht-nav-bar', 'background-color')).toEqual(['rgb(14, 43, 29)']);
    expect(await styleOf(page, 'body', 'background-color')).toEqual(['rgb(20, 24, 28)']);
  });

  it('is that of mails, PDF and Word too', () => {
    const view = { municipality: 'Gemeente', name: '', minutes: 10, url: '', code: '', unsubscribeUrl: null };
    const { html } = t.app.get(Renderer).renderMessage('identity/mails/sign-in', { ...view, isMonthly: false });
    expect(html).toMatch(/<a class="button"[^>]*background-color: ?#0a5c36/);
    expect(html).toMatch(/<img class="logo" src="http:\/\/localhost:\d+\/assets\/logo-[0-9a-f]{8}\.png"/);
    expect(html).toMatch(/prefers-color-scheme: ?dark[\s\S]*#8fd6b0/);
    expect([PAPER.accent, PAPER.ink, PAPER.logo]).toEqual(['#0a5c36', '#1d2a23', expect.stringContaining(PIXEL)]);
    expect(t.app.get(Theme).isBitmap).toBe(true);
  });
});

describe('a theme without dark colours', () => {
  it('stays light in the dark, on pages and in mails', async () => {
    const theme = join(folder, 'light.css');
    writeFileSync(theme, readFileSync(EXAMPLE, 'utf8').replace(/@media[\s\S]*/, ''));
    const t = await startThemed(theme);
    const { cookie, url } = await chairOf(t);
    const page = await openBrowser({ cookie, url });
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.goto(`${url}/overleggen/nieuw`);
    expect(await styleOf(page, 'body', 'background-color')).toEqual([WHITE]);
    expect(await styleOf(page, 'html', 'color-scheme')).toEqual(['light']);
    const view = { municipality: 'Gemeente', name: '', minutes: 10, url: '', code: '', unsubscribeUrl: null };
    const { html } = t.app.get(Renderer).renderMessage('identity/mails/sign-in', { ...view, isMonthly: false });
    expect(html).toContain('<meta name="color-scheme" content="light">');
    expect(html).not.toContain('prefers-color-scheme');
  });
});

describe('another theme of the NL Design System, as its package has it', () => {
  it('changes navigation, inputs and typeface', async () => {
    const t = await startThemed('node_modules/@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css');
    const { cookie, url } = await chairOf(t);
    const page = await openBrowser({ cookie, url });
    await page.goto(`${url}/overleggen/nieuw`);
    expect(await styleOf(page, 'main', 'font-family')).toEqual([expect.stringMatching(/^"Noto Sans"/)]);
    expect(await styleOf(page, 'h1', 'font-family')).toEqual([expect.stringMatching(/^"Noto Serif"/)]);
    expect(await styleOf(page, '.utrecht-nav-bar', 'color')).toEqual(['rgb(0, 26, 64)']);
    expect(await styleOf(page, 'main input[type="text"]', 'border-top-left-radius')).toEqual(['0px']);
    expect(await inspect(page, 'theme-voorbeeld')).toEqual([]);
  });
});
