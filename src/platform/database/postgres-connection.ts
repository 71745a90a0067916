import pg from 'pg';
import { QueryFailedError, QueryRunnerAlreadyReleasedError } from 'typeorm';

/**
 * A connection to PostgreSQL whose loss never ends the process. Its pool and TypeORM each listen only while they hold it,
 * and one lost connection reports several errors: one that nobody listened to would be thrown. Whoever was waiting for
 * an answer gets the error anyway.
 */
export class SteadyClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on('error', () => {});
  }
}

/** Connection exceptions (08…), too many connections (53300), shutting down or starting (57P…), a read-only standby. */
const AWAY_STATES = /^(08...|53300|57P0[1-5]|25P03|25006)$/;
const AWAY_SYSTEM = /^(ECONN(REFUSED|RESET|ABORTED)|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;
/** What pg says without a code. */
const AWAY_WORDS =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed)/;

/** Whether the database could not be reached, or went away while it was asked. */
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
