const MOST_KEPT = 1_000;

/** What was read, and the stamp in the same snapshot; null if the database keeps none. */
interface Stamped<T> {
  stamp: string | null;
  value: T;
}

/**
 * A cache of values read under a stamp that the database renews with every change to them. A hit requires having just
 * read the same stamp, so nothing is ever stale, even across processes.
 */
export class StampedCache<T> {
  private readonly kept = new Map<string, Stamped<T>>();

  /** The value cached under this key and stamp; otherwise the result of `read`. */
  async get(key: string, stamp: string | null, read: () => Promise<Stamped<T>>): Promise<T> {
    const known = this.kept.get(key);
    if (known && known.stamp === stamp) return known.value;
    const found = await read();
    if (this.kept.size >= MOST_KEPT) this.kept.clear();
    if (found.stamp !== null) this.kept.set(key, found);
    return found.value;
  }
}
