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

/** Whether a write failed because the value already exists: 23505 on PostgreSQL, SQLITE_CONSTRAINT_UNIQUE on SQLite. */
export function isUniqueViolation(error: unknown): boolean {
  const code = error instanceof QueryFailedError ? (error.driverError as { code?: string }).code : undefined;
  return code === '23505' || code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY';
}
