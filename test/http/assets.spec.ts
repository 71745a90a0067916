import { beforeAll, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { textOf } from '../../src/home/manual/manual.service.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';

onBothDatabases((kind) => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startApp(kind);
  });

  it('serves the manual to everyone: its chapters, its pictures, what is found in it, and no HTML as it was typed', async () => {
    const see = async (path: string) => (await t.api.get(path).set('Accept', 'text/html').expect(200)).text;
    const manual = await see('/handleiding');
    for (const [, title] of readFileSync('docs/handleiding.md', 'utf8').matchAll(/^##+ (.+)$/gm))
      expect(manual).toMatch(new RegExp(`<h[23] id="[^"]+">${title}</h[23]>`));
    // First whom which part is for, then all there is.
    expect(manual.indexOf('U bent <strong>voorzitter')).toBeGreaterThan(0);
    expect(manual.indexOf('U bent <strong>voorzitter')).toBeLessThan(manual.indexOf('class="manual-contents"'));
    const ids = new Set([...manual.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    const anchors = [...manual.matchAll(/href="#([^"]+)"/g)].map(([, id]) => decodeURIComponent(id));
    expect(anchors.filter((id) => !ids.has(id))).toEqual([]);
    const pictures = [...manual.matchAll(/<img src="(\/handleiding\/[^"]+)"/g)].map(([, path]) => path);
    expect(pictures.length).toBeGreaterThan(5);
    for (const path of pictures) {
      const { headers, body } = await t.api.get(path).expect(200);
      expect([path, headers['content-type'], body.length > 10_000]).toEqual([path, 'image/png', true]);
      await t.api.get(path).set('If-None-Match', headers.etag).expect(304);
    }
    const operators = await see('/handleiding/beheer');
    const chapters = new Set([...operators.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    const links = [...operators.matchAll(/href="([^"]+)"/g)].map(([, href]) => decodeURIComponent(href));
    expect(links.filter((href) => href.startsWith('#') && !chapters.has(href.slice(1)))).toEqual([]);
    expect(links.filter((href) => !/^(#|\/|https?:)/.test(href))).toEqual([]);
    expect(manual).toContain('<a href="/handleiding/beheer">');
    await t.api.get('/handleiding/..%2Fhandleiding.md').expect(404);
    expect(manual).toMatch(/<kbd>Esc<\/kbd>/);
    expect(await see('/handleiding?q=vertrouw')).toMatch(/href="#vertrouwelijk"><mark>Vertrouwelijk<\/mark>/);
    expect(await see('/handleiding?q=%3Cscript%3E')).toContain('zegt niets over "&lt;script&gt;"');
    // On a phone each cell has the name of its column.
    expect(textOf('| stand | zegt |\n| --- | --- |\n| gepland | staat klaar |').html).toMatch(
      /<td data-label="stand">gepland<\/td>\s*<td data-label="zegt">staat klaar/,
    );
    expect(textOf('## <b>Kop</b>\n\n<script>x</script> [y](javascript:z)').html).not.toMatch(/<b>|<script|href/);
  });

  it('gives the style sheet of documents to everyone, to be kept by the browser', async () => {
    const { text, headers } = await t.api.get('/assets/document.css').expect(200);
    expect(text).toContain('@media print');
    expect(headers['content-type']).toBe('text/css; charset=utf-8');
    expect(headers['cache-control']).toBe('public, max-age=86400');
  });

  it('marks a field as wrong only after somebody typed in it', async () => {
    const { text } = await t.api.get('/assets/page.css').expect(200);
    expect(text).toContain('textarea:user-invalid');
    expect(text).not.toContain(':invalid');
  });

  it('serves style sheets and scripts compressed, cacheable forever under a versioned name', async () => {
    const paths: string[] = [];
    const reader = await t.make.signedIn('reader');
    for (const place of ['/aanmelden', '/v1/koersoverzicht']) {
      const { text } = await t.api.get(place).set({ Accept: 'text/html', Authorization: reader }).expect(200);
      paths.push(...[...text.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path]) => path));
    }
    expect(paths.map((path) => path.replace(/-[0-9a-f]{8}\./, '.'))).toEqual(
      expect.arrayContaining([
        '/assets/page.css',
        '/assets/page.js',
        '/assets/source-sans-latin.woff2',
        '/assets/document.css',
      ]),
    );
    for (const [path, accepted] of paths.flatMap((path) => [
      [path, 'gzip'],
      [path, 'gzip, deflate, br, zstd'],
    ])) {
      const { headers } = await t.api.get(path).set('Accept-Encoding', accepted).expect(200);
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
      // A typeface is already compressed.
      const best = accepted === 'gzip' ? 'gzip' : 'br';
      const [type, encoding] = path.endsWith('.woff2') ? ['font/woff2', undefined] : [expect.any(String), best];
      expect(headers).toEqual(expect.objectContaining({ 'content-type': type }));
      expect(headers['content-encoding']).toBe(encoding);
    }
    const old = paths[0].replace(/-[0-9a-f]{8}\./, '-00000000.');
    const { headers } = await t.api.get(old).expect(200);
    expect(headers['cache-control']).toBe('public, max-age=86400');
  });

  it('puts pages, pages behind links of mails and documents in the colours of another theme', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'wijkagenda-theme-'));
    const theme = join(folder, 'theme.css');
    writeFileSync(theme, '.gemeente { --basis-color-accent-1-color-default: #0a5c36; }');
    const themed = await startApp(kind, { environment: { THEME_CSS: theme } });
    rmSync(folder, { recursive: true });
    const link = await themed.api.get(`/antwoord/${'x'.repeat(43)}`).expect(404);
    const sheets = [...link.text.matchAll(/href="(\/assets\/[^"]+\.css)"/g)].map(([, path]) => path);
    expect(sheets).toEqual([expect.stringMatching(/^\/assets\/page-/)]);
    for (const path of [sheets[0], '/assets/document.css']) {
      const { text } = await themed.api.get(path).expect(200);
      expect(text).toContain('--basis-color-accent-1-color-default:#0a5c36');
      expect(text).toContain('--wa-brand:var(--utrecht-link-color)');
    }
  });

  it.each(['..%2Flayouts%2Fdocument.html.hbs', 'document.html.hbs', 'nothing.css', '__proto__'])(
    'gives nothing but its own list: %s',
    async (name) => {
      await t.api.get(`/assets/${name}`).expect(404);
    },
  );
});
