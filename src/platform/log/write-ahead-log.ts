import BetterSqlite3 from 'better-sqlite3';
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../database/database.js';

const TRIES = 40;
const PAUSE_MS = 50;

/**
 * Empties SQLite's write-ahead log, which keeps pages as they were before text was destroyed. Uses its own connection,
 * because the writing one may be inside a transaction. Returns whether it is empty: it is not while someone else, such
 * as a backup, reads the file. Nothing to do on PostgreSQL.
 */
export async function emptyWriteAheadLog({ file }: Pick<Database, 'file'>): Promise<boolean> {
  if (file === null) return true;
  const connection = new BetterSqlite3(file, { timeout: 0 });
  try {
    for (let tries = 0; tries < TRIES; tries += 1) {
      if (tries > 0) await pause(PAUSE_MS);
      const [{ busy }] = connection.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
      if (busy === 0) return true;
    }
    return false;
  } finally {
    connection.close();
  }
}
