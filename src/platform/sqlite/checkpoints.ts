import type { OnApplicationShutdown } from '@nestjs/common';
import type { Piscina } from 'piscina';
import { statSync } from 'node:fs';
import { oneThread } from '../common/thread.js';
import type { SqliteFile } from './sqlite-file.js';

const COMMITS = 16;
const SMALL_LOG_BYTES = 4 * 1024 * 1024;

/**
 * Moves committed pages from SQLite's write-ahead log into its file, in a worker thread with its own connection: SQLite
 * would otherwise do so inside a commit, while all requests wait. It still does if the log keeps growing
 * (`wal_autocheckpoint`). Commits are already on disk, so nothing is lost if this fails.
 */
export class Checkpoints implements OnApplicationShutdown {
  private thread: Piscina<void, void> | undefined;
  private commits = 0;
  private isRunning = false;
  private readonly stop: () => void;

  constructor(private readonly database: SqliteFile) {
    this.stop = database.onCommit(() => void this.noteCommit());
  }

  private async noteCommit(): Promise<void> {
    this.commits += 1;
    if (this.commits < COMMITS || this.isRunning) return;
    this.commits = 0;
    const path = this.database.file!;
    if ((statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) < SMALL_LOG_BYTES) return;
    this.isRunning = true;
    this.thread ??= oneThread(new URL('./checkpoints.worker.js', import.meta.url), { path });
    // Whatever went wrong, the next commits will try again.
    await this.thread.run().catch(() => {});
    this.isRunning = false;
  }

  async onApplicationShutdown(): Promise<void> {
    this.stop();
    await this.thread?.destroy();
  }
}
