import { Injectable } from '@nestjs/common';
import { AsyncLocalStorage } from 'node:async_hooks';
import { type EntityManager, type EntityTarget, type FindOptionsWhere, type ObjectLiteral } from 'typeorm';
import { beginHolding, endHolding, writeAll } from '../common/held-writes.js';
import { BusyError } from '../common/storage-errors.js';
import { PostgresTransactions } from '../postgres/postgres-transactions.js';
import { CommitGroups } from '../sqlite/commit-groups.js';
import { rewriteFile } from '../sqlite/file-rewrite.js';
import { Database } from './database.js';
import { dialectOf } from './dialect.js';
import { forgetFormerWords } from './word-search.js';

/** Stores the response to a write in the transaction of the write, for `Idempotency-Key`. */
export interface ResponseStore {
  begin(manager: EntityManager): Promise<void>;
  keep(manager: EntityManager, answer: unknown): Promise<void>;
}

type Work<T> = (manager: EntityManager) => Promise<T>;

const LONGEST_JOB_MS = 5000;
const JUST_NOW_MS = 10_000;

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
  private readonly groups: CommitGroups;
  private readonly separate: PostgresTransactions;

  constructor(private readonly database: Database) {
    this.groups = new CommitGroups(database);
    this.separate = new PostgresTransactions(database);
  }

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
    return this.database.isShared ? this.onPostgres(kept, longestMs) : this.onSqlite(kept, longestMs);
  }

  /**
   * `run` for work on thousands of rows. On SQLite it has a transaction to itself: no savepoint keeps each page as it was
   * before, and its pages are written before the commit, in which nobody is answered.
   */
  async runLarge<T>(work: Work<T>, longestMs: number): Promise<T> {
    this.mustBeOutside();
    return this.database.isShared ? this.run(work, undefined, longestMs) : this.onSqlite(work, longestMs, true);
  }

  /** Whether storage refused a write a moment ago and still refuses one that leaves nothing. */
  async isRefusing(): Promise<boolean> {
    const { refusedAt } = this.database.isShared ? this.separate : this.groups;
    if (refusedAt === undefined) return false;
    if (performance.now() - refusedAt < JUST_NOW_MS) return true;
    if (this.database.isShared) return this.separate.stillRefuses();
    const write = 'UPDATE "audit_head" SET "hash" = "hash"';
    return this.run((manager) => manager.query(write)).then(
      () => false,
      () => true,
    );
  }

  private mustBeOutside(): void {
    if (inside.getStore() === this) throw new Error('Nested transaction: pass the manager on instead.');
  }

  private onPostgres<T>(work: Work<T>, longestMs: number): Promise<T> {
    const patienceMs = longestMs > LONGEST_JOB_MS ? longestMs : undefined;
    return this.separate.run((manager) => this.within(withHeld(work), manager, longestMs), patienceMs);
  }

  private onSqlite<T>(work: Work<T>, longestMs: number, isLarge = false): Promise<T> {
    return this.groups.run((manager) => this.within(work, manager, longestMs), isLarge);
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
}

/** With what the work held back, written after it. */
const withHeld =
  <T>(work: Work<T>): Work<T> =>
  async (manager) => {
    beginHolding(manager);
    const value = await work(manager);
    await writeAll(manager, endHolding(manager));
    return value;
  };

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
