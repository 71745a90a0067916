import type BetterSqlite3 from 'better-sqlite3';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import { BetterSqlite3QueryRunner } from 'typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner.js';
import { beginHolding, endHolding, type Held, writeAll } from '../common/held-writes.js';
import { BusyError, codeOf } from '../common/storage-errors.js';
import { PagesAhead } from './pages-ahead.js';
import type { SqliteFile } from './sqlite-file.js';

type Work<T> = (manager: EntityManager) => Promise<T>;

interface Job {
  work: Work<unknown>;
  isLarge: boolean;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

const GROUP = 64;
const TURNS = 4;
const LONGEST_WAIT_MS = 5000;

/** Lets pending writes share a commit, each in its own savepoint; a large one has a commit to itself. */
export class CommitGroups {
  private readonly queue: Job[] = [];
  private readonly statements = new Map<string, BetterSqlite3.Statement>();
  private isDraining = false;
  /** When storage last refused a write (ms of the process); undefined after a later write succeeded. */
  refusedAt: number | undefined;

  constructor(private readonly database: SqliteFile) {}

  /** Resolves after the commit; rejects with the error of `work`, or with a `BusyError` if storage refuses. */
  run<T>(work: Work<T>, isLarge: boolean): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.queue.push({ work, isLarge, resolve: resolve as (value: unknown) => void, reject });
      if (!this.isDraining) void this.drain();
    });
  }

  private async drain(): Promise<void> {
    this.isDraining = true;
    while (this.queue.length > 0) await this.commitGroup();
    this.isDraining = false;
  }

  private async commitGroup(): Promise<void> {
    const settle: (() => void)[] = [];
    const done: Job[] = [];
    const held: Held[] = [];
    const { isLarge } = this.queue[0];
    const pages = isLarge ? new PagesAhead(this.connection, this.database.file!) : undefined;
    let isStored = false;
    let isFault = false;
    try {
      await this.begin();
      while (settle.length < (isLarge ? 1 : GROUP) && (await this.hasMore(isLarge))) {
        const job = this.queue.shift()!;
        try {
          const value = await this.runJob(job, held);
          done.push(job);
          settle.push(() => job.resolve(value));
        } catch (error) {
          settle.push(() => job.reject(asBusy(error)));
          if (!this.connection.inTransaction) throw error;
        }
      }
      await this.writeHeld(held).catch((error) => {
        // Storage is not to blame for an entry that cannot be written.
        isFault = !STORAGE.test(codeOf(error));
        throw error;
      });
      if (done.length > 0) await pages?.write();
      if (!this.database.isInPlace()) throw new BusyError('The database file was moved or replaced.');
      this.exec(isLarge && done.length === 0 ? 'ROLLBACK' : 'COMMIT');
      isStored = done.length > 0;
      if (isStored) this.refusedAt = undefined;
    } catch (error) {
      if (!isFault) this.refusedAt = performance.now();
      // SQLite rolled back the whole group by itself or refused to commit it: none of it was stored.
      if (this.connection.inTransaction) this.exec('ROLLBACK');
      if (done.length + settle.length === 0) for (const job of this.queue.splice(0)) job.reject(asBusy(error));
      for (const job of done) job.reject(asBusy(error, !isFault));
    } finally {
      pages?.release();
    }
    for (const answer of settle) answer();
    if (isStored) await this.database.committed();
  }

  /**
   * Before committing a group, yields to the event loop, so that requests that arrive meanwhile share the commit. Several
   * times, because reading a request and identifying its caller takes more than one turn: those that came just too late
   * would wait for two commits.
   */
  private async hasMore(isLarge: boolean): Promise<boolean> {
    for (let turn = 0; turn < TURNS && this.queue.length === 0; turn += 1) await nextTurn();
    return this.queue[0]?.isLarge === isLarge;
  }

  /** Waits for other processes without blocking this one: SQLite's busy timeout would stop all requests. */
  private async begin(): Promise<void> {
    const until = performance.now() + LONGEST_WAIT_MS;
    for (;;) {
      try {
        return this.exec('BEGIN IMMEDIATE');
      } catch (error) {
        if (codeOf(error) !== 'SQLITE_BUSY' || performance.now() > until) throw error;
        await sleep(20);
      }
    }
  }

  /** Adds what the job held back to `held`, unless it fails. */
  private async runJob({ work, isLarge }: Job, held: Held[]): Promise<unknown> {
    const runner = this.newRunner();
    beginHolding(runner.manager);
    if (!isLarge) this.exec('SAVEPOINT job');
    try {
      const value = await work(runner.manager);
      if (!isLarge) this.exec('RELEASE job');
      for (const one of endHolding(runner.manager)) held.push(one);
      return value;
    } catch (error) {
      if (!isLarge && this.connection.inTransaction) {
        this.exec('ROLLBACK TO job');
        this.exec('RELEASE job');
      }
      throw error;
    } finally {
      // A job that timed out must not write into another job's savepoint.
      runner.isReleased = true;
    }
  }

  /** What the jobs held back is written once for all of them: none of it is, if it cannot be. */
  private async writeHeld(held: readonly Held[]): Promise<void> {
    if (held.length === 0) return;
    const runner = this.newRunner();
    await writeAll(runner.manager, held);
    runner.isReleased = true;
  }

  /** A query runner per job, marked as in a transaction: TypeORM then opens none and tracks no wrong depth. */
  private newRunner(): BetterSqlite3QueryRunner {
    const runner = new BetterSqlite3QueryRunner(this.database.writer.driver as never);
    Object.assign(runner, {
      isTransactionActive: true,
      transactionDepth: 1,
      stmtCache: this.statements,
      manager: this.database.writer.createEntityManager(runner),
    });
    return runner;
  }

  private exec(sql: string): void {
    let statement = this.statements.get(sql);
    if (!statement) this.statements.set(sql, (statement = this.connection.prepare(sql)));
    statement.run();
  }

  private get connection(): BetterSqlite3.Database {
    return (this.database.writer.driver as unknown as { databaseConnection: BetterSqlite3.Database })
      .databaseConnection;
  }
}

const STORAGE = /^SQLITE_(BUSY|FULL|IOERR|LOCKED|NOMEM|READONLY|CANTOPEN)/;

function asBusy(error: unknown, wasUndoneByOthers = false): unknown {
  return wasUndoneByOthers || STORAGE.test(codeOf(error))
    ? new BusyError('Storage is busy. Nothing was stored; try again.', { cause: error })
    : error;
}
