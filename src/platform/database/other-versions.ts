import BetterSqlite3 from 'better-sqlite3';
import { existsSync } from 'node:fs';

/** Migrations from before the baselines in `migrations/` have names ending in 1764000000000 to 1764000049000. */
const BEFORE_BASELINES = /1764000\d{6}$/;
const OLDER =
  'keep using that version for it, or export there what you need (registers and actions as CSV) and start this version on ' +
  'an empty database.';

export const isBeforeBaselines = (done: string[]): boolean => done.some((name) => BEFORE_BASELINES.test(name));

/** Throws if the applied migrations (`done`) belong to another version, which this one cannot upgrade. */
export function refuseOtherVersions(done: string[], migrations: { name: string }[]): void {
  if (isBeforeBaselines(done)) {
    throw new Error(
      `This database was made by an older version of Wijkagenda and cannot be upgraded (it has ${done[0]}): ${OLDER}`,
    );
  }
  const known = new Set(migrations.map(({ name }) => name));
  const newer = done.find((name) => !known.has(name));
  if (newer !== undefined) {
    throw new Error(`This database was made by a newer version of Wijkagenda (it has ${newer}). Install that version.`);
  }
}

/**
 * The migrations of a SQLite file, read without changing it or the log files an ended service left behind. Empty if the
 * file does not exist or, unless it must be readable, cannot be read this way: opening it will report the reason.
 */
export function migrationsInFile(path: string, { mustBeReadable = false } = {}): string[] {
  if (!existsSync(path)) return [];
  const isUnfinished = existsSync(`${path}-wal`);
  const names = mustBeReadable ? namesIn(path) : (unlessUnreadable(() => namesIn(path)) ?? []);
  if (!isUnfinished && existsSync(`${path}-wal`)) unlessUnreadable(() => removeLog(path));
  return names;
}

function unlessUnreadable<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof BetterSqlite3.SqliteError) return undefined;
    throw error;
  }
}

function namesIn(path: string): string[] {
  const file = new BetterSqlite3(path, { readonly: true, fileMustExist: true });
  try {
    const isThere = file.prepare(`SELECT 1 FROM sqlite_master WHERE "name" = 'migrations'`).get();
    if (!isThere) return [];
    return file.prepare<[], string>('SELECT "name" FROM "migrations" ORDER BY "id"').pluck().all();
  } finally {
    file.close();
  }
}

/** A reader creates an empty log it cannot remove; a writer removes it on closing, unless it is in use. */
function removeLog(path: string): void {
  const file = new BetterSqlite3(path, { fileMustExist: true });
  try {
    file.prepare('SELECT 1 FROM sqlite_master').get();
  } finally {
    file.close();
  }
}
