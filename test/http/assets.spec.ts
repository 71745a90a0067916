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

  it.each(['..%2Flayouts%2Fdocument.html.hbs', 'document.html.hbs', 'nothing.css', '__proto__'])(
    'gives nothing but its own list: %s',
    async (name) => {
      await t.api.get(`/assets/${name}`).expect(404);
    },
  );
});
