import type BetterSqlite3 from 'better-sqlite3';
import { statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** 128 MiB, of which only what is read or changed is used: an import of 10,000 actions changes 40 MB. */
const LARGE_KIB = 131_072;
const SMALL_PAGES = 10;
const SLICE_MS = 10;

/**
 * Writes the pages of a large transaction on SQLite to its log before the commit, a few at a time. SQLite does so in the commit,
 * or when its cache is full: but a page that is changed again after it was written makes the commit read the log again and
 * compute all checksums from there on, after which all of it is still to be synced. Nobody is answered in the commit. Pages are
 * therefore all kept until the work is done; then the cache is made small, so that each page that is read forces another out.
 */
export class PagesAhead {
  private readonly usual: number;

  /** From here on pages stay in memory, until `release`. */
  constructor(
    private readonly connection: BetterSqlite3.Database,
    private readonly file: string,
  ) {
    this.usual = connection.pragma('cache_size', { simple: true }) as number;
    connection.pragma(`cache_size = -${LARGE_KIB}`);
  }

  /** The work is done: writes all pages and syncs the log, so that the commit has only to mark the end. */
  async write(): Promise<void> {
    this.connection.pragma(`cache_size = ${SMALL_PAGES}`);
    const reading = this.connection.prepare('SELECT count(*) FROM sqlite_schema');
    const writtenAt = () => statSync(`${this.file}-wal`, { bigint: true }).mtimeNs;
    // Until nothing was written for a whole slice.
    for (let before = -1n, now = 0n; now !== before;) {
      before = writtenAt();
      for (const begin = performance.now(); performance.now() - begin < SLICE_MS;) reading.get();
      now = writtenAt();
      await nextTurn();
    }
    const log = await open(`${this.file}-wal`, 'r');
    try {
      await log.datasync();
    } finally {
      await log.close();
    }
  }

  release(): void {
    this.connection.pragma(`cache_size = ${this.usual}`);
  }
}
