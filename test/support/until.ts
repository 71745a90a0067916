import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until something is so. Throws with `what` when it is not after `longestMs`. */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  { longestMs = 15_000, everyMs = 10 } = {},
): Promise<void> {
  const end = performance.now() + longestMs;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`Not within ${longestMs / 1000} s: ${what}`);
    await sleep(everyMs);
  }
}
