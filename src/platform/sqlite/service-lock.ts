import BetterSqlite3 from 'better-sqlite3';
import { atFile } from './sqlite-options.js';

/**
 * Holds a lock file next to the SQLite file for the lifetime of this process; a kill releases it. Throws if another
 * service holds it. Commands such as `admin` and `backup` do not take it.
 */
export function holdService(databasePath: string): () => void {
  const path = `${databasePath}.lock`;
  let lock: BetterSqlite3.Database | undefined;
  try {
    lock = new BetterSqlite3(path, { timeout: 0 });
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock?.close();
    if ((error as { code?: string }).code !== 'SQLITE_BUSY') throw atFile(error, path);
    throw new Error('Another service is already running on this SQLite file. Stop it first, or use PostgreSQL.');
  }
  return () => lock.close();
}
