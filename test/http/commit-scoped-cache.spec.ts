import { beforeAll, expect, it } from '@jest/globals';
import { CommitScopedCache } from '../../src/platform/database/commit-scoped-cache.js';
import { Database } from '../../src/platform/database/database.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';

onBothDatabases((kind) => {
  let t: TestApp;
  let cache: CommitScopedCache<number>;
  let count = 0;
  const read = () => cache.latest('key', async () => (count += 1));
  beforeAll(async () => {
    t = await startApp(kind);
    cache = new CommitScopedCache(t.app.get(Database));
  });

  it('reads once for all who ask at the same time, and again after a commit; each time on PostgreSQL', async () => {
    const first = await Promise.all([read(), read(), read()]);
    expect(first).toEqual(kind === 'sqlite' ? [1, 1, 1] : [1, 2, 3]);
    await t.make.organisation();
    expect([await read(), await read()]).toEqual(kind === 'sqlite' ? [2, 2] : [4, 5]);
  });

  it('does not keep that it could not be read', async () => {
    const failing = cache.latest('other', () => Promise.reject(new Error('The disk failed.')));
    await expect(failing).rejects.toThrow('The disk failed.');
    expect(await cache.latest('other', () => Promise.resolve(7))).toBe(7);
  });
});
