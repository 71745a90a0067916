import type { Database } from './database.js';

const MOST_KEPT = 1_000;

/**
 * Keeps what was read for as long as nothing is committed to the SQLite file, by whatever process: SQLite itself counts
 * that (`data_version`), so what is kept is never a moment old. On PostgreSQL every time is read.
 */
export class UntilNextCommit<T> {
  private readonly kept = new Map<string, T>();
  private version: number | undefined;

  constructor(private readonly database: Database) {}

  /** What `read` gave for this key since the last commit, else what it gives now. */
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
    // Only when no commit came between: else it would be kept as younger than it is.
    if (this.version === version) this.kept.set(key, found);
    return found;
  }
}
