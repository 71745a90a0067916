/** Empties the write-ahead log as far as nobody reads it, without keeping anyone from reading or writing meanwhile. */
import BetterSqlite3 from 'better-sqlite3';
import { workerData } from 'node:worker_threads';

let connection;

export default () => {
  connection ??= open();
  connection.pragma('wal_checkpoint(PASSIVE)');
};

function open() {
  const opened = new BetterSqlite3(workerData.path, { fileMustExist: true, timeout: 0 });
  opened.pragma('synchronous = FULL');
  return opened;
}
