/**
 * Empties the write-ahead log as far as it is not being read, without blocking readers or writers. Returns its length in pages,
 * or 0 if readers still need some of it.
 */
import BetterSqlite3 from 'better-sqlite3';
import { workerData } from 'node:worker_threads';

let connection;

export default () => {
  connection ??= open();
  const [{ log, checkpointed }] = connection.pragma('wal_checkpoint(PASSIVE)');
  return log === checkpointed ? log : 0;
};

function open() {
  const opened = new BetterSqlite3(workerData.path, { fileMustExist: true, timeout: 0 });
  opened.pragma('synchronous = FULL');
  return opened;
}
