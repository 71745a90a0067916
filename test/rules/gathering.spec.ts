import { describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { Gathering } from '../../src/platform/mail/gathering.js';

describe('a gathering', () => {
  it('lets everybody go on together once the last one has arrived', async () => {
    const gathering = new Gathering();
    for (let n = 0; n < 3; n += 1) gathering.begin();
    const gone: number[] = [];
    const arrive = (n: number) => gathering.arrive().then(() => void gone.push(n));
    const arrived = [arrive(1), arrive(2)];
    await Promise.resolve();
    expect(gone).toEqual([]);
    await Promise.all([...arrived, arrive(3)]);
    expect(gone).toEqual([1, 2, 3]);
  });

  it('waits for nobody who works long, and counts them again when they arrive', async () => {
    const gathering = new Gathering();
    for (let n = 0; n < 2; n += 1) gathering.begin();
    await gathering.arrive();
    gathering.begin();
    const early = gathering.arrive();
    let isGone = false;
    void early.then(() => (isGone = true));
    await Promise.resolve();
    expect(isGone).toBe(false);
    await Promise.all([early, gathering.arrive()]);
  });

  it('keeps nobody who works alone', async () => {
    const gathering = new Gathering();
    gathering.begin();
    const late = sleep(5, 'late');
    expect(await Promise.race([gathering.arrive().then(() => 'gone'), late])).toBe('gone');
  });

  it('lets those who join go on right after the others, or after a moment if these are slow', async () => {
    const gathering = new Gathering();
    await gathering.join();
    for (let n = 0; n < 2; n += 1) gathering.begin();
    const gone: string[] = [];
    const joined = gathering.join().then(() => void gone.push('joined'));
    const first = gathering.arrive().then(() => void gone.push('first'));
    await Promise.resolve();
    expect(gone).toEqual([]);
    await Promise.all([joined, first, gathering.arrive()]);
    expect(gone).toEqual(['first', 'joined']);
    gathering.begin();
    await gathering.join();
  });
});
