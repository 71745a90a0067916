/** Empties the write-ahead log as far as it is not being read, without blocking readers or writers. */
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
