import { QueryFailedError, QueryRunnerAlreadyReleasedError, QueryRunnerProviderAlreadyReleasedError } from 'typeorm';
import { codeOf } from '../common/storage-errors.js';

/** Connection exceptions (08…), too many connections (53300), shutting down or starting (57P…), a read-only standby. */
const AWAY_STATES = /^(08...|53300|57P0[1-5]|25P03|25006)$/;
const AWAY_SYSTEM = /^(ECONN(REFUSED|RESET|ABORTED)|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;
/** Messages of pg that have no code. */
const AWAY_WORDS =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed)/;

/** TypeORM gives back a connection once it is lost, and asks nothing more over it: by its runner, and by its manager. */
const isOfLostRunner = (error: unknown): boolean =>
  error instanceof QueryRunnerAlreadyReleasedError || error instanceof QueryRunnerProviderAlreadyReleasedError;

/** Whether the database could not be reached, or the connection was lost during a query. */
export function isDatabaseAway(error: unknown): boolean {
  if (isOfLostRunner(error)) return true;
  const cause = error instanceof QueryFailedError ? error.driverError : error;
  if (!(cause instanceof Error)) return false;
  const { code = '' } = cause as { code?: string };
  return AWAY_STATES.test(code) || AWAY_SYSTEM.test(code) || AWAY_WORDS.test(cause.message);
}

/** The connection was closed by PostgreSQL: it failed (0800…), was ended, crashed, or was idle for too long. */
const LOST_STATES = /^(0800[036]|57P0[125])$/;

/** Whether the connection was lost that this error of pg came from, so that it tells nothing of the query. */
export const isConnectionLost = (error: Error): boolean => {
  const { code = '' } = error as { code?: string };
  return LOST_STATES.test(code) || AWAY_SYSTEM.test(code) || AWAY_WORDS.test(error.message);
};

/**
 * Still a deadlock or a serialization failure after trying again (40…), no room on the disk or in memory (53…, 58…), a lock
 * that was waited for too long (55P03), or a time limit that the database sets (57014, 25P04).
 */
const BUSY_STATES = /^(40001|40P01|53...|55P03|57014|58...|25P04)$/;

/** Whether the database broke off a statement for a reason that passes: nothing of it was carried out. */
export function isDatabaseBusy(error: unknown): boolean {
  const { code } = (error instanceof QueryFailedError ? error.driverError : {}) as { code?: unknown };
  return typeof code === 'string' && !isDatabaseAway(error) && BUSY_STATES.test(code);
}

/** Messages of pg about a connection that was lost before the query was sent. */
const NEVER_SENT = /^Client (was closed|has encountered a connection error) and is not queryable/;

/** Whether a failed COMMIT may still have been carried out: the connection broke after it was sent. */
export const mayBeCommitted = (error: unknown): boolean =>
  isDatabaseAway(error) && !isOfLostRunner(error) && !NEVER_SENT.test(messageOf(error));

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : '');

/** A standby or a read-only server (25006), and no room on the disk or an error of it (53100, 58…). */
const REFUSING_STATES = /^(25006|53100|58...)$/;

/** Whether PostgreSQL is there and reads, but refuses what is written. */
export const isRefusingWrites = (error: unknown): boolean => REFUSING_STATES.test(codeOf(error));
