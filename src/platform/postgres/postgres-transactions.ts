import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import {
  type DataSource,
  type EntityManager,
  QueryFailedError,
  type QueryRunner,
  QueryRunnerAlreadyReleasedError,
} from 'typeorm';
import { BusyError, codeOf, OutcomeUnknownError } from '../common/storage-errors.js';
import type { PoolConnection } from './postgres-client.js';
import { isConnectionLost, isDatabaseBusy, isRefusingWrites, mayBeCommitted } from './postgres-errors.js';

type Work<T> = (manager: EntityManager) => Promise<T>;
type Connection = pg.PoolClient & PoolConnection;

/**
 * How often a write is tried when PostgreSQL breaks it off: after a serialization failure or a deadlock; or when a row that
 * it refers to was removed or its value was taken by another just now, which it then finds out by its own checks.
 */
const MOST_TRIES: Record<string, number> = { '40001': 4, '40P01': 4, '23503': 2, '23505': 2 };
/** How long the caller of a refused job waits for its statement to end, before its connection is given up. */
const LONGEST_UNDOING_MS = 1_000;
const BUSY = 'The database is busy. Nothing was stored; try again.';
const RENEWED_EVERY_MS = 5_000;
const CHANGES_NOTHING = 'UPDATE "audit_head" SET "hash" = "hash"';
/** A write succeeded since the disk was full; whether there is room shows in the next one that takes some. */
const NEEDS_TRYING = -Infinity;
/** A megabyte, which is given back at the commit. */
const TAKES_ROOM = `CREATE TEMPORARY TABLE "room" ON COMMIT DROP AS
  SELECT repeat(md5(n::text), 32) AS "words" FROM generate_series(1, 1000) AS n`;

/** What writing to PostgreSQL needs to know of the open database. */
export interface PostgresServer {
  readonly writer: DataSource;
  renewConnections(): void;
}

/** Writes on PostgreSQL: each is a transaction of its own, retried on serialization failures and deadlocks. */
export class PostgresTransactions {
  /**
   * When PostgreSQL last refused a write (ms of the process); undefined once it accepts one. On a full disk that must be one
   * that takes room, because small ones fit in the pages that there are.
   */
  refusedAt: number | undefined;
  private wasFull = false;
  private renewedAt = -Infinity;

  constructor(private readonly database: PostgresServer) {}

  /** Resolves after the commit. `patienceMs` is how long it may wait for a lock, if longer than its connection allows. */
  async run<T>(work: Work<T>, patienceMs?: number): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      let runner: QueryRunner | undefined;
      try {
        runner = await begin(this.database.writer, patienceMs);
        const value = await work(runner.manager);
        await commit(runner);
        this.succeeded();
        return value;
      } catch (error) {
        if (runner) await rollBack(runner);
        if (isRefusingWrites(error)) this.refused(error);
        if (attempt < (MOST_TRIES[codeOf(error)] ?? 1)) continue;
        throw isDatabaseBusy(error) ? new BusyError(BUSY, { cause: error }) : error;
      } finally {
        await runner?.release();
      }
    }
  }

  /** Whether a write that leaves nothing is still refused. */
  async stillRefuses(): Promise<boolean> {
    try {
      await this.run((manager) => manager.query(this.wasFull ? TAKES_ROOM : CHANGES_NOTHING));
    } catch (error) {
      // A role that may make no temporary tables: then a write that succeeds has to do.
      if (codeOf(error) !== '42501') return true;
    }
    this.wasFull = false;
    this.refusedAt = undefined;
    return false;
  }

  private succeeded(): void {
    if (this.refusedAt !== undefined) this.refusedAt = this.wasFull ? NEEDS_TRYING : undefined;
  }

  private refused(error: unknown): void {
    this.refusedAt = performance.now();
    this.wasFull = codeOf(error) === '53100';
    if (codeOf(error) !== '25006' || this.refusedAt - this.renewedAt < RENEWED_EVERY_MS) return;
    this.renewedAt = this.refusedAt;
    this.database.renewConnections();
  }
}

