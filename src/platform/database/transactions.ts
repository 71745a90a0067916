import { Injectable } from '@nestjs/common';
import type BetterSqlite3 from 'better-sqlite3';
import { AsyncLocalStorage } from 'node:async_hooks';
import type pg from 'pg';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import {
  type EntityManager,
  type EntityTarget,
  type FindOptionsWhere,
  type ObjectLiteral,
  QueryFailedError,
  type QueryRunner,
} from 'typeorm';
import { BetterSqlite3QueryRunner } from 'typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner.js';
import { Database } from './database.js';
import { dialectOf } from './dialect.js';
import { PagesAhead } from '../sqlite/pages-ahead.js';
import { isDatabaseBusy, mayBeCommitted } from './postgres-connection.js';
import { forgetFormerWords } from './word-search.js';
import { rewriteFile } from '../sqlite/file-rewrite.js';

/** The database cannot accept the write now; nothing was stored and it can be retried. */
export class BusyError extends Error {}

/** The connection broke while the write was being committed: it may have been stored or not. */
export class OutcomeUnknownError extends Error {}

/** Stores the response to a write in the transaction of the write, for `Idempotency-Key`. */
export interface ResponseStore {
  begin(manager: EntityManager): Promise<void>;
  keep(manager: EntityManager, answer: unknown): Promise<void>;
}

type Work<T> = (manager: EntityManager) => Promise<T>;

interface Job {
  work: Work<unknown>;
  longestMs: number;
  isLarge: boolean;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

const GROUP = 64;
const TURNS = 3;
const LONGEST_JOB_MS = 5000;
const LONGEST_WAIT_MS = 5000;
const JUST_NOW_MS = 10_000;
/**
 * How often a write is tried when PostgreSQL breaks it off: after a serialization failure or a deadlock; or when a row that
 * it refers to was removed or its value was taken by another just now, which it then finds out by its own checks.
 */
const MOST_TRIES: Record<string, number> = { '40001': 4, '40P01': 4, '23503': 2, '23505': 2 };

/**
 * The transactions the current code runs in; tracked outside production only, since it costs about 10 % per request.
 * One for the whole process: every AsyncLocalStorage that was ever entered slows down all later promises.
 */
const inside = new AsyncLocalStorage<Transactions>();

/**
 * The only path for writes. On SQLite, pending writes share one commit: each has its own savepoint and resolves only
 * after that commit. On PostgreSQL each is a transaction of its own, retried on serialization failures and deadlocks.
 */
@Injectable()
export class Transactions {
  private readonly queue: Job[] = [];
  private readonly statements = new Map<string, BetterSqlite3.Statement>();
  private isDraining = false;
  /** When storage last refused a write (ms of the process); undefined after a later write succeeded. */
  private refusedAt: number | undefined;

  constructor(private readonly database: Database) {}

  /**
   * Runs `work` in a transaction with its manager; resolves to its result after the commit. `work` may await database
   * calls only. Rethrows its errors after rolling back; throws `BusyError` if storage refuses or it takes longer than
   * `longestMs`, `OutcomeUnknownError` if the connection to PostgreSQL was lost during the commit. Others wait
   * meanwhile, hence 5 s except for rare jobs that cannot be split.
   */
  async run<T>(work: Work<T>, keeper?: ResponseStore, longestMs = LONGEST_JOB_MS): Promise<T> {
    this.mustBeOutside();
    const kept: Work<T> = keeper
      ? async (manager) => {
          await keeper.begin(manager);
          const answer = await work(manager);
          await keeper.keep(manager, answer);
          return answer;
        }
      : work;
    return this.database.isShared ? this.runOnPostgres(kept, longestMs) : this.enqueue(kept, longestMs, false);
  }

  /**
   * `run` for work on thousands of rows. On SQLite it has a transaction to itself: no savepoint keeps each page as it was
   * before, and its pages are written before the commit, in which nobody is answered.
   */
  async runLarge<T>(work: Work<T>, longestMs: number): Promise<T> {
    this.mustBeOutside();
    return this.database.isShared ? this.run(work, undefined, longestMs) : this.enqueue(work, longestMs, true);
  }

  /** Whether storage refused a write a moment ago and still refuses one that changes nothing. */
  async isRefusing(): Promise<boolean> {
    if (this.refusedAt === undefined) return false;
    if (performance.now() - this.refusedAt < JUST_NOW_MS) return true;
    const write = 'UPDATE "audit_head" SET "hash" = "hash"';
    return this.run((manager) => manager.query(write)).then(
      () => false,
      () => true,
    );
  }

  private mustBeOutside(): void {
    if (inside.getStore() === this) throw new Error('Nested transaction: pass the manager on instead.');
  }

