import { beforeAll, expect, it } from '@jest/globals';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

onBothDatabases((kind) => {
  let t: TestApp;
  let somebody: Visitor;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
    somebody = await Visitor.of(t, (await t.make.person({ name: 'gebiedsadviseur Boskoop' })).id);
  });

  it.each([
    ['/toegankelijkheid', 'WCAG 2.2'],
    ['/privacy', 'Uw rechten'],
  ])('shows %s to everybody, and who is signed in', async (path, words) => {
    expect(await new Visitor(t).see(path)).toContain(words);
    expect(await somebody.see(path)).toContain('gebiedsadviseur Boskoop');
  });

  it('says where to report a leak, and until when that is right', async () => {
    const { text, headers } = await t.api.get('/.well-known/security.txt').expect(200);
    expect(headers['content-type']).toContain('text/plain');
    expect(text).toMatch(/^Contact: http.*\nExpires: 2026-1[12]-.*Z\n/);
  });
});
