import type { Socket } from 'node:net';
import pg from 'pg';

/**
 * A connection to PostgreSQL whose loss never ends the process. Its pool and TypeORM each listen only while they hold
 * it, and a lost connection reports several errors, of which one without a listener would be thrown. Pending queries
 * are rejected anyway.
 */
export class SteadyClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on('error', () => {});
  }
}

const OFTEN = 10;
/** Each connection caches its plans: some 100 kB per statement, in PostgreSQL. */
const MOST_NAMED = 300;
const MOST_COUNTED = 3000;
const timesAsked = new Map<string, number>();
const names = new Map<string, string>();

/**
 * Names frequent statements, the same on every connection: PostgreSQL then parses and plans them a few times instead of
 * for each request, which saves a third to a half of its work for a page. PostgreSQL itself decides whether a generic
 * plan is as good as a custom one.
 */
function withName(text: string, values: unknown[]): pg.QueryConfig {
  let name = names.get(text);
  if (name === undefined && names.size < MOST_NAMED && /^\s*(SELECT|WITH|INSERT|UPDATE|DELETE)\b/i.test(text)) {
    const times = (timesAsked.get(text) ?? 0) + 1;
    if (timesAsked.size >= MOST_COUNTED) timesAsked.clear();
    if (times < OFTEN) timesAsked.set(text, times);
    else names.set(text, (name = `often_${names.size}`));
  }
  return { name, text, values };
}

/** A connection of a pool, with what reads and the door of all writes want to know of it. */
export interface PoolConnection {
  /** When it was opened, in ms of the process. */
  readonly openedAt: number;
  /** Whether it was closed here, because a query took too long. */
  readonly isGivenUp: boolean;
  /** What broke off the present transaction, also if its work let that pass. */
  brokenBy?: Error;
  breakOff(): void;
}

/**
 * The limits of the connections of a pool. May be set after migrations; a connection that is open takes them over with its
 * next query.
 */
export class PoolLimits {
  /** How long a query may take, in ms; undefined for as long as it takes. */
  longestMs?: number;
  readonly open = new Set<{ renew(): void }>();

  /** Has every connection replaced as soon as it is not in use: the server behind them may have become another one. */
  renew(): void {
    for (const connection of this.open) connection.renew();
  }
}

/** Shorter than a job may take, so that it is the wait that ends and not the job in the middle of it. */
const LONGEST_LOCK_WAIT_MS = 4_000;
/** What PostgreSQL breaks off itself is a moment earlier than when a connection is given up. */
const GRACE_MS = 1_000;
/** After a statement failed, PostgreSQL refuses the rest of the transaction with it. */
const REFUSED_AFTER = '25P02';

/**
 * A connection that survives errors, prepares frequent statements, and closes when PostgreSQL does not answer a query
 * in time: a server that accepts connections but is frozen would block requests for ever.
 */
export const clientWithin = (limits: PoolLimits): typeof pg.Client =>
  class extends SteadyClient implements PoolConnection {
    readonly openedAt = performance.now();
    isGivenUp = false;
    brokenBy?: Error;
    private isLimited = false;
    private isWornOut = false;
    private asked = 0;

    constructor(config?: string | pg.ClientConfig) {
      super(config);
      limits.open.add(this);
      this.once('end', () => limits.open.delete(this));
    }

    override query(...words: never[]): never {
      const { longestMs } = limits;
      if (longestMs !== undefined && !this.isLimited) this.limit(longestMs);
      const [text, values] = words as unknown[];
      const isPlain = words.length === 2 && typeof text === 'string' && Array.isArray(values);
      const asked = isPlain ? [withName(text, values)] : words;
      const answer: unknown = (super.query as (...all: unknown[]) => unknown)(...asked);
      return (answer instanceof Promise ? this.watched(answer, longestMs) : answer) as never;
    }

    breakOff(): void {
      (this as unknown as { connection: { stream: Socket } }).connection.stream.destroy();
    }

    renew(): void {
      this.isWornOut = true;
      this.leaveIfIdle();
    }

    /** Not when it connects: migrations, which come first, may wait as long as they have to. */
    private limit(longestMs: number): void {
      this.isLimited = true;
      const sql = `SET lock_timeout = ${LONGEST_LOCK_WAIT_MS}; SET statement_timeout = ${longestMs}`;
      (super.query as (text: string) => Promise<unknown>)(sql).catch(() => {});
    }

    private async watched<T>(answer: Promise<T>, longestMs: number | undefined): Promise<T> {
      const timer = longestMs && setTimeout(() => this.giveUp(), longestMs + GRACE_MS);
      this.asked += 1;
      try {
        return await answer;
      } catch (error) {
        if ((error as { code?: string }).code !== REFUSED_AFTER) this.brokenBy = error as Error;
        throw error;
      } finally {
        if (timer) clearTimeout(timer);
        this.asked -= 1;
        if (this.isWornOut) this.leaveIfIdle();
      }
    }

    private giveUp(): void {
      this.isGivenUp = true;
      this.breakOff();
    }

    private leaveIfIdle(): void {
      if (this.asked === 0 && this.getTransactionStatus() === 'I') this.breakOff();
    }
  };
