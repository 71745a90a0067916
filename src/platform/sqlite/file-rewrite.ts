import BetterSqlite3 from 'better-sqlite3';
import { setTimeout as pause } from 'node:timers/promises';
import type { SqliteFile } from './sqlite-file.js';

const TRIES = 100;
const TRIES_OF_THE_LOG = 40;
const PAUSE_MS = 50;

/**
 * Rewrites the SQLite file from its present contents and empties its write-ahead log. Although deleted content is
 * overwritten (`secure_delete`), a row that moved to another page when its page was full leaves a copy on the old one,
 * and that copy outlives the row. Everything waits meanwhile, about 1 s for 100 MB, and the file needs its own
 * size once more on the disk. Returns whether it was done: not while someone else writes or reads for over 5 s, or on a
 * full disk. Nothing to do on PostgreSQL.
 */
export async function rewriteFile(database: Pick<SqliteFile, 'file'>): Promise<boolean> {
  if (database.file === null) return true;
  const connection = new BetterSqlite3(database.file, { timeout: 0 });
  try {
    connection.pragma('synchronous = FULL');
    for (let tries = 0; tries < TRIES; tries += 1) {
      if (tries > 0) await pause(PAUSE_MS);
      if (vacuum(connection)) return await emptyWriteAheadLog(database);
    }
    return false;
  } finally {
    connection.close();
  }
}

/** Rewrites the file; returns false while it is in use or when the disk is full. */
function vacuum(connection: BetterSqlite3.Database): boolean {
  try {
    connection.exec('VACUUM');
    return true;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'SQLITE_BUSY' || code === 'SQLITE_FULL') return false;
    throw error;
  }
}

/**
 * Empties SQLite's write-ahead log, which keeps pages as they were before text was destroyed. Uses its own connection,
 * because the writing one may be inside a transaction. Returns whether it is empty: it is not while someone else, such
 * as a backup, reads the file. Nothing to do on PostgreSQL.
 */
export async function emptyWriteAheadLog({ file }: Pick<SqliteFile, 'file'>): Promise<boolean> {
  if (file === null) return true;
  const connection = new BetterSqlite3(file, { timeout: 0 });
  try {
    for (let tries = 0; tries < TRIES_OF_THE_LOG; tries += 1) {
      if (tries > 0) await pause(PAUSE_MS);
      const [{ busy }] = connection.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
      if (busy === 0) return true;
    }
    return false;
  } finally {
    connection.close();
  }
}
