import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long work of one request keeps the process before others get a turn. */
const LONGEST_MS = 20;

/** Long work within the process, done piece by piece: between the pieces others are answered. */
export class Turns {
  private since = performance.now();

  /** Comes back at once, unless the work has kept the process long enough. */
  async give(): Promise<void> {
    if (performance.now() - this.since < LONGEST_MS) return;
    await nextTurn();
    this.since = performance.now();
  }
}
