import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { statSync } from 'node:fs';
import type { DataSource } from 'typeorm';
import type { PoolLimits } from '../postgres/postgres-client.js';
import { ReadsAside } from '../postgres/postgres-source.js';
import type { PostgresServer } from '../postgres/postgres-transactions.js';
import type { SqliteFile } from '../sqlite/sqlite-file.js';
import { Turns } from '../sqlite/turns.js';
import { type Dialect, dialectOf } from './dialect.js';
import { dataVersion, type Source } from './rows.js';

/**
 * The open database. Read through `reader`: on SQLite a separate read-only connection, which sees every commit
 * immediately and never uncommitted data. `writer` is reserved for `Transactions`.
 */
@Injectable()
export class Database implements OnApplicationShutdown, SqliteFile, PostgresServer {
  /**
   * For reading what takes long: on PostgreSQL each statement gets a connection of its own, so that several run side by side
   * and nothing waits behind them.
   */
  readonly aside: Source;

  private readonly listeners = new Set<() => void>();
  private readonly openedAs: string;
  private isReplaced = false;
  private readonly turns = new Turns();
  private version: Promise<number | undefined> | undefined = undefined;
  private rest: Promise<void> | undefined = undefined;

  constructor(
    readonly writer: DataSource,
    readonly reader: DataSource,
    private readonly release: () => void = () => {},
    /** Whether costly checks for programming errors are on: not in production. */
    readonly isWatched = true,
    private readonly connections?: PoolLimits,
  ) {
    this.aside = this.isShared ? new ReadsAside(reader) : reader;
    this.openedAs = this.fileNow();
  }

  get dialect(): Dialect {
    return dialectOf(this.writer);
  }

  /** Whether other processes may use it at the same time; a SQLite file belongs to one service. */
  get isShared(): boolean {
    return this.dialect.isPostgres;
  }

  /** The SQLite file; null on PostgreSQL. */
  get file(): string | null {
    return this.isShared ? null : String(this.writer.options.database);
  }

  /**
   * Whether the SQLite file still stands where it was opened. Moved away or replaced, as when a backup is restored under a
   * running service, it would take writes that nobody ever sees again.
   */
  isInPlace(): boolean {
    this.isReplaced ||= this.fileNow() !== this.openedAs;
    if (this.isReplaced) this.sayOnce();
    return !this.isReplaced;
  }

  private sayOnce = (): void => {
    new Logger('database').error(
      `${this.file} was moved or replaced: nothing is stored any more. Restart the service.`,
    );
    this.sayOnce = () => {};
  };

  private fileNow(): string {
    if (this.file === null) return '';
    const found = statSync(this.file, { bigint: true, throwIfNoEntry: false });
    return found ? `${found.dev}/${found.ino}` : 'gone';
  }

  /** A number that changes with every commit to the SQLite file; undefined on PostgreSQL. */
  dataVersion(): number | undefined {
    return dataVersion(this.reader);
  }

  /** The same at the end of this turn of the event loop: read once for all requests that came in with it. */
  async latestVersion(): Promise<number | undefined> {
    if (this.isShared) return undefined;
    this.version ??= this.turns.do(() => {
      this.version = undefined;
      return this.dataVersion();
    });
    return this.version;
  }

  /**
   * Reads for one of many requests: on SQLite in one go with what others read in the same turn of the event loop. `read` must
   * not await anything before its statement.
   */
  together<T>(read: () => Promise<T>): Promise<T> {
    return this.isShared ? read() : this.turns.do(read);
  }

  /**
   * For reading much of the database once: on SQLite, without keeping in memory all that was read. Its default is 16 MB, which
   * the process would not give back.
   */
  async readThrough<T>(work: (source: Source) => Promise<T>): Promise<T> {
    if (this.isShared) return work(this.reader);
    await this.reader.query('PRAGMA cache_size = -2000');
    try {
      return await work(this.reader);
    } finally {
      await this.reader.query('PRAGMA cache_size = -16000');
    }
  }

  /**
   * Calls back after every commit of this process on SQLite; on PostgreSQL use `CommitSignals`. Returns a function that
   * stops it.
   */
  onCommit(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** For what listens to commits on SQLite: the next write begins when this has resolved. It must not reject. */
  nextWriteWaitsFor(rest: Promise<void>): void {
    this.rest = rest;
  }

  /** For `Transactions`: something was committed. Resolves when the next write may begin. */
  async committed(): Promise<void> {
    for (const listener of this.listeners) listener();
    await this.rest;
    this.rest = undefined;
  }

  /** For `Transactions`: PostgreSQL became one that only reads, so what is connected to it may be connected to the wrong one. */
  renewConnections(): void {
    this.connections?.renew();
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.reader !== this.writer && this.reader.isInitialized) await this.reader.destroy();
    if (this.writer.isInitialized) await this.writer.destroy();
    this.release();
  }
}
