/**
 * Reads rows in a worker thread with its own connection, so that a slow query blocks nobody. Plain JavaScript, because
 * a worker cannot be started from TypeScript; it does not know what the queries mean.
 */
import BetterSqlite3 from 'better-sqlite3';
import { workerData } from 'node:worker_threads';
import { naturalKey } from '../spelling/natural-order.js';
import { asSpelled } from '../spelling/spelled-words.js';

let connection;
const statements = new Map();

function open() {
  const opened = new BetterSqlite3(workerData.path, { readonly: true, fileMustExist: true });
  // A slow query often returns to the same pages; SQLite's default of 2 MB would reread them from the file each time. More
  // than 16 MB gains nothing, and there can be two of these.
  opened.pragma('cache_size = -16384');
  // Intermediate results of a review are some ten MB, which would otherwise be written to a file.
  opened.pragma('temp_store = MEMORY');
  // Must match the connections of the service.
  opened.function('fold', { deterministic: true }, (text) => (typeof text === 'string' ? text.toLowerCase() : text));
  opened.function('as_spelled', { deterministic: true }, (text) => (typeof text === 'string' ? asSpelled(text) : text));
  opened.function('natural_key', { deterministic: true }, naturalKey);
  return opened;
}

export default ({ sql, params }) => {
  connection ??= open();
  if (!statements.has(sql)) {
    if (statements.size >= 50) statements.clear();
    statements.set(sql, connection.prepare(sql));
  }
  return statements.get(sql).all(params);
};
