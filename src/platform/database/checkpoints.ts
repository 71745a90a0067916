import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Piscina } from 'piscina';
import { statSync } from 'node:fs';
import { oneThread } from '../common/thread.js';
import { Database } from './database.js';

const COMMITS = 16;
const SMALL_LOG_BYTES = 4 * 1024 * 1024;

/**
 * Moves what is committed from the write-ahead log of SQLite into its file, in a worker thread with a connection of its own:
 * SQLite would do so inside a commit, for which all requests would wait. It still does when the log grows all the same
 * (`wal_autocheckpoint`). A commit is on disk before; so nothing is lost if this does not happen.
 */
@Injectable()
export class Checkpoints implements OnApplicationShutdown {
  private thread: Piscina<void, void> | undefined;
  private commits = 0;
  private isRunning = false;
  private readonly stop: () => void;

  constructor(private readonly database: Database) {
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
    // Whatever is the matter, the next commits try again.
    await this.thread.run().catch(() => {});
    this.isRunning = false;
  }

  async onApplicationShutdown(): Promise<void> {
    this.stop();
    await this.thread?.destroy();
  }
}
