import type BetterSqlite3 from 'better-sqlite3';
import { chmodSync, closeSync, existsSync, openSync } from 'node:fs';
import { type DataSourceOptions, QueryFailedError } from 'typeorm';
import { naturalKey } from '../spelling/natural-order.js';
import { hasWords, plainWords, type SearchedWord } from '../spelling/plain-words.js';
import { asSpelled } from '../spelling/spelled-words.js';
import { BusyError, codeOf } from '../common/storage-errors.js';

type Schema = Pick<DataSourceOptions, 'entities' | 'migrations'>;

/** The connection that writes. */
export function sqliteOptions(path: string, schema: Schema): DataSourceOptions {
  return {
    type: 'better-sqlite3',
    database: path,
    timeout: 5000,
    statementCacheSize: 500,
    prepareDatabase: (connection: BetterSqlite3.Database) => {
      connection.pragma('journal_mode = WAL');
      // With WAL, a default of NORMAL would let a power failure undo acknowledged commits.
      connection.pragma('synchronous = FULL');
      // Reached only if `Checkpoints` cannot keep up, or in a command that runs without it: 128 MB. An import of 10,000 actions
      // writes 40 MB, and everybody would wait for a checkpoint in its commit.
      connection.pragma('wal_autocheckpoint = 32000');
      // Overwrites deleted content: text that was removed on purpose must not remain in the file.
      connection.pragma('secure_delete = ON');
      // Pages are looked up all over the file: more of them in memory (16 MB by default) make no write cheaper.
      connection.pragma('cache_size = -4000');
      addFunctions(connection);
    },
    ...schema,
  };
}

/** The connection that only reads. */
export const readingOptions = (path: string, schema: Schema): DataSourceOptions =>
  ({
    ...sqliteOptions(path, schema),
    readonly: true,
    fileMustExist: true,
    prepareDatabase: addFunctions,
  }) as DataSourceOptions;

let lastWords = '';
let parsed: SearchedWord[] = [];

/** A statement asks for the same words of each row. */
function parsedWords(words: string): SearchedWord[] {
  if (words !== lastWords) [lastWords, parsed] = [words, JSON.parse(words) as SearchedWord[]];
  return parsed;
}

/** For queries only: an index or trigger that uses them would keep other programs from opening the file. */
function addFunctions(connection: BetterSqlite3.Database): void {
  // SQLite's own `lower` only handles A to Z.
  connection.function('fold', { deterministic: true }, (text) =>
    typeof text === 'string' ? text.toLowerCase() : text,
  );
  connection.function('plain_words', { deterministic: true }, (text) =>
    typeof text === 'string' ? plainWords(text) : text,
  );
  connection.function('as_spelled', { deterministic: true }, (text) =>
    typeof text === 'string' ? asSpelled(text) : text,
  );
  connection.function('has_words', { deterministic: true }, (text, words) =>
    Number(hasWords(String(text), parsedWords(String(words)))),
  );
  connection.function('natural_key', { deterministic: true }, naturalKey as (...values: unknown[]) => unknown);
}

const ADVICE: [code: RegExp, advice: string][] = [
  [/^SQLITE_(CORRUPT|NOTADB)/, '. The file is damaged: restore a backup, see docs/beheer.md.'],
  [/^SQLITE_(CANTOPEN|READONLY)/, '. The user of the service must be able to write to it and to its folder.'],
  [/^SQLITE_(FULL|IOERR)/, ''],
];

/** The error with the file and what to do; SQLite itself says only "disk I/O error" or "attempt to write a readonly database". */
export function atFile(error: unknown, path: string): unknown {
  const source = error instanceof BusyError ? error.cause : error;
  const found = ADVICE.find(([code]) => code.test(codeOf(source)));
  if (!found) return error;
  const { message } = source instanceof QueryFailedError ? source.driverError : (source as Error);
  return new Error(`${path}: ${message}${found[1]}`, { cause: error });
}

/** Makes the file one that only its owner can read; its log files get the same mode from SQLite. */
export function keepToOwner(path: string): void {
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
  try {
    chmodSync(path, 0o600);
  } catch (error) {
    // Owned by another user and opened through group permissions.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
  }
}