  private enqueue<T>(work: Work<T>, longestMs: number, isLarge: boolean): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.queue.push({ work, longestMs, isLarge, resolve: resolve as (value: unknown) => void, reject });
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
    const { isLarge } = this.queue[0];
    const pages = isLarge ? new PagesAhead(this.connection, this.database.file!) : undefined;
    let isStored = false;
    try {
      await this.begin();
      while (settle.length < (isLarge ? 1 : GROUP) && (await this.hasMore(isLarge))) {
        const job = this.queue.shift()!;
        try {
          const value = await this.runJob(job);
          done.push(job);
          settle.push(() => job.resolve(value));
        } catch (error) {
          settle.push(() => job.reject(asBusy(error)));
          if (!this.connection.inTransaction) throw error;
        }
      }
      if (done.length > 0) await pages?.write();
      this.exec(isLarge && done.length === 0 ? 'ROLLBACK' : 'COMMIT');
      isStored = done.length > 0;
      if (isStored) this.refusedAt = undefined;
    } catch (error) {
      this.refusedAt = performance.now();
      // SQLite rolled back the whole group by itself or refused to commit it: none of it was stored.
      if (this.connection.inTransaction) this.exec('ROLLBACK');
      if (done.length + settle.length === 0) for (const job of this.queue.splice(0)) job.reject(asBusy(error));
      for (const job of done) job.reject(asBusy(error, true));
    } finally {
      pages?.release();
    }
    for (const answer of settle) answer();
    if (isStored) this.database.committed();
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

  private async runJob({ work, longestMs, isLarge }: Job): Promise<unknown> {
    const runner = this.newRunner();
    if (!isLarge) this.exec('SAVEPOINT job');
    try {
      const value = await this.within(work, runner.manager, longestMs);
      if (!isLarge) this.exec('RELEASE job');
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

  private async runOnPostgres<T>(work: Work<T>, longestMs: number): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      const runner = this.database.writer.createQueryRunner();
      try {
        await runner.startTransaction();
        const value = await this.within(work, runner.manager, longestMs);
        await runner.commitTransaction().catch((error) => Promise.reject(asUnknown(error)));
        return value;
      } catch (error) {
        await rollBack(runner);
        if (attempt < (MOST_TRIES[codeOf(error)] ?? 1)) continue;
        throw isDatabaseBusy(error) ? new BusyError('The database is busy. Nothing was stored; try again.') : error;
      } finally {
        await runner.release();
      }
    }
  }

  /**
   * `run` for work that removes text for good: afterwards its words are not in the word index of SQLite, which keeps those
   * of earlier versions of a text, nor in its file and write-ahead log, which keep copies of rows as they were before.
   */
  async removeForGood<T>(work: Work<T>): Promise<T> {
    const answer = await this.run(async (manager) => {
      const removed = await work(manager);
      await forgetFormerWords(manager);
      return removed;
    });
    await rewriteFile(this.database);
    return answer;
  }

  private async within<T>(work: Work<T>, manager: EntityManager, longestMs: number): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new BusyError(`This took longer than ${longestMs / 1000} seconds and was rolled back.`)),
        longestMs,
      );
    });
    try {
      const working = this.database.isWatched ? inside.run(this, work, manager) : work(manager);
      return await Promise.race([working, tooLong]);
    } finally {
      clearTimeout(timer);
    }
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

/** Reads one row to change it; on PostgreSQL locks it until the transaction ends. Throws if it does not exist. */
export function lockOne<T extends ObjectLiteral & { id: string }>(
  manager: EntityManager,
  entity: EntityTarget<T>,
  id: string,
): Promise<T> {
  return manager.findOneOrFail(entity, {
    where: { id } as FindOptionsWhere<T>,
    lock: dialectOf(manager).isPostgres ? { mode: 'pessimistic_write' } : undefined,
  });
}

/**
 * Rolls back. Work that took too long or was broken off may still be waiting for an answer: what it asks then is refused, since
 * it would be carried out outside the transaction.
 */
async function rollBack(runner: QueryRunner): Promise<void> {
  if (!runner.isTransactionActive) return;
  const marked = runner as { isReleased: boolean };
  marked.isReleased = true;
  // What was let through just before is sent first.
  await nextTurn();
  const connection = (await runner.connect()) as pg.PoolClient;
  await connection.query('ROLLBACK').catch(() => {});
  marked.isReleased = false;
}

function codeOf(error: unknown): string {
  const source = error instanceof QueryFailedError ? error.driverError : error;
  return String((source as { code?: string } | null)?.code ?? '');
}

const asUnknown = (error: unknown): unknown =>
  mayBeCommitted(error) ? new OutcomeUnknownError('The connection broke during the commit.', { cause: error }) : error;

const STORAGE = /^SQLITE_(BUSY|FULL|IOERR|LOCKED|NOMEM|READONLY|CANTOPEN)/;

function asBusy(error: unknown, wasUndoneByOthers = false): unknown {
  return wasUndoneByOthers || STORAGE.test(codeOf(error))
    ? new BusyError('Storage is busy. Nothing was stored; try again.')
    : error;
}
