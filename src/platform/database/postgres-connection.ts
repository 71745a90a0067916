import type { Socket } from 'node:net';
import pg from 'pg';
import { QueryFailedError, QueryRunnerAlreadyReleasedError } from 'typeorm';

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

/** How long a query may take, in ms; undefined for as long as it takes. */
export interface QueryLimit {
  longestMs?: number;
}

/**
 * A connection that survives errors, prepares frequent statements, and closes when PostgreSQL does not answer a query
 * in time: a server that accepts connections but is frozen would block requests for ever. `limit` may be set later,
 * after migrations.
 */
export const clientWithin = (limit: QueryLimit): typeof pg.Client =>
  class extends SteadyClient {
    override query(...words: never[]): never {
      const [text, values] = words as unknown[];
      const isPlain = words.length === 2 && typeof text === 'string' && Array.isArray(values);
      const asked = isPlain ? [withName(text, values)] : words;
      const answer: unknown = (super.query as (...all: unknown[]) => unknown)(...asked);
      if (limit.longestMs === undefined || !(answer instanceof Promise)) return answer as never;
      const timer = setTimeout(() => this.breakOff(), limit.longestMs);
      return answer.finally(() => clearTimeout(timer)) as never;
    }

    private breakOff(): void {
      (this as unknown as { connection: { stream: Socket } }).connection.stream.destroy();
    }
  };

/** Connection exceptions (08…), too many connections (53300), shutting down or starting (57P…), a read-only standby. */
const AWAY_STATES = /^(08...|53300|57P0[1-5]|25P03|25006)$/;
const AWAY_SYSTEM = /^(ECONN(REFUSED|RESET|ABORTED)|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;
/** Messages of pg that have no code. */
const AWAY_WORDS =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed)/;

/** Whether the database could not be reached, or the connection was lost during a query. */
export function isDatabaseAway(error: unknown): boolean {
  if (error instanceof QueryRunnerAlreadyReleasedError) return true;
  const cause = error instanceof QueryFailedError ? error.driverError : error;
  if (!(cause instanceof Error)) return false;
  const { code = '' } = cause as { code?: string };
  return AWAY_STATES.test(code) || AWAY_SYSTEM.test(code) || AWAY_WORDS.test(cause.message);
}

/** Whether a failed COMMIT may still have been carried out: the connection broke after it was sent. */
export const mayBeCommitted = (error: unknown): boolean =>
  isDatabaseAway(error) && !(error instanceof QueryRunnerAlreadyReleasedError);
