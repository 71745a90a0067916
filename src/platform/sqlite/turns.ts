/** Half of sixteen callers: while these read their answers, the next are done. */
const AT_ONCE = 8;

/**
 * Does what is asked for during one turn of the event loop in one go, after all of it has been asked, eight at a time. Requests
 * that come in together then take each step one right after the other, and find its code and data in the caches of the processor.
 * Done for each by itself, its parsing and sending would have driven them out before the next one, and a statement takes two to
 * three times as long.
 */
export class Turns {
  private asked: (() => void)[] = [];

  /** What `work` returns or throws. */
  do<T>(work: () => T | Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.asked.length === 0) this.goOnInNextTurn();
      this.asked.push(() => {
        try {
          resolve(work());
        } catch (error) {
          reject(error as Error);
        }
      });
    });
  }

  private goOnInNextTurn(): void {
    setImmediate(() => {
      const some = this.asked.splice(0, AT_ONCE);
      if (this.asked.length > 0) this.goOnInNextTurn();
      for (const one of some) one();
    });
  }
}
