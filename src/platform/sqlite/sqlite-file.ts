import type { DataSource } from 'typeorm';

/** What writing to SQLite needs to know of the open database. */
export interface SqliteFile {
  readonly writer: DataSource;
  /** Where it is; null on PostgreSQL. */
  readonly file: string | null;
  isInPlace(): boolean;
  onCommit(listener: () => void): () => void;
  nextWriteWaitsFor(rest: Promise<void>): void;
  committed(): Promise<void>;
}
