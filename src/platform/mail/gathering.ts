/** How long the first to arrive waits for the others, in ms. */
const LONGEST_WAIT_MS = 10;
/** How long somebody who is in no hurry waits for all of them. */
const LONGEST_JOINING_MS = 50;

/**
 * Lets those who work side by side go on together, so that what they write next shares a commit. Nobody waits longer than a
 * moment for somebody who is slow.
 */
export class Gathering {
  private waiting: (() => void)[] = [];
  private joining: (() => void)[] = [];
  private working = 0;
  private timer: NodeJS.Timeout | undefined;

  /** Begins work that ends with `arrive`. */
  begin(): void {
    this.working += 1;
  }

  /** Ends it: resolves once everybody who began has arrived, or a moment after the first one did. */
  arrive(): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      if (this.waiting.length === this.working) this.goOn();
      else this.timer ??= setTimeout(() => this.goOn(), LONGEST_WAIT_MS);
    });
  }

  /**
   * Waits with a write of one's own until others go on, so that it shares their commit; not for long, and not at all if nobody
   * works.
   */
  join(): Promise<void> {
    if (this.working === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.joining.push(resolve);
      setTimeout(resolve, LONGEST_JOINING_MS);
    });
  }

  private goOn(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.working -= this.waiting.length;
    for (const go of [...this.waiting.splice(0), ...this.joining.splice(0)]) go();
  }
}
