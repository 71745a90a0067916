import type { Database } from './database.js';
import { committed } from './rows.js';

const MOST_KEPT = 1_000;

/**
 * A cache that lasts until the next commit to the SQLite file by any process. SQLite counts commits itself
 * (`data_version`), so nothing cached is ever stale. On PostgreSQL nothing is cached.
 */
export class CommitScopedCache<T> {
  private readonly kept = new Map<string, Promise<T>>();
  private version: number | undefined;

  constructor(private readonly database: Database) {}

  /** The cached value of this key; otherwise the result of `read`. */
  async get(key: string, read: () => Promise<T>): Promise<T> {
    return this.at(this.database.dataVersion(), key, read);
  }

  /** The same for one of many requests at the same time. */
  async latest(key: string, read: () => Promise<T>): Promise<T> {
    return this.at(await this.database.latestVersion(), key, read);
  }

  private at(version: number | undefined, key: string, read: () => Promise<T>): Promise<T> {
    if (version === undefined) return read();
    if (version !== this.version || this.kept.size >= MOST_KEPT) {
      this.kept.clear();
      this.version = version;
    }
    let known = this.kept.get(key);
    if (!known) {
      // Kept while it is still being read, so that the other requests of a group wait for it instead of reading it too.
      this.kept.set(key, (known = read()));
      known.catch(() => this.kept.delete(key));
    }
    return known;
  }
}

/**
 * A cache of what is costly to read, such as counts of thousands of rows, that lasts until the next commit on PostgreSQL
 * too, where it takes a statement of its own to see that nothing was committed.
 */
export class CostlyCache<T> {
  private readonly kept = new Map<string, { state: string; value: T }>();

  constructor(private readonly database: Database) {}

  /** The cached value of this key; otherwise the result of `read`. */
  async get(key: string, read: () => Promise<T>): Promise<T> {
    const { reader } = this.database;
    const state = await committed(reader);
    const known = this.kept.get(key);
    if (known?.state === state) return known.value;
    const [value, after] = await Promise.all([read(), committed(reader)]);
    if (this.kept.size >= MOST_KEPT) this.kept.clear();
    // Only if no commit came in between; otherwise it might be of a later state.
    if (after === state) this.kept.set(key, { state, value });
    return value;
  }
}