const connectionOf = (runner: QueryRunner): Promise<Connection> => runner.connect() as Promise<Connection>;

/**
 * Begins a transaction. After a restart of PostgreSQL that may be over a lost connection that nobody has noticed yet; the work
 * has not begun then, so it begins once more, over a connection that was opened since.
 */
async function begin(writer: DataSource, patienceMs?: number): Promise<QueryRunner> {
  const first = await connected(writer);
  const error = await failureToBegin(first, patienceMs);
  if (error === undefined) return first.runner;
  if (first.connection.isGivenUp || !isLostWith(error)) throw error;
  const moment = performance.now();
  for (;;) {
    const next = await connected(writer);
    // Of those that were open then, others may be lost as well.
    if (next.connection.openedAt <= moment) await discard(next.runner, error);
    else {
      const again = await failureToBegin(next, patienceMs);
      if (again === undefined) return next.runner;
      throw again;
    }
  }
}

interface Connected {
  runner: QueryRunner;
  connection: Connection;
}

async function connected(writer: DataSource): Promise<Connected> {
  const runner = writer.createQueryRunner();
  return { runner, connection: await connectionOf(runner) };
}

/** What it failed with, if it did; the connection is not used again then. */
async function failureToBegin({ runner, connection }: Connected, patienceMs?: number): Promise<Error | undefined> {
  try {
    connection.brokenBy = undefined;
    await runner.startTransaction();
    if (patienceMs !== undefined) await runner.query(`SET LOCAL lock_timeout = ${patienceMs}`);
    return undefined;
  } catch (error) {
    await discard(runner, error as Error);
    return error as Error;
  }
}

const discard = (runner: QueryRunner, error: Error): Promise<void> =>
  (runner as unknown as { releasePostgresConnection(error: Error): Promise<void> }).releasePostgresConnection(error);

const isLostWith = (error: Error): boolean =>
  error instanceof QueryRunnerAlreadyReleasedError ||
  (error instanceof QueryFailedError && isConnectionLost(error.driverError));

/** Commits. PostgreSQL rolls back a transaction in which a statement failed, and does not call that an error. */
async function commit(runner: QueryRunner): Promise<void> {
  if (runner.isReleased) throw new QueryRunnerAlreadyReleasedError();
  const connection = await connectionOf(runner);
  const { command } = await connection.query('COMMIT').catch((error: Error) => Promise.reject(asUnknown(error)));
  (runner as { isTransactionActive: boolean }).isTransactionActive = false;
  if (command === 'COMMIT') return;
  const cause = connection.brokenBy ?? new Error('a statement failed');
  throw new QueryFailedError('COMMIT', [], Object.assign(cause, { hint: 'The work went on after this and returned.' }));
}

/**
 * Rolls back. Work that took too long or was broken off may still be waiting for an answer: what it asks then is refused, since
 * it would be carried out outside the transaction.
 */
async function rollBack(runner: QueryRunner): Promise<void> {
  // A connection that was lost is given back already.
  if (!runner.isTransactionActive || runner.isReleased) return;
  const marked = runner as { isReleased: boolean };
  marked.isReleased = true;
  // What was let through just before is sent first.
  await nextTurn();
  const connection = await connectionOf(runner);
  const isOver = new AbortController();
  const tooLong = sleep(LONGEST_UNDOING_MS, undefined, { signal: isOver.signal }).then(
    () => connection.breakOff(),
    () => {},
  );
  await Promise.race([connection.query('ROLLBACK').catch(() => {}), tooLong]);
  isOver.abort();
  marked.isReleased = false;
}

const asUnknown = (error: Error): Error =>
  mayBeCommitted(error)
    ? new OutcomeUnknownError('The connection broke during the commit.', { cause: error })
    : new QueryFailedError('COMMIT', [], error);
