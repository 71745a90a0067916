import { HttpException, Logger } from '@nestjs/common';
import { QueryFailedError } from 'typeorm';
import { BusyError } from '../common/storage-errors.js';
import { isDatabaseAway, isDatabaseBusy, isRefusingWrites } from '../postgres/postgres-errors.js';

const COUNTED_MS = 60_000;

type Outage = 'away' | 'refusing' | 'busy' | 'closed';

const WORDS: Record<Outage, { begins: string; goesOn: string; ends: string }> = {
  away: {
    begins: 'The database does not respond. Further failures are counted and reported once a minute.',
    goesOn: 'The database still does not respond at times',
    ends: 'The database has responded for a minute.',
  },
  refusing: {
    begins: 'The database accepts no writes. Further failures are counted and reported once a minute.',
    goesOn: 'The database still accepts no writes at times',
    ends: 'The database has refused no write for a minute.',
  },
  busy: {
    begins: 'The database is busy. Further failures are counted and reported once a minute.',
    goesOn: 'The database is still busy at times',
    ends: 'The database has not been too busy for a minute.',
  },
  closed: {
    begins: 'Published pages answer 503 until "admin release-mail": this copy was restored, or held by a command.',
    goesOn: 'Published pages are still closed',
    ends: 'Nobody asked for a closed page for a minute.',
  },
};

/**
 * Writes down what failed. A failure of storage fails every request and task at the same time, which would bury its cause: the
 * first one is logged with its error, and then once a minute how many there were, until there are none.
 */
class FailureLog {
  private readonly log = new Logger('Database');
  /** The failures since they were last reported. */
  private readonly counts = new Map<Outage, number>();

  write(log: Logger, error: unknown, about: { requestId?: string } = {}): void {
    const outage = outageOf(error);
    const count = outage && this.counts.get(outage);
    if (outage && count !== undefined) return void this.counts.set(outage, count + 1);
    log.error({ ...about, error: described(error) });
    if (outage) this.begin(outage);
  }

  private begin(outage: Outage): void {
    this.log.warn(WORDS[outage].begins);
    this.counts.set(outage, 0);
    this.reportLater(outage);
  }

  private reportLater(outage: Outage): void {
    setTimeout(() => this.report(outage), COUNTED_MS).unref();
  }

  private report(outage: Outage): void {
    const count = this.counts.get(outage)!;
    if (count === 0) {
      this.counts.delete(outage);
      return this.log.log(WORDS[outage].ends);
    }
    this.log.warn(`${WORDS[outage].goesOn}: ${count} requests and tasks failed in ${COUNTED_MS / 1000} seconds.`);
    this.counts.set(outage, 0);
    this.reportLater(outage);
  }
}

/** One for the process, as is the log. */
const failures = new FailureLog();

/** Logs an error; one of storage not each time (`FailureLog`). */
export const logFailure = (log: Logger, error: unknown, about?: { requestId?: string }): void =>
  failures.write(log, error, about);

function outageOf(error: unknown): Outage | undefined {
  if (isRefusingWrites(error) || (error instanceof BusyError && isRefusingWrites(error.cause))) return 'refusing';
  const code = error instanceof HttpException ? error.errorCode : undefined;
  if (code === 'STORAGE_REFUSES') return 'refusing';
  if (code === 'PUBLIC_PAGES_CLOSED') return 'closed';
  if (isDatabaseAway(error) || code === 'DATABASE_UNAVAILABLE') return 'away';
  return error instanceof BusyError || isDatabaseBusy(error) ? 'busy' : undefined;
}

function described(error: unknown): string {
  if (error instanceof QueryFailedError) return `QueryFailedError ${String(error.driverError)}`;
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\nCaused by: ${described(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
