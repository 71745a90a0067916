import { QueryFailedError } from 'typeorm';

/** The database cannot accept the write now; nothing was stored and it can be retried. */
export class BusyError extends Error {}

/** The connection broke while the write was being committed: it may have been stored or not. */
export class OutcomeUnknownError extends Error {}

/** The code of the database behind an error; empty if there is none. */
export function codeOf(error: unknown): string {
  const source = error instanceof QueryFailedError ? error.driverError : error;
  return String((source as { code?: string } | null)?.code ?? '');
}
