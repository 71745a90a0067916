import type { Database } from './database.js';

const MOST_KEPT = 1_000;

/**
 * A cache that lasts until the next commit to the SQLite file by any process. SQLite counts commits itself
 * (`data_version`), so nothing cached is ever stale. On PostgreSQL nothing is cached.
 */
export class CommitScopedCache<T> {
  private readonly kept = new Map<string, T>();
  private version: number | undefined;

  constructor(private readonly database: Database) {}

  /** The cached value of this key; otherwise the result of `read`. */
  async get(key: string, read: () => Promise<T>): Promise<T> {
    const version = this.database.dataVersion();
    if (version === undefined) return read();
    if (version !== this.version || this.kept.size >= MOST_KEPT) {
      this.kept.clear();
      this.version = version;
    }
    const known = this.kept.get(key);
    if (known !== undefined) return known;
    const found = await read();
    // Only if no commit came in between; otherwise it would be cached under a newer version than it was read at.
    if (this.version === version) this.kept.set(key, found);
    return found;
  }
}
