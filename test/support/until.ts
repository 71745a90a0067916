import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until a condition is true. Throws with `what` if it is not within `longestMs`. */
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
