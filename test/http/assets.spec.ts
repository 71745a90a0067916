import { beforeAll, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';

onBothDatabases((kind) => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startApp(kind);
  });

  it('gives the style sheet of documents to everyone, to be kept by the browser', async () => {
    const { text, headers } = await t.api.get('/assets/document.css').expect(200);
    expect(text).toContain('@media print');
    expect(headers['content-type']).toBe('text/css; charset=utf-8');
    expect(headers['cache-control']).toBe('public, max-age=86400');
  });

  it('sends what pages are made up with compressed, and to be kept for ever under the name of its version', async () => {
    const paths: string[] = [];
    for (const place of ['/aanmelden', '/jaarevaluaties']) {
      const { text } = await t.api.get(place).set('Accept', 'text/html').expect(200);
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
    for (const path of paths) {
      const { headers } = await t.api.get(path).set('Accept-Encoding', 'gzip').expect(200);
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
      // A typeface is compressed by itself.
      const [type, encoding] = path.endsWith('.woff2') ? ['font/woff2', undefined] : [expect.any(String), 'gzip'];
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
