import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Piscina } from 'piscina';
import { threads } from '../common/thread.js';
import { Database } from './database.js';
import type { Dialect } from './dialect.js';
import { rows, type Shape, shaped, type Value } from './rows.js';
import { bound } from '../sqlite/statements.js';

type Rows = Record<string, unknown>[];

/** The figures of a year and those of the year before, which a review asks for together. */
const MOST_THREADS = 2;

/**
 * Slow reads. SQLite runs inside the process and would block all other requests, so there they run in worker threads, each
 * with its own connection. PostgreSQL is a separate process anyway; there each has a connection to itself,
 * so that they run side by side and nobody's page waits behind one.
 */
@Injectable()
export class BackgroundReader implements OnApplicationShutdown {
  private pool: Piscina<{ sql: string; params: object }, Rows> | undefined;

  constructor(private readonly database: Database) {}

  get dialect(): Dialect {
    return this.database.dialect;
  }

  /** Like `rows` on the reader: sees committed data only. */
  async rows<T>(sql: string, params: Value[], shape: Shape = {}): Promise<T[]> {
    const { file, aside } = this.database;
    if (file === null) return rows<T>(aside, sql, params, shape);
    const worker = new URL('./background-reader.worker.js', import.meta.url);
    this.pool ??= threads(worker, { path: file }, MOST_THREADS);
    return shaped<T>(await this.pool.run({ sql, params: bound(params) }), shape);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool?.destroy();
  }
}
