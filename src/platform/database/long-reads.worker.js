/**
 * Reads rows in a thread of its own, with a connection of its own, so that a long question holds nobody up. Plain
 * JavaScript, because a thread cannot be started from TypeScript; it knows nothing of what is asked.
 */
import BetterSqlite3 from 'better-sqlite3';
import { parentPort, workerData } from 'node:worker_threads';

const connection = new BetterSqlite3(workerData.path, { readonly: true, fileMustExist: true });
// A long question comes back to the same pages often; SQLite's own 2 MB would read them from the file each time.
connection.pragma('cache_size = -65536');
// The same as on the connections of the service.
connection.function('fold', { deterministic: true }, (text) => (typeof text === 'string' ? text.toLowerCase() : text));
const statements = new Map();

parentPort.on('message', ({ id, sql, params }) => {
  try {
    if (!statements.has(sql)) {
      if (statements.size >= 50) statements.clear();
      statements.set(sql, connection.prepare(sql));
    }
    parentPort.postMessage({ id, answer: statements.get(sql).all(params) });
  } catch (error) {
    parentPort.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
});
