import { afterAll, expect, it } from '@jest/globals';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { oneThread, threads } from '../../src/platform/common/thread.js';

const file = join(mkdtempSync(join(tmpdir(), 'wijkagenda-thread-')), 'worker.mjs');
writeFileSync(
  file,
  `import { workerData } from 'node:worker_threads';
  const busy = new Int32Array(workerData.busy);
  export default async (what) => {
    if (what === 'dies') process.exit(3);
    if (what === 'throws') throw new Error('No such table.');
    if (what === 'dies later') return void setTimeout(() => process.exit(3), 0);
    if (what === 'meets') {
      const isFirst = Atomics.add(busy, 1, 1) === 0;
      Atomics.notify(busy, 1);
      return !isFirst || Atomics.wait(busy, 1, 1, 10_000) !== 'timed-out';
    }
    Atomics.add(busy, 0, 1);
    await new Promise((resolve) => setTimeout(resolve, 5));
    const others = Atomics.sub(busy, 0, 1) - 1;
    return { what, others, data: workerData.path };
  };`,
);
const workerData = { path: 'w.sqlite', busy: new SharedArrayBuffer(8) };
const thread = oneThread<string, unknown>(pathToFileURL(file), workerData);
const pair = threads<string, unknown>(pathToFileURL(file), workerData, 2);
afterAll(() => Promise.all([thread.destroy(), pair.destroy()]));
const answer = (what: string, others: unknown = expect.any(Number)) => ({ what, others, data: 'w.sqlite' });

it('answers one request at a time', async () => {
  expect(await Promise.all(['a', 'b'].map((what) => thread.run(what)))).toEqual(
    ['a', 'b'].map((what) => answer(what, 0)),
  );
});

it('answers two at a time where there may be two threads', async () => {
  expect(await Promise.all(['meets', 'meets'].map((what) => pair.run(what)))).toEqual([true, true]);
});

it('passes an error on, and goes on', async () => {
  await expect(thread.run('throws')).rejects.toThrow('No such table.');
  expect(await thread.run('a')).toEqual(answer('a'));
});

it('rejects the request in progress when it dies, and another answers those that wait', async () => {
  const [dead, waiting] = await Promise.allSettled(['dies', 'a'].map((what) => thread.run(what)));
  expect(dead.status).toBe('rejected');
  expect(waiting).toEqual({ status: 'fulfilled', value: answer('a') });
  await thread.run('dies later');
  expect(await thread.run('a').catch(() => thread.run('a'))).toEqual(answer('a'));
});

it('rejects what waits when it is stopped', async () => {
  const waiting = Promise.allSettled(['a', 'b'].map((what) => thread.run(what)));
  await thread.destroy();
  expect((await waiting).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});
