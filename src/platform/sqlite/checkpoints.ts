import type { OnApplicationShutdown } from '@nestjs/common';
import type { Piscina } from 'piscina';
import { statSync } from 'node:fs';
import { oneThread } from '../common/thread.js';
import type { SqliteFile } from './sqlite-file.js';

const COMMITS = 16;
const SMALL_LOG_BYTES = 4 * 1024 * 1024;
/** 64 MB: with the 40 MB of an import it is still shorter than `wal_autocheckpoint`. */
const LONG_LOG_PAGES = 16_000;

/**
 * Moves committed pages from SQLite's write-ahead log into its file, in a worker thread with its own connection: SQLite
 * would otherwise do so inside a commit, while all requests wait. It still does if the log keeps growing
 * (`wal_autocheckpoint`). Commits are already on disk, so nothing is lost if this fails.
 *
 * SQLite starts the log again from its beginning only if all of it is in the file when a transaction begins. As long as one
 * write follows another there is always a commit that came meanwhile, so once the log is long the next write waits for
 * what little is left of it.
 */
export class Checkpoints implements OnApplicationShutdown {
  private thread: Piscina<void, number> | undefined;
  private commits = 0;
  private isRunning = false;
  private isLong = false;
  private readonly stop: () => void;

  constructor(private readonly database: SqliteFile) {
    this.stop = database.onCommit(() => this.noteCommit());
  }

  private noteCommit(): void {
    this.commits += 1;
    if (this.isRunning) return;
    if (this.isLong) this.database.nextWriteWaitsFor(this.finish());
    else if (this.commits >= COMMITS) void this.begin();
  }

  private async begin(): Promise<void> {
    this.commits = 0;
    if ((statSync(`${this.database.file!}-wal`, { throwIfNoEntry: false })?.size ?? 0) < SMALL_LOG_BYTES) return;
    this.isRunning = true;
    this.isLong = (await this.run()) >= LONG_LOG_PAGES;
    // What was committed meanwhile, so that nobody waits for it.
    if (this.isLong) await this.run();
    this.isRunning = false;
  }

  private async finish(): Promise<void> {
    this.isLong = false;
    this.isRunning = true;
    await this.run();
    this.isRunning = false;
  }

  /** The length of the log in pages. Whatever goes wrong, the next commits will try again. */
  private async run(): Promise<number> {
    this.thread ??= oneThread(new URL('./checkpoints.worker.js', import.meta.url), { path: this.database.file! });
    return this.thread.run().catch(() => 0);
  }

  async onApplicationShutdown(): Promise<void> {
    this.stop();
    await this.thread?.destroy();
  }
}
