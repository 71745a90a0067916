import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { DataSource } from 'typeorm';
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

  get isPostgres(): boolean {
    return this.writer.options.type === 'postgres';
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
