import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { type Dialect, dialectOf } from './dialect.js';
import { dataVersion } from './rows.js';

/**
 * The open database. `reader` is for reads: on SQLite a read-only connection of its own, which sees each commit at once
 * and never what is not committed yet. `writer` belongs to the one door, `Transactions`.
 */
@Injectable()
export class Database implements OnApplicationShutdown {
  constructor(
    readonly writer: DataSource,
    readonly reader: DataSource,
    private readonly release: () => void = () => {},
    /** Whether mistakes of ours are looked for at a price: not in production. */
    readonly isWatched = true,
  ) {}

  get dialect(): Dialect {
    return dialectOf(this.writer);
  }

  /** Whether other processes may work on it at the same time: a SQLite file is held by one service. */
  get isShared(): boolean {
    return this.dialect.isPostgres;
  }

  /** The SQLite file; null on PostgreSQL. */
  get file(): string | null {
    return this.isShared ? null : String(this.writer.options.database);
  }

  /** Another number after each commit to the SQLite file; undefined on PostgreSQL. */
  dataVersion(): number | undefined {
    return dataVersion(this.reader);
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.reader !== this.writer && this.reader.isInitialized) await this.reader.destroy();
    if (this.writer.isInitialized) await this.writer.destroy();
    this.release();
  }
}
