import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Worker } from 'node:worker_threads';
import { Database } from './database.js';
import { bound, rows, type Shape, shaped, type Value } from './rows.js';

interface Waiting {
  resolve(found: Record<string, unknown>[]): void;
  reject(error: Error): void;
}

/**
 * Reads that take long. SQLite answers within the process, and would hold up every other request meanwhile: there they
 * run one after the other in a thread with a connection of its own. PostgreSQL is a process of its own already.
 */
@Injectable()
export class LongReads implements OnApplicationShutdown {
  private worker: Worker | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private last = 0;

  constructor(private readonly database: Database) {}

  /** The same as `rows` of the reader: it sees what was committed, and nothing of a transaction under way. */
  async rows<T>(sql: string, params: Value[] = [], shape: Shape = {}): Promise<T[]> {
    if (this.database.isPostgres) return rows<T>(this.database.reader, sql, params, shape);
    const found = await new Promise<Record<string, unknown>[]>((resolve, reject) => {
      this.last += 1;
      this.waiting.set(this.last, { resolve, reject });
      this.worker ??= this.start();
      this.worker.postMessage({ id: this.last, sql, params: bound(params) });
    });
    return shaped<T>(found, shape);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.worker?.terminate();
  }

  private start(): Worker {
    const path = this.database.reader.options.database as string;
    const worker = new Worker(new URL('./long-reads.worker.js', import.meta.url), { workerData: { path } });
    worker.unref();
    worker.on('message', ({ id, rows: found, error }: { id: number; rows: Record<string, unknown>[]; error?: string }) => {
      const asked = this.waiting.get(id);
      this.waiting.delete(id);
      if (error === undefined) asked?.resolve(found);
      else asked?.reject(new Error(error));
    });
    worker.on('error', (error) => this.fail(worker, error));
    worker.on('exit', () => this.fail(worker, new Error('The thread that reads stopped.')));
    return worker;
  }

  /** Whoever waits for a thread that died hears so; the next question starts another. */
  private fail(worker: Worker, error: Error): void {
    if (this.worker !== worker) return;
    this.worker = undefined;
    for (const asked of this.waiting.values()) asked.reject(error);
    this.waiting.clear();
  }
}
