import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long one request may block the event loop before others get a turn, of which an answer takes several. */
const LONGEST_MS = 12;

/** Splits long in-process work into slices, so that other requests are served in between. */
export class LongTask {
  private since = performance.now();

  /** Yields to the event loop if the current slice has run long enough. */
  yieldToEventLoop(): Promise<void> | undefined {
    return performance.now() - this.since < LONGEST_MS ? undefined : this.letOthers();
  }

  private async letOthers(): Promise<void> {
    await nextTurn();
    this.since = performance.now();
  }
}

/** `flatMap` for thousands of items, in slices. */
export async function flatInTurns<T, R>(all: Iterable<T>, each: (one: T) => R | readonly R[]): Promise<R[]> {
  const found: R[] = [];
  const turns = new LongTask();
  for (const one of all) {
    const made = each(one);
    if (Array.isArray(made)) found.push(...(made as readonly R[]));
    else found.push(made as R);
    await turns.yieldToEventLoop();
  }
  return found;
}
