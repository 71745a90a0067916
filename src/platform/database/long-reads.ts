import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Thread } from '../common/thread.js';
import { Database } from './database.js';
import type { Dialect } from './dialect.js';
import { bound, rows, type Shape, shaped, type Value } from './rows.js';

type Rows = Record<string, unknown>[];

/**
 * Reads that take long. SQLite answers within the process, and would hold up every other request meanwhile: there they
 * run one after the other in a thread with a connection of its own. PostgreSQL is a process of its own already.
 */
@Injectable()
export class LongReads implements OnApplicationShutdown {
  private thread: Thread<{ sql: string; params: object }, Rows> | undefined;

  constructor(private readonly database: Database) {}

  get dialect(): Dialect {
    return this.database.dialect;
  }

  /** The same as `rows` of the reader: it sees what was committed, and nothing of a transaction under way. */
  async rows<T>(sql: string, params: Value[] = [], shape: Shape = {}): Promise<T[]> {
    const { file, reader } = this.database;
    if (file === null) return rows<T>(reader, sql, params, shape);
    this.thread ??= new Thread(new URL('./long-reads.worker.js', import.meta.url), { path: file });
    return shaped<T>(await this.thread.ask({ sql, params: bound(params) }), shape);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.thread?.stop();
  }
}
