import BetterSqlite3 from 'better-sqlite3';

/**
 * Holds a lock file beside the SQLite file for as long as this process lives; a kill frees it.
 * Throws when another service holds it. Commands such as `admin` and `backup` do not ask for it.
 */
export function holdService(databasePath: string): () => void {
  const lock = new BetterSqlite3(`${databasePath}.lock`, { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if ((error as { code?: string }).code !== 'SQLITE_BUSY') throw error;
    throw new Error('Another service is already running on this SQLite file. Stop it first, or use PostgreSQL.');
  }
  return () => lock.close();
}
