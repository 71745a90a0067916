import { beforeAll, expect, it } from '@jest/globals';
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
    const page = await t.api.get('/aanmelden').set('Accept', 'text/html').expect(200);
    const paths = [...page.text.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path]) => path);
    expect(paths.map((path) => path.replace(/-[0-9a-f]{8}\./, '.'))).toEqual(
      expect.arrayContaining(['/assets/page.css', '/assets/page.js']),
    );
    for (const path of paths) {
      const { headers } = await t.api.get(path).set('Accept-Encoding', 'gzip').expect(200);
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
      expect(headers['content-encoding']).toBe('gzip');
    }
    const old = paths[0].replace(/-[0-9a-f]{8}\./, '-00000000.');
    const { headers } = await t.api.get(old).expect(200);
    expect(headers['cache-control']).toBe('public, max-age=86400');
  });

  it.each(['..%2Flayouts%2Fdocument.html.hbs', 'document.html.hbs', 'nothing.css', '__proto__'])(
    'gives nothing but its own list: %s',
    async (name) => {
      await t.api.get(`/assets/${name}`).expect(404);
    },
  );
});
