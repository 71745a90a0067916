import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long one request may block the event loop before others get a turn, of which an answer takes several. */
const LONGEST_MS = 12;

/** Splits long in-process work into slices, so that other requests are served in between. */
export class LongTask {
  private since = performance.now();

  /** Yields to the event loop if the current slice has run long enough. */
  async yieldToEventLoop(): Promise<void> {
    if (performance.now() - this.since < LONGEST_MS) return;
    await nextTurn();
    this.since = performance.now();
  }
}
